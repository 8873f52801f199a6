"""How long a change of system takes: ``python -m tests.pipeline.switch_time FILE MODEL MODEL``.

A recording plays at its own pace while the systems take turns. The time runs from the choice to
the end of the first tick of the new network; the first turn of a model includes loading it.
"""

from __future__ import annotations

import time
from itertools import cycle
from pathlib import Path

import click
import numpy as np

from app.pipeline.pipeline import Pipeline
from app.pipeline.systems import DEFAULT_MODEL, System, system_at
from app.settings import Settings
from app.sources.contract import FileSpec
from app.sources.hosting.host import HostedSource
from models.spec import NetworkSession, TickEvents, TickOutput

PATIENCE_S = 30.0


class Stopwatch:
    """A network that notes when it ran, and when its run was over."""

    def __init__(self, network: NetworkSession, done_s: list[float]) -> None:
        self.spec, self.reset, self.skip = network.spec, network.reset, network.skip
        self._network = network
        self._done_s = done_s

    def run(self, ticks: TickEvents) -> TickOutput:
        output = self._network.run(ticks)
        self._done_s.append(time.monotonic())
        return output


def timed(path: Path) -> tuple[System, list[float]]:
    """The system in a file, and when its runs are done."""
    plain, done_s = system_at(path), []
    return System(path, lambda: Stopwatch(plain.load(), done_s), plain.changed_ns), done_s


def until_one_after(done_s: list[float], began_s: float) -> float:
    """Wait for the first run that was done after ``began_s``; how long after."""
    while not done_s or done_s[-1] < began_s:
        if time.monotonic() - began_s > PATIENCE_S:
            raise click.ClickException("the new network never ran")
        time.sleep(0.0005)
    return next(each for each in done_s if each >= began_s) - began_s


@click.command()
@click.argument("file", type=Path)
@click.argument("models", type=Path, nargs=-1)
@click.option("--turns", default=40, show_default=True)
@click.option("--every-s", default=0.5, show_default=True, help="Between two changes.")
def main(file: Path, models: tuple[Path, ...], turns: int, every_s: float) -> None:
    """Play FILE in a loop and let MODELS take turns; the bundled default goes first."""
    systems = [timed(path) for path in dict.fromkeys([DEFAULT_MODEL, *models])]
    heard_us: list[int] = []
    pipeline = Pipeline(
        lambda: HostedSource(FileSpec(str(file))), (systems[0][0],), Settings(), loop=True,
        on_recognitions=lambda each: heard_us.extend(one.t_us for one in each),
    )  # fmt: skip
    pipeline.start()
    try:
        until_one_after(systems[0][1], time.monotonic())
        loaded: dict[str, float] = {}
        again: list[float] = []
        turn = cycle(systems)
        next(turn)
        for _, (system, done_s) in zip(range(turns), turn, strict=False):
            time.sleep(every_s)
            began_s = time.monotonic()
            pipeline.set_systems((system,))
            took_ms = 1e3 * until_one_after(done_s, began_s)
            first = system is not systems[0][0] and system.path.name not in loaded
            if first:
                loaded[system.path.name] = took_ms
            else:
                again.append(took_ms)
        stats = pipeline.take().stats
    finally:
        pipeline.stop()
    for name, took_ms in loaded.items():
        click.echo(f"{name}, loaded from its file: {took_ms:.1f} ms")
    if again:
        p50, p95 = np.percentile(again, (50, 95))
        click.echo(
            f"{len(again)} changes to a loaded network: median {p50:.1f} ms, "
            f"95th percentile {p95:.1f} ms, longest {max(again):.1f} ms"
        )
    steps = np.diff(heard_us)
    click.echo(
        f"{len(heard_us):,} ticks, {int((steps > 1_000).sum())} holes between them, "
        f"{stats.dropped_slices} slices dropped, headroom now {stats.realtime_factor:.1f}x"
    )


if __name__ == "__main__":
    main()
