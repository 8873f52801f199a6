"""A trained network at work on one stream: the only place that holds its state between ticks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

from models.checkpoint import DEFAULT_CHECKPOINT, load_checkpoint
from models.networks.conv_lif import LAYERS, ConvLif, ConvLifState
from models.spec import LayerSpikes, ModelError, ModelSpec, TickOutput
from models.threads import use_one_thread


class Session:
    """Runs ticks through a network and carries its state from call to call.

    Chunks of ticks give exactly what single ticks give.
    """

    def __init__(self, network: ConvLif, spec: ModelSpec) -> None:
        self.spec = spec
        self._network = network.eval()
        self._plan = network.plan(spec.tick_us / 1000)
        self._state: ConvLifState | None = None
        self._fan_out = fan_out_maps(network, spec.input_shape)

    def reset(self) -> None:
        """Forget everything seen so far."""
        self._state = None

    def skip(self, duration_us: int) -> None:
        """Let the state decay over sensor time that was lost."""
        if self._state is not None:
            lost_ms, tick_ms = duration_us / 1000, self.spec.tick_us / 1000
            self._state = self._network.decay(self._state, lost_ms, tick_ms)

    def run(self, counts: np.ndarray) -> TickOutput:
        """Counts (T, 2, H, W) of T consecutive ticks, T >= 1.

        Raises:
            ModelError: the shape does not fit the model.
        """
        if counts.ndim != 4 or counts.shape[1:] != self.spec.input_shape or not len(counts):
            raise ModelError(
                f"expected counts of shape (T, {', '.join(map(str, self.spec.input_shape))}) "
                f"with T >= 1, got {counts.shape}"
            )
        with torch.inference_mode():
            x = torch.from_numpy(np.ascontiguousarray(counts, np.float32))
            spikes, self._state = self._network.stream(x, self._state, self._plan)
            return self._output(x, spikes)

    def _output(self, x: torch.Tensor, spikes: list[torch.Tensor]) -> TickOutput:
        flat = [s.flatten(1) for s in spikes]
        sources = [x.flatten(1), *flat[:-1]]
        operations = torch.stack([s @ f for s, f in zip(sources, self._fan_out, strict=True)])
        layers = tuple(
            LayerSpikes(name, s.to(torch.uint8).numpy())
            for name, s in zip(LAYERS, flat, strict=True)
        )
        classes = flat[-1].unflatten(1, (len(self.spec.classes), -1)).sum(2)
        total = operations.double().sum(0).to(torch.int64)
        return TickOutput(classes.to(torch.int32).numpy(), layers, total.numpy())


def fan_out_maps(network: ConvLif, input_shape: tuple[int, int, int]) -> list[torch.Tensor]:
    """For every layer's inputs, flattened, the number of nonzero synapses each one reaches."""
    maps, shape = [], torch.Size(input_shape)
    for projection, _ in network.layers():
        op = projection.op
        if isinstance(op, nn.Conv2d):
            x = torch.zeros(1, *shape, requires_grad=True)
            # A spike reaches the synapses of every delay, if not at once.
            connected = (op.weight != 0).to(x.dtype).unflatten(1, (-1, shape[0])).sum(1)
            y = nn.functional.conv2d(x, connected, None, op.stride, op.padding)
            (reached,) = torch.autograd.grad(y.sum(), x)
            maps.append(reached.flatten())
            shape = y.shape[1:]
        else:
            reached = torch.count_nonzero(op.weight, 0).to(torch.float32)
            maps.append(reached.view(-1, shape.numel()).sum(0))
            shape = torch.Size((len(op.weight),))
    return maps


def load_session(path: Path | None = None) -> Session:
    """A session of the model file at ``path``, or of the bundled default model.

    Raises:
        ModelError: the file is missing, damaged, or not a model of this program.
    """
    use_one_thread()
    network, spec = load_checkpoint(path or DEFAULT_CHECKPOINT)
    return Session(network, spec)
