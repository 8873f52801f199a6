"""Controls for one setting, by the sort of value it holds; each tells what the user makes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.ui.fitting import indent
from app.ui.logic.language import translate
from app.ui.logic.setting_fields import Kind, SettingField
from app.ui.logic.setting_words import choice_name

Changed = Callable[[object], object]
MOST = 10**6
SEPARATOR = ", "


class Switch(QCheckBox):
    """On or off."""

    def __init__(self, field: SettingField, changed: Changed) -> None:
        super().__init__()
        self.toggled.connect(changed)

    def show_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.setChecked(value)


class Choice(QComboBox):
    """One of several."""

    def __init__(self, field: SettingField, changed: Changed) -> None:
        super().__init__()
        for choice in field.choices:
            self.addItem(choice_name(choice), choice)
        self.activated.connect(lambda: changed(self.currentData()))
        self.installEventFilter(_WheelPasses(self))

    def show_value(self, value: Any) -> None:
        self.setCurrentIndex(self.findData(value))


class Number(QDoubleSpinBox):
    """A number in its range and unit; below the least stands none, where there may be none."""

    def __init__(self, field: SettingField, changed: Changed) -> None:
        super().__init__()
        whole = field.kind is Kind.WHOLE
        least, most = field.least or 0.0, MOST if field.most is None else field.most
        fine = not whole and most <= 10
        step = 0.01 if fine else 1.0 if whole or most > 100 else 0.5
        self._none_at = least - step if field.optional else None
        self.setDecimals(0 if whole else 2 if fine else 1)
        self.setSingleStep(10 * step if fine else step)
        self.setRange(least if self._none_at is None else self._none_at, most)
        self.setKeyboardTracking(False)
        if field.unit:
            self.setSuffix(f" {field.unit}")
        if field.optional:
            self.setSpecialValueText(translate("window", "by itself"))
        self.setObjectName("setting")  # as high as its letters need, which Qt reckons too low
        indent(self)
        self._whole = whole
        self.valueChanged.connect(lambda _: changed(self.value_or_none()))
        self.installEventFilter(_WheelPasses(self))

    def value_or_none(self) -> float | None:
        """What is entered."""
        if self._none_at is not None and self.value() <= self._none_at:
            return None
        return int(self.value()) if self._whole else self.value()

    def show_value(self, value: Any) -> None:
        with QSignalBlocker(self):
            self.setValue(self.minimum() if value is None else value)


class Text(QLineEdit):
    """Words; several with commas between, whole numbers where a place is meant."""

    def __init__(self, field: SettingField, changed: Changed) -> None:
        super().__init__()
        self._field = field
        self._shown = ""
        self.editingFinished.connect(lambda: self._tell(changed))

    def _tell(self, changed: Changed) -> None:
        if self.text() != self._shown:
            self._shown = self.text()
            changed(self.entered())

    def entered(self) -> object:
        """What the words mean; whoever keeps it checks whether it may be."""
        text = self.text().strip()
        parts = tuple(part.strip() for part in text.split(",") if part.strip())
        if self._field.kind is Kind.LIST:
            return parts
        if not text and self._field.optional:
            return None
        if self._field.kind is Kind.PLACE:
            return tuple(int(part) if part.isdecimal() else part for part in parts)
        return text

    def show_value(self, value: Any) -> None:
        if isinstance(value, tuple):
            value = SEPARATOR.join(map(str, value))
        self._shown = value or ""
        self.setText(self._shown)
        self.setCursorPosition(0)  # where reading begins


class Files(QWidget):
    """How many files are remembered, and a button that forgets them."""

    def __init__(self, field: SettingField, changed: Changed) -> None:
        super().__init__()
        self.count = QLabel()
        self.clear = QPushButton(translate("window", "Clear"))
        self.clear.clicked.connect(lambda: changed(()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.count, 1)
        row.addWidget(self.clear)
        self.setFocusProxy(self.clear)

    def show_value(self, value: Any) -> None:
        count = len(value)
        one, more = translate("window", "1 file"), translate("window", "{0} files")
        self.count.setText(one if count == 1 else more.format(count))
        self.clear.setEnabled(bool(value))


class Hidden(QLabel):
    """Whether something is set that is not shown, nor changed here."""

    def __init__(self, field: SettingField, changed: Changed) -> None:
        super().__init__()

    def show_value(self, value: Any) -> None:
        self.setText(translate("window", "set") if value else translate("window", "not set"))


Editor = Switch | Choice | Number | Text | Files | Hidden
BY_KIND: dict[Kind, type[Editor]] = {
    Kind.SWITCH: Switch, Kind.CHOICE: Choice, Kind.WHOLE: Number, Kind.NUMBER: Number,
    Kind.TEXT: Text, Kind.LIST: Text, Kind.PLACE: Text,
}  # fmt: skip
OTHERS: dict[tuple[str, ...], type[Editor]] = {
    ("recent_files",): Files, ("recognition", "opened"): Files, ("kiosk", "pin"): Hidden,
}  # fmt: skip


def editor_for(field: SettingField, changed: Changed) -> Editor:
    """The control for a setting; ``changed`` hears another value, which may be a bad one."""
    return OTHERS.get(field.path, BY_KIND[field.kind])(field, changed)


class _WheelPasses(QObject):
    """Scrolling past a control that is not in focus does not change it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        wheel = event.type() is QEvent.Type.Wheel
        passes = wheel and isinstance(watched, QWidget) and not watched.hasFocus()
        if passes:
            event.ignore()
        return passes
