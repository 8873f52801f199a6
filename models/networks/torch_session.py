"""A trained network at work on one stream: the only place that holds its state between ticks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from models.mirrored import looking_both_ways
from models.model_file import DEFAULT_CHECKPOINT
from models.networks.checkpoint import load_checkpoint
from models.networks.streaming import StreamingNetwork, operation_count
from models.spec import (
    LayerSpikes,
    ModelSpec,
    NetworkSession,
    TickEvents,
    TickOutput,
    check_input,
)


class TorchSession:
    """Runs ticks through a network and carries its state from call to call.

    Chunks of ticks give exactly what single ticks give. The network, of any system, is finished.
    Its synaptic operations are one for every spike that reaches a nonzero synapse; C3D, which does
    not spike, spreads the multiply-accumulates of a clip evenly over the ticks of a frame.
    """

    def __init__(self, network: StreamingNetwork, spec: ModelSpec) -> None:
        self.spec = spec
        tick_ms = spec.tick_us / 1000
        self._network = network
        self._plan = network.plan(tick_ms)
        self._state: Any = None
        self._count = operation_count(network, spec.input_shape, tick_ms)

    def reset(self) -> None:
        """Forget everything seen so far."""
        self._state = None

    def skip(self, duration_us: int) -> None:
        """Let the state decay over sensor time that was lost."""
        if self._state is not None:
            lost_ms, tick_ms = duration_us / 1000, self.spec.tick_us / 1000
            self._state = self._network.decay(self._state, lost_ms, tick_ms)

    def run(self, ticks: TickEvents) -> TickOutput:
        """Consecutive ticks, at least one.

        Raises:
            ModelError: the input does not fit the model.
        """
        check_input(ticks, self.spec)
        with torch.inference_mode():
            x = torch.from_numpy(ticks.counts())
            spikes, self._state = self._network.stream(x, self._state, self._plan)
            return self._output(x, spikes)

    def _output(self, x: torch.Tensor, spikes: list[torch.Tensor]) -> TickOutput:
        flat = [s.flatten(1) for s in spikes]
        operations = self._count(x.flatten(1), flat)
        layers = tuple(
            LayerSpikes(name, s.to(torch.uint8).numpy())
            for name, s in zip(self._network.layer_names, flat, strict=True)
        )
        classes = flat[-1].unflatten(1, (len(self.spec.classes), -1)).sum(2).to(torch.int32)
        return TickOutput(self.spec.counted(classes.numpy()), layers, operations.numpy())


def torch_session(network: StreamingNetwork, spec: ModelSpec) -> NetworkSession:
    """A session that looks both ways where the model is to."""
    return looking_both_ways(lambda: TorchSession(network, spec))


def load_torch_session(path: Path | None = None) -> NetworkSession:
    """A session of the model file at ``path``, or of the bundled default model.

    Torch keeps to one thread in this process from then on.

    Raises:
        ModelError: the file is missing, damaged, or not a model of this program.
    """
    # The tensors of streaming are small: several threads would mostly wait for each other.
    torch.set_num_threads(1)
    network, spec = load_checkpoint(path or DEFAULT_CHECKPOINT)
    return torch_session(network, spec)
