"""A pipeline run without a window: decisions picked by sensor time, in the caller's own loop."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.commands.filtering import refuse_misfit
from app.commands.limit import LimitedSource
from app.pipeline.pipeline import Pipeline
from app.pipeline.snapshot import Snapshot
from app.pipeline.systems import DEFAULT_MODEL, system_at
from app.recognition.decision import Recognition
from app.settings import Settings
from app.sources.contract import EventSource, SourceSpec
from app.sources.devices.biases import with_settings

POLL_S = 0.05


class Sampler:
    """Keeps the first decision of every ``every_us`` of sensor time until it is drained.

    The pipeline's worker calls it, another thread drains it; a deque needs no lock for that.
    ``elapsed_us`` is the sensor time that passed from the first decision to the newest.
    """

    def __init__(self, every_us: int) -> None:
        self._every_us = every_us
        self._period: int | None = None
        self._last_us: int | None = None
        self.elapsed_us = 0
        self._picked: deque[Recognition] = deque()

    def __call__(self, recognitions: Sequence[Recognition]) -> None:
        for recognition in recognitions:
            if self._last_us is not None:
                self.elapsed_us += max(0, recognition.t_us - self._last_us)
            self._last_us = recognition.t_us
            period = recognition.t_us // self._every_us
            if period != self._period:
                self._period = period
                self._picked.append(recognition)

    def drain(self) -> list[Recognition]:
        """What was kept since the last time, oldest first."""
        return [self._picked.popleft() for _ in range(len(self._picked))]


@dataclass(slots=True)
class Tally:
    """How often each class was decided on."""

    decisions: Counter[str] = field(default_factory=Counter)
    undecided: int = 0

    def add(self, gesture: str | None) -> None:
        if gesture is None:
            self.undecided += 1
        else:
            self.decisions[gesture] += 1

    @property
    def gesture(self) -> str | None:
        """The most frequent decision, the earlier one of equals; none if there was none."""
        return max(self.decisions, key=self.decisions.__getitem__, default=None)


@dataclass(frozen=True, slots=True)
class Order:
    """What to play and how; ``speed`` none is as fast as possible, ``seconds`` none to the end.

    A crop of the settings that lies outside the sensor is an error here, as nobody looks.
    """

    spec: SourceSpec
    settings: Settings
    model: Path | None = None
    speed: float | None = 1.0
    seconds: float | None = None

    def open_source(self) -> EventSource:
        from app.sources.hosting.host import HostedSource

        source = HostedSource(with_settings(self.spec, self.settings))
        refuse_misfit(self.settings.filters, source)
        return source if self.seconds is None else LimitedSource(source, self.seconds)


def play(
    order: Order, sampler: Sampler, stopped: Callable[[], bool]
) -> Generator[tuple[list[Recognition], Snapshot]]:
    """Run a pipeline to its end and yield, again and again, new decisions and the newest picture.

    Close the iterator to end early; every thread and process has ended when it is closed.
    """
    pipeline = Pipeline(
        order.open_source,
        (system_at(order.model or DEFAULT_MODEL),),
        order.settings,
        on_recognitions=sampler,
        speed=order.speed,
        pictures=False,
    )
    pipeline.start()
    try:
        ended = False
        while not ended:
            ended = pipeline.wait(POLL_S) or stopped()
            decisions = sampler.drain()
            yield decisions, pipeline.take()
    finally:
        pipeline.stop()
