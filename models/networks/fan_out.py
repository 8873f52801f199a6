"""How many synapses an input reaches, which is what its spikes cost in synaptic operations."""

from __future__ import annotations

import torch
from torch.nn import functional


def conv_fan_out(
    connected: torch.Tensor, shape: torch.Size, stride: int, padding: int, groups: int = 1
) -> torch.Tensor:
    """Synapses that every input (C, H, W) of a convolution reaches, flattened.

    ``connected`` (C', C / groups, K, K) holds how many synapses each place of the kernels has.
    """
    x = torch.zeros(1, *shape, requires_grad=True)
    with torch.enable_grad():
        total = functional.conv2d(x, connected, None, stride, padding, 1, groups).sum()
    return torch.autograd.grad(total, x)[0].flatten()
