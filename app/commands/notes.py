"""What is worth knowing and stops nothing: about settings, or from a source while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.commands.shown import say


def tell(notes: Iterable[str]) -> None:
    """Say every note on stderr."""
    for note in notes:
        say(f"Note: {note}", err=True)


class Notes:
    """Tells each new note once, on stderr if nothing else is asked for."""

    def __init__(self, say: Callable[[Iterable[str]], None] = tell) -> None:
        self._say = say
        self._told: str | None = None

    def show(self, note: str | None) -> None:
        if note and note != self._told:
            self._say([note])
        self._told = note
