"""What a source has to say about itself while it runs."""

from __future__ import annotations

import click


class Notes:
    """Tells each new note once, on stderr."""

    def __init__(self) -> None:
        self._told: str | None = None

    def show(self, note: str | None) -> None:
        if note and note != self._told:
            click.echo(f"Note: {note}", err=True)
        self._told = note
