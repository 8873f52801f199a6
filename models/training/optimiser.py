"""The optimisers by which a stage can learn, each for all parameters of a network.

``adamw`` is Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019). ``muon`` takes
steps along a layer's weights that are as long in every direction (Jordan et al., Muon, 2024), and
those of AdamW along time constants and drives, which are no matrices. With the scale of Liu et al.
(Muon is scalable for LLM training, 2025) both take the same learning rates.
"""

from __future__ import annotations

from typing import Any, Literal

import torch
from torch import nn

Kind = Literal["adamw", "muon"]


class Optimiser:
    """What the trainer asks of an optimiser; its state goes into the state of the run."""

    def __init__(self, network: nn.Module, kind: Kind, weight_decay: float) -> None:
        parameters = list(network.parameters())
        is_matrix = [kind == "muon" and p.dim() > 1 for p in parameters]
        others = [p for p, matrix in zip(parameters, is_matrix, strict=True) if not matrix]
        self._weights = [p for p, matrix in zip(parameters, is_matrix, strict=True) if matrix]
        self._matrices = [nn.Parameter(p.data.view(len(p), -1)) for p in self._weights]
        self._parts: list[torch.optim.Optimizer] = [
            torch.optim.AdamW(others, lr=1e-3, weight_decay=weight_decay)
        ]
        if self._matrices:
            self._parts.append(
                torch.optim.Muon(
                    self._matrices, lr=1e-3, weight_decay=weight_decay,
                    adjust_lr_fn="match_rms_adamw",
                )
            )  # fmt: skip

    def set_rate(self, rate: float) -> None:
        """The learning rate of the steps from now on."""
        for part in self._parts:
            for group in part.param_groups:
                group["lr"] = rate

    def zero_grad(self) -> None:
        """Forget the gradients."""
        for part in self._parts:
            part.zero_grad(set_to_none=True)
        for weight in self._weights:
            weight.grad = None

    def step(self) -> None:
        """Change the parameters by their gradients."""
        for weight, matrix in zip(self._weights, self._matrices, strict=True):
            matrix.grad = None if weight.grad is None else weight.grad.reshape(matrix.shape)
        for part in self._parts:
            part.step()

    def state_dict(self) -> dict[str, Any]:
        """All that a run needs to go on with the same steps."""
        return {"parts": [part.state_dict() for part in self._parts]}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state of an optimiser of the same kind and network."""
        for part, content in zip(self._parts, state["parts"], strict=True):
            part.load_state_dict(content)
