"""What a network spends while it is evaluated: spikes, synaptic operations and CPU time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.spec import ModelSpec, NetworkSession, TickEvents, TickOutput


@dataclass(frozen=True, slots=True)
class Work:
    """What ``ticks`` took; ``cpu_s`` is CPU time of this whole process.

    A recording is decoded in a child process, which does not count. Ticks that wait are taken in
    chunks, which costs less for each than one by one.
    """

    ticks: int
    spikes: int
    operations: int
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Cost:
    """Spikes of all layers and synaptic operations per second of sensor time, CPU time per tick."""

    spikes_per_s: float
    synaptic_operations_per_s: float
    cpu_ms_per_tick: float


def cost_of(works: Sequence[Work], tick_us: int) -> Cost | None:
    """The mean over several streams, none without a single tick."""
    ticks = sum(work.ticks for work in works)
    if not ticks:
        return None
    seconds = ticks * tick_us / 1e6
    return Cost(
        sum(work.spikes for work in works) / seconds,
        sum(work.operations for work in works) / seconds,
        sum(work.cpu_s for work in works) * 1e3 / ticks,
    )


class MeteredNetwork:
    """A network session that counts what it does."""

    def __init__(self, network: NetworkSession) -> None:
        self._network = network
        self._ticks = 0
        self._spikes = 0
        self._operations = 0

    @property
    def spec(self) -> ModelSpec:
        return self._network.spec

    def run(self, ticks: TickEvents) -> TickOutput:
        output = self._network.run(ticks)
        self._ticks += len(output.output)
        self._spikes += sum(int(layer.spikes.sum()) for layer in output.layers)
        assert output.synaptic_operations is not None  # the network is opened whole
        self._operations += int(output.synaptic_operations.sum())
        return output

    def skip(self, duration_us: int) -> None:
        self._network.skip(duration_us)

    def reset(self) -> None:
        self._network.reset()

    def work(self, cpu_s: float) -> Work:
        """What has been done so far, in ``cpu_s`` seconds of CPU time."""
        return Work(self._ticks, self._spikes, self._operations, cpu_s)
