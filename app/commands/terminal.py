"""The pipeline's picture in a terminal, for machines without a display."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from app.commands.errors import check_failure
from app.commands.interrupt import watch_interrupt
from app.commands.playing import Order, Sampler, play
from app.commands.reporting import TextReport, run_report
from app.pipeline.snapshot import Snapshot

SAMPLE_US = 10_000


def show_in_terminal(order: Order) -> int:
    """Play until the end or Ctrl+C: a live picture, or plain lines where stdout is no terminal.

    Returns:
        The exit code.

    Raises:
        BadInput: the source or the model failed.
        OurFault: the program itself did.
    """
    console = Console(highlight=False)
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
            live.update(picture(snapshot), refresh=True)
    if snapshot is not None:
        check_failure(snapshot)


def picture(snapshot: Snapshot) -> RenderableType:
    """What a snapshot looks like in some fifteen lines of text."""
    return Group(_source_line(snapshot), _gesture_line(snapshot), _bars(snapshot))


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


def _gesture_line(snapshot: Snapshot) -> Text:
    decision = snapshot.recognition
    if decision is None or decision.gesture is None:
        return Text("no decision", style="bold")
    name = snapshot.classes[decision.gesture].replace("_", " ")
    return Text(f"{name}  {decision.share:.0%}", style="bold green")


def _bars(snapshot: Snapshot) -> Table:
    """The votes in the window, a bar for every class."""
    table = Table.grid(padding=(0, 1))
    votes = [0] * len(snapshot.classes)
    if snapshot.recognition is not None:
        votes = [int(count) for count in snapshot.recognition.votes]
    total = max(1, sum(votes))
    for name, count in zip(snapshot.classes, votes, strict=True):
        table.add_row(name.replace("_", " "), ProgressBar(total, count, width=40), str(count))
    return table
