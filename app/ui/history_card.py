"""The card below the spikes: past decisions, what their colours mean, and the vote window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.ui.card import Card
from app.ui.history_strip import HistoryStrip, paint_block
from app.ui.logic.blocks import Verdict
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.theme import DARK, Look
from app.ui.vote_window import VoteWindow

JUDGED = (
    (Verdict.RIGHT, QT_TRANSLATE_NOOP("window", "right")),
    (Verdict.WRONG, QT_TRANSLATE_NOOP("window", "wrong")),
    (Verdict.MISSED, QT_TRANSLATE_NOOP("window", "no decision")),
)
SWATCH, WORDS_GAP, GAP = 18, 5, 13


class Legend(QWidget):
    """What the blocks of a strip mean, while they are judged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = DARK
        self._entries = [(verdict, translate("window", text)) for verdict, text in JUDGED]
        self.setAccessibleName(
            translate("window", "Blue: right. Orange and hatched: wrong. Dotted: no decision.")
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        self.updateGeometry()
        self.update()

    def _width_of(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + self._look.px(SWATCH + WORDS_GAP)

    # Qt's own methods

    def sizeHint(self) -> QSize:
        gaps = self._look.px(GAP) * (len(self._entries) - 1)
        width = sum(self._width_of(text) for _, text in self._entries) + gaps
        return QSize(width, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        swatch, high = self._look.px(SWATCH), self._look.px(10)
        left = 0
        for verdict, text in self._entries:
            place = QRectF(left, (self.height() - high) / 2, swatch, high)
            paint_block(painter, place, verdict, self._look)
            painter.setPen(QColor(self._look.muted))
            words = QRectF(left + swatch + self._look.px(WORDS_GAP), 0, self.width(), self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
            left += self._width_of(text) + self._look.px(GAP)


class HistoryCard(Card):
    """``whole`` is the command that shows all of a recording instead of its last seconds."""

    def __init__(self, whole: QAction, tip_at: Callable[[int], str]) -> None:
        super().__init__(translate("window", "Decisions"))
        self.strip = HistoryStrip(tip_at)
        self.strip.setAccessibleName(
            translate("window", "Past decisions; a click goes there in a recording")
        )
        self.votes = VoteWindow()
        self.legend = Legend()
        self.whole = QToolButton()
        self.whole.setDefaultAction(whole)
        self.whole.setObjectName("headerButton")
        self.whole.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.header.addWidget(self.legend)
        self.header.addWidget(self.whole)
        self._row = QHBoxLayout()
        self._row.addWidget(self.strip, 1)
        self._row.addWidget(self.votes)
        self.body.addLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_notes(self, note: str, *, judged: bool, long: bool) -> None:
        """Say what the strip shows; a ``long`` recording can be shown whole."""
        self.detail.setText(note)
        self.legend.setVisible(judged and not self._compact)
        self.whole.setVisible(long and not self._compact)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._compact = look.compact
        for part in (self.strip, self.votes, self.legend):
            part.set_look(look)
        roomy: tuple[QWidget, ...] = (
            self._title, self.detail, self.legend, self.whole, self.votes
        )  # fmt: skip
        for widget in roomy:
            widget.setVisible(not look.compact)
        self._row.setSpacing(look.px(12))
        if look.compact:
            self.body.setContentsMargins(look.px(8), look.px(5), look.px(8), look.px(3))
            self.body.setSpacing(0)
