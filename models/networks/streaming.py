"""What every network of this room can do, and what a tick of it costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

import torch

# Sums of whole numbers are exact in float32 up to 2^24, and up to here with room for several
# events of one pixel in one tick.
EXACT = 2.0**22


class StreamingNetwork(Protocol):
    """A network of any system; a subclass of ``nn.Module``.

    ``forward`` takes counts (T, B, 2, H, W) per step of ``dt_ms`` and a state, none at first, and
    gives the spikes of all layers (T, B, ...) and the state after. The others serve one stream.
    """

    @property
    def sizes(self) -> Any:
        """The parameters that it was built from."""
        ...

    @property
    def layer_names(self) -> tuple[str, ...]:
        """The spiking layers, input side first, the last one "output"."""
        ...

    def plan(self, tick_ms: float) -> Any:
        """What ``stream`` needs at every tick and what stays the same from tick to tick."""
        ...

    def stream(self, counts: torch.Tensor, state: Any, plan: Any) -> tuple[list[torch.Tensor], Any]:
        """Counts (T, 2, H, W) of T ticks -> spikes of all layers (T, ...), state after.

        Chunks of ticks give exactly what single ticks give.
        """
        ...

    def decay(self, state: Any, lost_ms: float, tick_ms: float) -> Any:
        """The state after ``lost_ms`` of lost sensor time, streamed in ticks of ``tick_ms``."""
        ...

    def finish(self, dt_ms: float) -> None:
        """Make it ready to stream after training in steps of ``dt_ms``."""
        ...


@runtime_checkable
class CountsSynapses(Protocol):
    """A spiking network: what a tick costs follows from its spikes."""

    def fan_out(self, input_shape: tuple[int, int, int]) -> list[torch.Tensor]:
        """For every layer's inputs, flattened, the number of nonzero synapses each one reaches."""
        ...


@runtime_checkable
class CountsClips(Protocol):
    """A network that does not spike: what a tick costs is always the same."""

    def dense_operations(self, tick_ms: float) -> int:
        """The operations of a tick of ``tick_ms``."""
        ...


OperationCount = Callable[[torch.Tensor, list[torch.Tensor]], torch.Tensor]


def operation_count(
    network: StreamingNetwork, input_shape: tuple[int, int, int], tick_ms: float
) -> OperationCount:
    """A function from inputs (T, N) and flat spikes of all layers to operations (T,) int64.

    Raises:
        TypeError: the network cannot tell what a tick costs.
    """
    if isinstance(network, CountsSynapses):
        return _synapses(network.fan_out(input_shape))
    if isinstance(network, CountsClips):
        return _constant(network.dense_operations(tick_ms))
    raise TypeError(f"expected a network that counts operations, got {type(network).__name__}")


def _synapses(fan_out: list[torch.Tensor]) -> OperationCount:
    # What is not exact would depend on how ticks are grouped.
    maps = [each.double() if float(each.sum()) > EXACT else each for each in fan_out]

    def count(x: torch.Tensor, spikes: list[torch.Tensor]) -> torch.Tensor:
        sources = [x, *spikes[:-1]]
        each = [s.to(m.dtype) @ m for s, m in zip(sources, maps, strict=True)]
        return torch.stack([n.double() for n in each]).sum(0).to(torch.int64)

    return count


def _constant(per_tick: int) -> OperationCount:
    def count(x: torch.Tensor, spikes: list[torch.Tensor]) -> torch.Tensor:
        return torch.full((len(x),), per_tick, dtype=torch.int64)

    return count
