"""Where staff type the PIN: digits on the screen for a booth without a keyboard."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.booth.pin import LONGEST, SHORTEST
from app.booth.pin_gate import Answer, PinGate
from app.ui.kiosk.lettering import display_font, fitted
from app.ui.theme import DARK

IDLE_MS = 20_000
SECOND_MS = 1000
BACK, ERASE, ENTER = "back", "erase", "enter"
DIGITS = "0123456789"
PADS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", ERASE, "0", ENTER)
COLUMNS = 3
DOT, NO_DOT = "●", "○"
# The page is laid out in units of the window's size: so many across and down.
UNITS, UNITS_PORTRAIT = (23, 11), (12.5, 20)
TOLD_WIDE, TITLE_UNITS = 10.5, 1.15
# Across, down, and the size of the text.
PAD = (3.0, 2.2, 1.2)
PAD_UNITS = {ERASE: (3.0, 2.2, 0.8), ENTER: (3.0, 2.2, 0.8), BACK: (8.0, 1.7, 0.75)}
KEY_NAMES = {
    Qt.Key.Key_Return.value: ENTER, Qt.Key.Key_Enter.value: ENTER,
    Qt.Key.Key_Escape.value: BACK, Qt.Key.Key_Backspace.value: ERASE,
    Qt.Key.Key_Delete.value: ERASE,
}  # fmt: skip


class PinPage(QWidget):
    """``left`` says that the right PIN was given, ``closed`` that nobody wants to leave."""

    left = Signal()
    closed = Signal()

    def __init__(self, gate: PinGate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._gate = gate
        self._typed = ""
        self._said = self._told = ""
        self._unit = 1.0
        self._title, self._dots, self._message = QLabel(), QLabel(), QLabel()
        self._pads = {name: self._make_pad(name) for name in (*PADS, BACK)}
        self._lay_out()
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self.closed)
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._tell)

    @property
    def message(self) -> str:
        """What the page says at the moment."""
        return self._told

    def take_key(self, key: int, text: str) -> None:
        """A key of the keyboard."""
        name = KEY_NAMES.get(key, text)
        if name in self._pads:
            self.take(name)

    def take(self, name: str) -> None:
        """A digit, or one of the other pads."""
        self._idle.start()
        if name == BACK:
            self.closed.emit()
        elif name == ENTER:
            self._try()
        elif name == ERASE:
            self._typed = self._typed[:-1]
        elif len(self._typed) < LONGEST:
            self._typed, self._said = self._typed + name, ""
        self._tell()

    def _try(self) -> None:
        typed, self._typed = self._typed, ""
        if len(typed) < SHORTEST:
            self._said = self.tr("A PIN has at least {0} digits.").format(SHORTEST)
            return
        answer = self._gate.answer(typed)
        self._said = self.tr("That is not the PIN.") if answer is Answer.WRONG else ""
        if answer is Answer.RIGHT:
            self.left.emit()

    def _tell(self) -> None:
        """Show what was typed, hidden, and what there is to say."""
        count = len(self._typed)
        dots = DOT * count + NO_DOT * max(SHORTEST - count, 0)
        # No-break spaces, as dots stand in one line.
        self._write(self._dots, "\N{NO-BREAK SPACE}".join(dots), 1.0, 1.6 * self._unit)
        locked_s = math.ceil(self._gate.locked_s)
        said = self._said
        if locked_s:
            said = self.tr("Too many wrong PINs. Wait {0} s.").format(locked_s)
        elif self._gate.is_stuck and not said:
            said = self.tr("No PIN can be right: set it anew with kiosk --set-pin.")
        self._told = said
        self._write(self._message, said, 0.8, 2.4 * self._unit)
        for name in (*DIGITS, ERASE, ENTER):
            self._pads[name].setEnabled(not locked_s)

    # Building

    def _make_pad(self, name: str) -> QPushButton:
        pad = QPushButton(name)
        pad.setProperty("kind", name)
        pad.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        pad.pressed.connect(lambda: self.take(name))
        return pad

    def _lay_out(self) -> None:
        self._page = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._grid = grid = QGridLayout()
        for number, name in enumerate(PADS):
            grid.addWidget(self._pads[name], *divmod(number, COLUMNS))
        told = QVBoxLayout()
        told.addStretch()
        for label in (self._title, self._dots, self._message):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            told.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        told.addWidget(self._pads[BACK], 0, Qt.AlignmentFlag.AlignHCenter)
        told.addStretch()
        self._page.addStretch()
        self._page.addLayout(told)
        self._page.addStretch()
        self._page.addLayout(grid)
        self._page.setAlignment(grid, Qt.AlignmentFlag.AlignCenter)
        self._page.addStretch()

    def _speak(self) -> None:
        """Texts in the language of the moment."""
        title = self.tr("PIN to leave the booth")
        self._write(self._title, title, TITLE_UNITS, 2.6 * self._unit, bold=True)
        for name, text in ((ERASE, self.tr("Erase")), (ENTER, self.tr("Leave"))):
            self._pads[name].setText(text)
        self._pads[BACK].setText(self.tr("Back to the booth"))

    def _write(
        self, label: QLabel, text: str, units: float, height: float, *, bold: bool = False
    ) -> None:
        """Set a label's text in lines and a size that fit."""
        size = fitted(text, TOLD_WIDE * self._unit, height, units * self._unit, bold, 3)
        label.setText("\n".join(size.lines))
        label.setFont(display_font(size.px, bold=bold))

    def _fit(self) -> None:
        portrait = self.height() > self.width()
        wide, high = UNITS_PORTRAIT if portrait else UNITS
        self._unit = unit = min(self.width() / wide, self.height() / high)
        direction = QBoxLayout.Direction
        self._page.setDirection(direction.TopToBottom if portrait else direction.LeftToRight)
        self._grid.setSpacing(round(0.25 * unit))
        for name, pad in self._pads.items():
            across, down, size = PAD_UNITS.get(name, PAD)
            pad.setFixedSize(round(across * unit), round(down * unit))
            pad.setFont(display_font(size * unit, bold=name in DIGITS))
        for label, lines in ((self._title, 2.8), (self._dots, 1.8), (self._message, 2.4)):
            label.setFixedSize(round(TOLD_WIDE * unit), round(lines * unit))
        self.setStyleSheet(_style_sheet(unit))
        self._speak()
        self._tell()

    # Qt's own methods

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.isVisible():
            self._said = ""
            self._speak()
            self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._typed = self._said = ""
        self._speak()
        self._tell()
        self._idle.start()
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._typed = ""
        self._idle.stop()
        self._second.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _style_sheet(unit: float) -> str:
    return f"""
        PinPage {{ background: {DARK.event_ground}; }}
        QLabel {{ color: {DARK.text}; }}
        QPushButton {{ background: {DARK.raised}; color: {DARK.text}; border: none;
            border-radius: {round(0.4 * unit)}px; }}
        QPushButton[kind="enter"] {{ background: {DARK.accent}; color: {DARK.on_accent}; }}
        QPushButton[kind="back"] {{ background: {DARK.card}; color: {DARK.muted}; }}
        QPushButton:pressed {{ background: {DARK.accent}; color: {DARK.on_accent}; }}
        QPushButton:disabled {{ background: {DARK.raised}; color: {DARK.border}; }}
    """
