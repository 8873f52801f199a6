"""One bar per class: its votes in the voting window, and how many of them decide."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.pipeline.snapshot import Snapshot
from app.recognition.rule import VoteRule
from app.settings import VoteSettings
from app.ui.card import Card
from app.ui.logic import figures
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.verdict import gesture_in
from app.ui.logic.words import BROKEN, NO_NETWORK, readable, sense_of, wrapped
from app.ui.theme import DARK, Look

NO_VOTES = np.zeros(0, np.int32)
SMALLEST_PX = 9
MOST_FOR_NAMES = 0.58
SENSE_NOTE = QT_TRANSLATE_NOOP("window", "Clockwise: as the person sees it")


def votes_in(snapshot: Snapshot) -> np.ndarray:
    """(C,) int32 each class's votes in the window, all zero while there are none."""
    if snapshot.recognition is None or snapshot.state in BROKEN:
        return np.zeros(len(snapshot.classes), np.int32)
    return snapshot.recognition.votes


def rule_in_words(rule: VoteRule, window_ms: int) -> str:
    """What the upright line means."""
    return translate(
        "window",
        "Every tick, the class that fires most gets a vote; these are the votes of the last "
        "{0} ms. The upright line is what decides: the class that leads alone with at "
        "least {1} votes and {2} of all that were given.",
    ).format(window_ms, rule.min_count, figures.share(rule.min_share))


class BarCanvas(QWidget):
    """Draws name, bar and figure of every class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self.votes = NO_VOTES
        self.gesture: int | None = None
        self.most_votes = 1
        self.needed: int | None = None
        self._look = DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_look(self, look: Look) -> None:
        self._look = look
        self.update()

    def show_votes(self, names: tuple[str, ...], votes: np.ndarray, gesture: int | None) -> None:
        """Draw ``votes`` (C,) and let the bar of ``gesture`` stand out."""
        self.names, self.votes, self.gesture = names, votes, gesture
        self.update()

    def show_rule(self, window: int, needed: int | None) -> None:
        """A full bar is ``window`` votes, and ``needed`` of them decide, if any number does."""
        self.most_votes, self.needed = window, needed
        self.update()

    # Qt's own methods

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(240), self._look.px(12) * max(len(self.names), 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.names:
            painter.setPen(QColor(self._look.muted))
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter, translate("window", NO_NETWORK)
            )
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = self.height() / len(self.names)
        font = self._fitting_font(row)
        metrics = QFontMetrics(font)
        names = self._names_width(metrics) + self._look.px(14)
        figure = metrics.horizontalAdvance(f"{self.most_votes}") + self._look.px(8)
        bars = QRectF(names, 0, max(self.width() - names - figure, 20), self.height())
        for index in range(len(self.names)):
            self._paint_row(painter, index, row, bars, font)
        self._paint_needed(painter, bars)

    def _fitting_font(self, row: float) -> QFont:
        """Bold, in a size with which a row is high enough and the names leave room for the bars."""
        font = self._look.font()
        font.setBold(True)
        size = int(min(self._look.base_px, max(SMALLEST_PX, row * 0.72)))
        font.setPixelSize(size)
        while (
            size > SMALLEST_PX
            and self._names_width(QFontMetrics(font)) > MOST_FOR_NAMES * self.width()
        ):
            size -= 1
            font.setPixelSize(size)
        return font

    def _names_width(self, metrics: QFontMetrics) -> int:
        return max(metrics.horizontalAdvance(name) for name in self.names)

    def _paint_row(
        self, painter: QPainter, index: int, row: float, bars: QRectF, font: QFont
    ) -> None:
        top, chosen = index * row, index == self.gesture
        colour = QColor(self._look.text if chosen else self._look.muted)
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(colour)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, top, bars.left(), row), middle, self.names[index])
        right = QRectF(bars.right(), top, self.width() - bars.right(), row)
        count = int(self.votes[index])
        figure = f"{count}" if count else ""
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, figure)
        thick = min(row * 0.5, self._look.px(12))
        track = QRectF(bars.left(), top + (row - thick) / 2, bars.width(), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.raised))
        painter.drawRoundedRect(track, 3, 3)
        if count:
            track.setWidth(max(track.width() * count / self.most_votes, 3))
            painter.setBrush(QColor(self._look.accent) if chosen else colour)
            painter.drawRoundedRect(track, 3, 3)

    def _paint_needed(self, painter: QPainter, bars: QRectF) -> None:
        if self.needed is None or self.needed > self.most_votes:
            return
        x = round(bars.left() + bars.width() * self.needed / self.most_votes)
        painter.setPen(QColor(self._look.text))
        painter.setOpacity(0.5)
        painter.drawLine(x, 0, x, self.height())


class ClassBars(Card):
    """Votes of all classes, in the network's order."""

    def __init__(self, vote: VoteSettings, parent: QWidget | None = None) -> None:
        super().__init__(translate("window", "Votes"), parent)
        self._vote = vote
        self._turns = self._compact = False
        self.canvas = BarCanvas()
        self.sense = QLabel(translate("window", SENSE_NOTE))
        self.sense.setProperty("tone", "muted")
        self.sense.hide()
        self.body.addWidget(self.canvas, 1)
        self.body.addWidget(self.sense)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the votes of the newest decision."""
        told = [] if snapshot.reading is None else snapshot.reading.spec.told
        names = tuple(readable(snapshot.classes[number]) for number in told)
        votes, gesture = votes_in(snapshot)[told], gesture_in(snapshot)
        self.canvas.show_votes(names, votes, None if gesture is None else told.index(gesture))
        self._turns = any(sense_of(name) for name in snapshot.classes)
        self._show_sense()
        if snapshot.reading is None:
            self.detail.setText("")
            return
        rule = VoteRule.of(snapshot.reading.spec, self._vote)
        if snapshot.recognition is not None and snapshot.recognition.warming_up:
            self.canvas.show_rule(rule.window_ticks, None)  # as yet, no number decides
            self.detail.setText(translate("window", "None decides yet"))
        else:
            needed = rule.needed(int(votes.sum()))
            self.canvas.show_rule(rule.window_ticks, needed)
            decide = translate("window", "{0} of {1} decide")
            self.detail.setText(decide.format(needed, rule.window_ticks))
        words = rule_in_words(rule, self._vote.window_ms)
        if self._turns:
            words = f"{words} {translate('window', SENSE_NOTE)}."
        self.canvas.setToolTip(wrapped(words))

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.canvas.set_look(look)
        self._compact = look.compact
        self._show_sense()

    def _show_sense(self) -> None:
        self.sense.setVisible(self._turns and not self._compact)
