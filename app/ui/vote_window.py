"""The vote itself: who won each millisecond of the sliding window, newest at the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.logic.history import NOTHING
from app.ui.logic.language import translate
from app.ui.logic.words import readable, wrapped
from app.ui.theme import DARK, Look

WIDTH, CAPTION = 168, 16
NO_VOTES = np.zeros(0, np.int16)


def votes_in_words(winners: np.ndarray, classes: Sequence[str]) -> str:
    """``Of the last 80 ms, Arm roll won 61, Air drums 4; nobody won 15.``"""
    won = Counter(winners[winners >= 0].tolist())
    each = translate("window", "{0} won {1}")
    parts = [each.format(readable(classes[place]), count) for place, count in won.most_common()]
    nobody = int((winners == NOTHING).sum())
    parts.append(translate("window", "nobody won {0}").format(nobody))
    said = translate("window", "Of the last {0} ms, {1}. A column is a millisecond.")
    return said.format(len(winners), ", ".join(parts))


class VoteWindow(QWidget):
    """A column a millisecond, a row a class; the winner's cell is lit, more so if it decides."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.winners = NO_VOTES
        self._classes: tuple[str, ...] = ()
        self._gesture: int | None = None
        self._look = DARK
        self.setAccessibleName(translate("window", "Winners of the vote window, per millisecond"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_winners(
        self, winners: np.ndarray, classes: tuple[str, ...], gesture: int | None
    ) -> None:
        """Draw ``winners`` (N,) of ``classes``, of which ``gesture`` was decided on, if any."""
        self.winners, self._classes, self._gesture = winners, classes, gesture
        words = votes_in_words(winners, classes) if classes else ""
        self.setToolTip(wrapped(words))
        self.setAccessibleDescription(words)
        self.update()

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        self.updateGeometry()
        self.update()

    def pixels(self) -> np.ndarray:
        """(classes, N) uint32 0xffRRGGBB."""
        look = self._look
        picture = np.full(
            (max(len(self._classes), 1), max(len(self.winners), 1)),
            QColor(look.strip_ground).rgb(),
            np.uint32,
        )
        places = np.flatnonzero(self.winners >= 0)
        rows = self.winners[places]
        lit, dim = QColor(look.accent).rgb(), QColor(look.muted).rgb()
        picture[rows, places] = np.where(rows == self._gesture, lit, dim)
        return picture

    # Qt's own methods

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(WIDTH), self._look.px(CAPTION) + 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pixels = self.pixels()
        rows, columns = pixels.shape
        image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
        high = self.height() - self._look.px(CAPTION)
        painter.drawImage(QRect(0, 0, self.width(), high), image)
        painter.setFont(self._look.font(0.85))
        painter.setPen(QColor(self._look.muted))
        caption = QRect(0, high, self.width(), self._look.px(CAPTION))
        text = translate("window", "Vote window")
        if self._classes:
            text = translate("window", "Vote window, {0} ms").format(len(self.winners))
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, text)
