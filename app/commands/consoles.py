"""Rich's console for tables and live pictures, which shows what names hold and obeys nothing."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from app.commands.shown import shown


class PlainConsole(Console):
    """Writes colours and moves the cursor as rich itself asks for it, never as a text does."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(shown(segment.text), segment.style)
