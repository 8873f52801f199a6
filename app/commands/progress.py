"""One progress bar for every command that makes people wait; on stderr, as stdout is data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from app.commands.consoles import PlainConsole


@contextmanager
def progress_bar(what: str, total: float | None) -> Iterator[Callable[[float], None]]:
    """A bar that is moved on by calling what the block gets; silent where stderr is no terminal.

    Without a ``total`` it only shows that work goes on.
    """
    console = PlainConsole(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.advance(task, done)
