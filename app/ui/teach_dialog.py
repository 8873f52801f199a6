"""Asks for a gesture's name, shows how teaching goes, and lists what was taught."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.fitting import grow_to_fit, scale_of
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.words import readable

BLURB = QT_TRANSLATE_NOOP(
    "window",
    "Give the gesture a name, or choose a known one that you make in your own way. Make it for ten "
    "seconds, again and again, where you are recognised. It is learnt while everything goes on; "
    "what is known already stays.",
)
SHOW = QT_TRANSLATE_NOOP("window", "Show the gesture")
TAUGHT = QT_TRANSLATE_NOOP("window", "Taught gestures")
NONE_TAUGHT = QT_TRANSLATE_NOOP("window", "Taught gestures: none yet")
STOP = QT_TRANSLATE_NOOP("window", "Stop")
WIDTH = 480


class TeachDialog(QDialog):
    """Signals what is asked for; who hears them says what there is to show."""

    show_asked = Signal(str)
    way_asked = Signal(str)
    stop_asked = Signal()
    forget_asked = Signal(str)
    rename_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("window", "Teach a gesture"))
        self._busy = self._ready = self._stops = False
        blurb = QLabel(translate("window", BLURB))
        blurb.setWordWrap(True)
        self.kind = QComboBox()
        self.kind.setAccessibleName(translate("window", "What is taught"))
        self.kind.addItem(translate("window", "A new gesture"), "")
        self.name = QLineEdit()
        self.name.setMaxLength(40)
        self.name.setPlaceholderText(translate("window", "for example: Salute"))
        self.name.setAccessibleName(translate("window", "Name of the gesture"))
        self.button = QPushButton(translate("window", SHOW))
        self.button.setObjectName("primary")
        self.button.setMinimumHeight(48)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setMinimumHeight(44)
        self.known = QLabel()
        self.taught = QListWidget()
        self.taught.setAccessibleName(translate("window", TAUGHT))
        self.taught.setFixedHeight(96)
        self.rename = QPushButton(translate("window", "Give it the name above"))
        self.forget = QPushButton(translate("window", "Forget"))
        self._lay_out(blurb)
        self.button.clicked.connect(self._press)
        self.forget.clicked.connect(lambda: self.forget_asked.emit(self._chosen))
        self.rename.clicked.connect(
            lambda: self.rename_asked.emit(self._chosen, self.name.text().strip())
        )
        self.name.textChanged.connect(self._settle)
        self.kind.currentIndexChanged.connect(self._settle)
        self.taught.currentRowChanged.connect(self._settle)
        self._settle()

    def _lay_out(self, blurb: QLabel) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        caption = QLabel(translate("window", "Name of the gesture"))
        for widget in (
            blurb, self.kind, caption, self.name, self.button, self.bar, self.verdict, self.known,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addWidget(self.taught, 1)
        row = QHBoxLayout()
        row.addWidget(self.rename)
        row.addWidget(self.forget)
        row.addStretch(1)
        column.addLayout(row)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as wrapped texts make it in today's letters, and wait for a name."""
        super().showEvent(event)
        self.setMinimumWidth(round(WIDTH * scale_of(self)))
        self.resize(max(self.width(), self.minimumWidth()), self.height())
        grow_to_fit(self)
        self.name.setFocus()

    @property
    def _chosen(self) -> str:
        item = self.taught.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def say(self, sentence: str) -> None:
        """Say how it goes."""
        if sentence != self.verdict.text():
            self.verdict.setText(sentence)
            grow_to_fit(self)

    def show_share(self, share: float) -> None:
        """How far it has come, 0 to 1."""
        self.bar.setValue(round(100 * share))

    def show_taught(self, names: Sequence[str]) -> None:
        """List the taught gestures."""
        rows = (self.taught.item(row) for row in range(self.taught.count()))
        if [item.data(Qt.ItemDataRole.UserRole) for item in rows] == list(names):
            return
        self.taught.clear()
        for name in names:
            item = QListWidgetItem(called(name))
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.taught.addItem(item)
        self._settle()

    def show_known(self, classes: Sequence[str]) -> None:
        """Offer known classes, of which one's own way can be taught."""
        if [self.kind.itemData(row) for row in range(1, self.kind.count())] == list(classes):
            return
        while self.kind.count() > 1:
            self.kind.removeItem(1)
        mine = translate("window", "My way of: {0}")
        for class_id in classes:
            self.kind.addItem(mine.format(readable(class_id)), class_id)

    def set_state(self, *, ready: bool, showing: bool, learning: bool) -> None:
        """Whether a gesture can be shown, is being shown, or learnt, which goes on to its end."""
        self._ready, self._busy, self._stops = ready, showing or learning, showing
        self._settle()

    def _settle(self) -> None:
        self.known.setText(translate("window", TAUGHT if self.taught.count() else NONE_TAUGHT))
        named, way = bool(self.name.text().strip()), bool(self.kind.currentData())
        self.button.setText(translate("window", STOP if self._stops else SHOW))
        self.button.setEnabled(self._stops or (self._ready and (named or way) and not self._busy))
        self.kind.setEnabled(not self._busy)
        self.name.setEnabled(not self._busy)
        self.forget.setEnabled(bool(self._chosen) and not self._busy)
        self.rename.setEnabled(bool(self._chosen) and named and not self._busy)

    def _press(self) -> None:
        if self._busy:
            self.stop_asked.emit()
        elif self.kind.currentData():
            self.way_asked.emit(self.kind.currentData())
        else:
            self.show_asked.emit(self.name.text().strip())


def called(name: str) -> str:
    """A taught gesture as its teacher wrote it, one's own way of a known one in words."""
    return readable(name) if name.endswith(")") else name
