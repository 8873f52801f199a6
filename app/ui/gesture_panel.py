"""The answer, large: picture, name and votes of the gesture that was recognised."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.pipeline.snapshot import Snapshot
from app.settings import VoteSettings
from app.ui.card import Card
from app.ui.fit_label import FitLabel
from app.ui.logic import figures
from app.ui.logic.language import translate
from app.ui.logic.verdict import NO_GESTURE, Verdict, verdict_on
from app.ui.logic.words import wrapped
from app.ui.picture import Picture
from app.ui.share_line import ShareLine
from app.ui.theme import DARK, Look

NARROW, LOW = 400, 250


class GesturePanel(Card):
    """The recognised gesture, or clearly none."""

    def __init__(self, vote: VoteSettings, parent: QWidget | None = None) -> None:
        super().__init__(translate("window", "Gesture"), parent)
        self._vote = vote
        self._look = DARK
        self._verdict = Verdict(NO_GESTURE, "")
        self.picture = Picture()
        self.name = FitLabel()
        self.share = FitLabel(one_line=True)
        self.line = ShareLine()
        self.caption = QLabel()
        self.caption.setProperty("tone", "muted")
        self.caption.setWordWrap(True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words = words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(self.name, 6)
        words.addWidget(self.share, 3)
        words.addWidget(self.line)
        words.addWidget(self.caption)
        words.addStretch(1)
        self._columns = QHBoxLayout()
        self._columns.addWidget(self.picture, 9)
        self._columns.addLayout(words, 10)
        self.body.addLayout(self._columns, 1)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest decision."""
        self._verdict = verdict_on(snapshot, self._vote)
        self._draw()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._look = look
        self._columns.setSpacing(look.px(18))
        self.name.set_largest_px(look.px(64))
        self.share.set_largest_px(look.px(44))
        self.picture.set_look(look)
        self.line.set_look(look)
        self._words.setSpacing(look.px(6))
        self._show_caption()
        self._draw()

    def _show_caption(self) -> None:
        """Where a small window shows two of these, the name needs the room; the tip is left."""
        narrow = self.width() < self._look.px(NARROW)
        self.caption.setVisible(not (self._look.compact and narrow))
        # Two lines, so that a longer caption does not push the name about, where there is room.
        low = self.height() < self._look.px(LOW)
        self.caption.setMinimumHeight(0 if low else self._look.px(40))

    def _draw(self) -> None:
        verdict, look = self._verdict, self._look
        self.picture.show_class(verdict.picture)
        self.name.set_text(verdict.name, look.text if verdict.decided else look.muted)
        self.share.set_text(figures.unbroken(verdict.figure), look.accent)
        self.line.show_share(verdict.share, verdict.needed, muted=not verdict.decided)
        self.caption.setText(figures.unbroken(verdict.caption))
        for part in (self.name, self.picture):
            part.setToolTip(verdict.caption)
        self.share.setToolTip(wrapped(verdict.tip))
        self.line.setToolTip(wrapped(verdict.tip))
        self.setAccessibleDescription(f"{verdict.name} {verdict.figure} {verdict.caption}")

    # Qt's own methods

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_caption()
