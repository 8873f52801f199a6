"""``python -m tests.soak.kiosk --minutes 10 --kills 20``: is the real booth to be trusted?

On a display of its own the real booth watches a real event server, while parts of it are killed
and stopped at random moments. Measured is how long it takes until a gesture is named again, and
what has grown or was left behind. Exits with 1 if a promise was broken.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import psutil

from app.sources.bundled import bundled_recordings
from tests.soak import census
from tests.soak.faults import Fault, faults, first_look_s, strike
from tests.soak.peer import Peer
from tests.soak.place import Failure, Place
from tests.soak.report import Outcome, Report
from tests.soak.sight import Sight

START_LIMIT_S, RECOVERY_LIMIT_S = 90.0, 60.0
END_LIMIT_S = 10.0
ORPHAN_ENDS_S = 2.0
# The supervisor starts a kiosk again without a pause once it has recognised for so long.
WELL_S = 10.5
SHORTEST_S, RECOVERY_TAKES_S = 0.5, 4.0
SAMPLE_EVERY_S = 10.0


@dataclass(frozen=True, slots=True)
class Options:
    """The command line; see ``--help``."""

    minutes: float
    kills: int
    settle: float
    measured: Path | None
    seed: int
    recording: str


class Soak:
    """One run: the booth, the server, what is done to them, and the report."""

    def __init__(self, options: Options, place: Place) -> None:
        self.report = Report(options.kills)
        self._options = options
        self._chance = random.Random(options.seed)
        self._place = place
        self._began_s = time.monotonic()
        self._end_s = self._began_s + 60 * options.minutes
        self._sight = Sight(place.trace)
        self._names: set[str] = set()
        self._sampled_s = 0.0
        self._peer = Peer(place, options.recording)
        self._booth = place.start(["kiosk", f"network:127.0.0.1:{self._peer.port}"])

    def run(self) -> None:
        """Everything, to its end or to the first failure that makes it pointless."""
        try:
            self._play()
        except (Failure, psutil.Error) as error:
            self.report.failure = str(error)
        finally:
            self._finish()

    def _play(self) -> None:
        if self._sight.wait_for_gesture(self._began_s, START_LIMIT_S) is None:
            raise Failure(f"no gesture was named within {START_LIMIT_S:g} s of the start")
        self._wait_until_settled()
        self.report.before = census.settled(self._booth.pid)
        for number, fault in enumerate(faults(self._options.kills, self._chance)):
            left = self._options.kills - number
            if not self._wait_for_moment(fault, left):
                break
            self._strike(fault)
        # Kiosks of the same age are compared.
        self._pass_time(self._end_s - time.monotonic() - self._options.settle)
        self._wait_until_settled()
        self.report.after = census.settled(self._booth.pid)

    def _wait_for_moment(self, fault: Fault, left: int) -> bool:
        """Pass a while by chance, so that all that are left fit; false if the time is over."""
        rest_s = self._end_s - time.monotonic() - self._options.settle
        if rest_s <= 0:
            return False
        longest_s = min(2 * rest_s / left, rest_s) - RECOVERY_TAKES_S
        pause_s = self._chance.uniform(SHORTEST_S, max(longest_s, 2 * SHORTEST_S))
        if fault.ends_kiosk:
            well_s = self._sight.well_s or time.monotonic()
            pause_s = max(pause_s, well_s + WELL_S - time.monotonic())
        self._pass_time(pause_s)
        return True

    def _strike(self, fault: Fault) -> None:
        self._remember_names()
        restarts = len(self._sight.reasons)
        at_s = time.monotonic() - self._began_s
        back_s = strike(fault, self._booth.pid, self._sight, self._peer, self._chance)
        named_s = self._sight.wait_for_gesture(first_look_s(fault, back_s), RECOVERY_LIMIT_S)
        recovered_s = None if named_s is None else round(named_s - back_s, 2)
        orphans = self._orphans()
        outcome = Outcome(
            round(at_s, 1), fault, recovered_s, orphans, len(self._sight.reasons) - restarts
        )
        self.report.outcomes.append(outcome)
        number = len(self.report.outcomes)
        click.echo(f"{number:4}  {fault.target:7} {fault.kind:8} {recovered_s} s")
        if named_s is None:
            raise Failure(f"no gesture within {RECOVERY_LIMIT_S:g} s after a fault")

    def _wait_until_settled(self) -> None:
        self._pass_time(self._sight.started_s + self._options.settle - time.monotonic())

    def _pass_time(self, seconds: float) -> None:
        end_s = time.monotonic() + seconds
        while time.monotonic() < end_s:
            self._sight.look()
            self._sample()
            if self._booth.poll() is not None:
                raise Failure(f"the supervisor ended with {self._booth.returncode}")
            time.sleep(min(0.1, max(end_s - time.monotonic(), 0)))

    def _sample(self) -> None:
        now_s = time.monotonic()
        if now_s - self._sampled_s >= SAMPLE_EVERY_S:
            self._sampled_s = now_s
            self._remember_names()
            taken = asdict(census.take(self._booth.pid))
            sample = {name: round(value, 1) for name, value in taken.items()}
            self.report.samples.append({"at_s": round(now_s - self._began_s, 1), **sample})

    def _remember_names(self) -> None:
        self._names |= census.shared_names(census.tree_of(self._booth.pid))

    def _orphans(self) -> int:
        """Processes of the booth that are not below the supervisor, a moment after a recovery.

        They are looked for before the tree is: a child that starts between the two looks would
        otherwise be taken for one. What ends by itself within the moment is none either.
        """
        suspects = self._place.marked()
        known = {one.pid for one in census.tree_of(self._booth.pid)} | self._peer.pids()
        suspects = [one for one in suspects if one.pid not in known]
        _, left = psutil.wait_procs(suspects, timeout=ORPHAN_ENDS_S)
        return len(left)

    def _finish(self) -> None:
        """SIGTERM for the supervisor; nothing may be left of it then."""
        self._remember_names()
        self._booth.terminate()
        try:
            self.report.exit_code = self._booth.wait(END_LIMIT_S)
        except subprocess.TimeoutExpired:
            self.report.exit_code = None
        peer = self._peer.pids()
        self.report.leftovers = [
            f"process {one.pid}" for one in self._place.marked() if one.pid not in peer
        ]
        in_use = census.shared_names(self._place.marked())
        left = [*map(Path, self._names - in_use), *self._place.temporary.iterdir()]
        self.report.leftovers += [str(path) for path in left if path.exists()]
        self._sight.look()
        self.report.reasons = self._sight.reasons
        self.report.minutes = (time.monotonic() - self._began_s) / 60


@click.command()
@click.option("--minutes", type=float, default=10.0, help="How long it takes in all.")
@click.option("--kills", type=int, default=20, help="Faults in that time; 0: none.")
@click.option("--seed", default=lambda: random.randrange(2**32), type=int, help="Of the chance.")
@click.option("--display", type=int, default=97, help="Number of the display to make.")
@click.option("--screen", default="1280x720", help="The display's size.")
@click.option("--settle", type=float, default=30.0, help="Age of a kiosk when measured, s.")
@click.option("--recording", default=lambda: bundled_recordings()[0].path, help="What is served.")
@click.option("--json", "measured", type=click.Path(path_type=Path), help="All that was measured.")
@click.option("--keep", type=click.Path(path_type=Path), help="A folder for logs and trace.")
@click.pass_context
def main(ctx: click.Context, display: int, screen: str, keep: Path | None, **words: Any) -> None:
    """Kill and stop parts of the booth at random moments, and measure what comes of it."""
    options = Options(**words)
    click.echo(f"seed {options.seed}")
    for number in (signal.SIGTERM, signal.SIGINT):  # the latter is ignored in a shell's background
        signal.signal(number, lambda caught, _: sys.exit(128 + caught))
    place = Place(keep)
    try:
        place.start_display(display, screen)
        soak = Soak(options, place)
        soak.run()
    except Failure as error:
        raise click.ClickException(str(error)) from None
    finally:
        place.end()
    report = soak.report
    click.echo(report.as_text())
    if options.measured:
        options.measured.write_text(json.dumps(report.as_dict(), indent=1) + "\n")
    ctx.exit(1 if report.broken() else 0)


if __name__ == "__main__":
    main()
