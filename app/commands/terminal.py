"""The pipeline's picture in a terminal, for machines without a display."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from app.commands.consoles import PlainConsole
from app.commands.errors import check_failure
from app.commands.interrupt import watch_interrupt
from app.commands.playing import Order, Sampler, play
from app.commands.reporting import TextReport, run_report
from app.pipeline.snapshot import Reading, Snapshot
from app.recognition.rule import VoteRule
from app.settings import VoteSettings

SAMPLE_US = 10_000


def show_in_terminal(order: Order) -> int:
    """Play until the end or Ctrl+C: a live picture, or plain lines where stdout is no terminal.

    Returns:
        The exit code.

    Raises:
        BadInput: the source or the model failed.
        OurFault: the program itself did.
    """
    console = PlainConsole(highlight=False)
    with watch_interrupt() as interrupt:
        if console.is_terminal:
            _show_live(order, console, lambda: interrupt.requested)
        else:
            run_report(order, SAMPLE_US, TextReport(), lambda: interrupt.requested)
    return interrupt.exit_code


def _show_live(order: Order, console: Console, stopped: Callable[[], bool]) -> None:
    snapshot: Snapshot | None = None
    with (
        Live(console=console, auto_refresh=False) as live,
        closing(play(order, Sampler(SAMPLE_US), stopped)) as moments,
    ):
        for _, snapshot in moments:
            live.update(picture(snapshot, order.settings.vote), refresh=True)
    if snapshot is not None:
        check_failure(snapshot)


def picture(snapshot: Snapshot, vote: VoteSettings) -> RenderableType:
    """What a snapshot looks like in some fifteen lines of text."""
    parts: list[RenderableType] = [_source_line(snapshot), _gesture_line(snapshot, vote)]
    notes = [note for note in (snapshot.too_slow, snapshot.notice) if note]
    parts += [Text(note, style="yellow") for note in notes]
    if snapshot.reading is not None:
        parts.append(_bars(snapshot.reading, VoteRule.of(snapshot.reading.spec, vote)))
    return Group(*parts)


def _source_line(snapshot: Snapshot) -> Text:
    if snapshot.info is None:
        return Text(snapshot.loading or snapshot.state.value, style="dim")
    doing = snapshot.info.performing
    parts = [snapshot.info.name, f"now {doing.replace('_', ' ')}" if doing else ""]
    parts += [str(snapshot.info.resolution), snapshot.model_name or ""]
    parts.append(_position(snapshot))
    parts.append(f"{snapshot.stats.event_rate / 1e3:,.0f} kev/s")
    if snapshot.stats.dropped_slices:
        parts.append(f"{snapshot.stats.dropped_slices} slices dropped")
    return Text("  ".join(filter(None, parts)), style="dim")


def _position(snapshot: Snapshot) -> str:
    info = snapshot.info
    if info is None or snapshot.position_us is None or info.start_us is None:
        return ""
    position = f"{(snapshot.position_us - info.start_us) / 1e6:.2f}"
    return f"{position} of {(info.duration_us or 0) / 1e6:.2f} s"


def _gesture_line(snapshot: Snapshot, vote: VoteSettings) -> Text:
    reading = snapshot.reading
    if reading is None or reading.recognition is None:
        return Text("no decision", style="bold")
    decision, rule = reading.recognition, VoteRule.of(reading.spec, vote)
    if decision.warming_up:
        return Text("warming up", style="bold")
    if decision.gesture is None:
        needed = rule.needed(int(decision.votes.sum()))
        return Text("no decision", style="bold").append(f"  {needed} votes decide", style="dim")
    name = reading.spec.classes[decision.gesture].replace("_", " ")
    count = decision.votes[decision.gesture]
    return Text(f"{name}  {count} of {rule.window_ticks} votes", style="bold green")


def _bars(reading: Reading, rule: VoteRule) -> Table:
    """The votes in the window, a bar for every class."""
    table = Table.grid(padding=(0, 1))
    classes = reading.spec.classes
    votes = [0] * len(classes)
    if reading.recognition is not None:
        votes = reading.recognition.votes.tolist()
    for number in reading.spec.told:
        bar = ProgressBar(rule.window_ticks, votes[number], width=40)
        table.add_row(classes[number].replace("_", " "), bar, str(votes[number]))
    return table
