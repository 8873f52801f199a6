"""Event pictures for a file: made of snapshots without any view, so whether one is seen or not."""

from __future__ import annotations

from PySide6.QtGui import QImage

from app.pipeline.snapshot import Snapshot
from app.settings import DisplaySettings, VoteSettings
from app.ui.composing import Frame, compose
from app.ui.event_image import image_of
from app.ui.logic.accumulation import Accumulation
from app.ui.logic.picture_words import corner_lines
from app.ui.logic.verdict import verdict_on
from app.ui.logic.viewport import Viewport
from app.ui.palettes import colour_table
from app.ui.theme import Look


class Filmed:
    """Pictures in the way of ``display``, of the part ``viewport`` where the sensor has it."""

    def __init__(
        self,
        display: DisplaySettings,
        look: Look,
        vote: VoteSettings,
        viewport: Viewport | None = None,
    ) -> None:
        self._display = display
        self._look = look
        self._vote = vote
        self._viewport = viewport
        self._accumulation = Accumulation(display)
        self._table = colour_table(display.palette, look, even=display.accumulation == "surface")

    def add(self, snapshot: Snapshot) -> None:
        """Add what came."""
        if snapshot.counts is None:
            self._accumulation.clear()
            return
        self._accumulation.add(
            snapshot.counts, snapshot.events, snapshot.position_us, snapshot.restarted
        )

    def picture(self, snapshot: Snapshot) -> QImage | None:
        """The picture of what has been added, with the words and the decision of ``snapshot``."""
        levels = self._accumulation.levels
        if levels is None:
            return None
        image = image_of(levels, self._table)
        seen = self._viewport
        if seen is None or (seen.across, seen.down) != (image.width(), image.height()):
            seen = Viewport.whole(image.width(), image.height())
        corner = corner_lines(snapshot) if self._display.overlay else ()
        verdict = verdict_on(snapshot, self._vote) if self._display.save_decision else None
        return compose(Frame(image, seen, corner, verdict), self._look)
