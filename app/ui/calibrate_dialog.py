"""Prompts for known gestures in turn, and says how well each is told before and after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.fitting import grow_to_fit
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.words import readable
from app.ui.picture import Picture
from app.ui.theme import Look

BLURB = QT_TRANSLATE_NOOP(
    "window",
    "Choose 3 to 5 gestures and make each for six seconds when its picture is shown, where you are "
    "recognised. The program learns how they look here; you can keep that or not.",
)
BEGIN = QT_TRANSLATE_NOOP("window", "Begin")
STOP = QT_TRANSLATE_NOOP("window", "Stop")
FEWEST, MOST = 3, 5
CHOSEN_FIRST = ("hand_clapping", "right_hand_wave", "right_arm_clockwise", "arm_roll")
CLASS_ID = Qt.ItemDataRole.UserRole


class CalibrateDialog(QDialog):
    """Signals what is asked for; who hears them says what there is to show."""

    begin_asked = Signal(tuple)
    stop_asked = Signal()
    keep_asked = Signal()
    discard_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("window", "Calibrate to this place"))
        self._ready = self._stops = self._busy = False
        self.blurb = QLabel(translate("window", BLURB))
        self.blurb.setWordWrap(True)
        self.picture = Picture()
        self.gestures = QListWidget()
        self.gestures.setAccessibleName(translate("window", "Gestures to make"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.button = QPushButton()
        self.button.setObjectName("primary")
        self.keep = QPushButton(translate("window", "Keep"))
        self.discard = QPushButton(translate("window", "Discard"))
        self._lay_out()
        self.button.clicked.connect(self._press)
        self.keep.clicked.connect(self.keep_asked)
        self.discard.clicked.connect(self.discard_asked)
        self.gestures.itemChanged.connect(self._settle)
        self.offer_keeping(False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.addWidget(self.gestures, 1)
        row.addWidget(self.picture)
        ends = QHBoxLayout()
        ends.addWidget(self.keep)
        ends.addWidget(self.discard)
        ends.addStretch(1)
        column.addWidget(self.blurb)
        column.addLayout(row)
        for widget in (self.button, self.bar, self.said):
            column.addWidget(widget)
        column.addLayout(ends)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as wrapped texts make it in today's letters."""
        super().showEvent(event)
        grow_to_fit(self)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The gestures that are ticked."""
        items = (self.gestures.item(row) for row in range(self.gestures.count()))
        return tuple(
            item.data(CLASS_ID) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self.picture.set_look(look)
        self.picture.setFixedSize(look.px(190), look.px(190))
        self.said.setMinimumHeight(look.px(104))
        self.button.setMinimumHeight(look.px(44))
        self.setMinimumWidth(look.px(520))

    def offer(self, classes: Sequence[str]) -> None:
        """List the gestures that can be chosen."""
        rows = range(self.gestures.count())
        if [self.gestures.item(row).data(CLASS_ID) for row in rows] == list(classes):
            return
        self.gestures.clear()
        for class_id in classes:
            item = QListWidgetItem(readable(class_id), self.gestures)
            item.setData(CLASS_ID, class_id)
            first = class_id in CHOSEN_FIRST
            item.setCheckState(Qt.CheckState.Checked if first else Qt.CheckState.Unchecked)

    def say(self, sentence: str) -> None:
        """Say how it goes."""
        if sentence != self.said.text():
            self.said.setText(sentence)
            grow_to_fit(self)

    def show_share(self, share: float) -> None:
        """How far it has come, 0 to 1."""
        self.bar.setValue(round(100 * share))

    def offer_keeping(self, offered: bool) -> None:
        """Whether there is something to keep or discard."""
        self.keep.setEnabled(offered)
        self.discard.setEnabled(offered)
        self._settle()

    def set_state(self, *, ready: bool, showing: bool, learning: bool) -> None:
        """Whether it can begin, gestures are being shown, or learnt, which goes on to its end."""
        self._ready, self._stops, self._busy = ready, showing, showing or learning
        self._settle()

    def _settle(self) -> None:
        fits = FEWEST <= len(self.chosen) <= MOST
        self.button.setText(translate("window", STOP if self._stops else BEGIN))
        can_begin = self._ready and fits and not self._busy and not self.keep.isEnabled()
        self.button.setEnabled(self._stops or can_begin)
        self.gestures.setEnabled(not self._busy)

    def _press(self) -> None:
        if self._stops:
            self.stop_asked.emit()
        else:
            self.begin_asked.emit(self.chosen)
