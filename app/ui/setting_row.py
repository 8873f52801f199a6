"""One setting: its name, its control, the way back to its default, and what it is for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from app.settings import Settings
from app.ui.logic.heard import heard
from app.ui.logic.language import translate
from app.ui.logic.setting_fields import Path, SettingError, SettingField, value_at
from app.ui.logic.setting_words import help_of, name_of, when
from app.ui.setting_editors import editor_for

Change = Callable[[Path, object], object]
EDITOR_WIDTH = 220


class SettingRow(QWidget):
    """``change`` is asked for another value and may raise SettingError, which stands below."""

    def __init__(self, field: SettingField, change: Change) -> None:
        super().__init__()
        self.field = field
        self._change = change
        name, words = name_of(field), help_of(field)
        self.editor = editor_for(field, self._try)
        self.editor.setAccessibleName(name)
        self.editor.setAccessibleDescription(words)
        self.editor.setMinimumWidth(EDITOR_WIDTH)
        self.caption = QLabel(name)
        self.caption.setBuddy(self.editor)
        self.reset = QToolButton()
        self.reset.setText("↺")
        self.reset.setToolTip(translate("window", "Back to the default"))
        self.reset.setAccessibleName(translate("window", "{0}: back to the default").format(name))
        self.reset.clicked.connect(lambda: self._try(field.default))
        keeps_place = self.reset.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(keeps_place)
        self.words = _note(
            " ".join(filter(None, [_ended(words), _ended(when(field.path))])), "muted"
        )
        self.fault = _note("", "failure")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.caption, 0, 0)
        grid.addWidget(self.editor, 0, 1)
        grid.addWidget(self.reset, 0, 2)
        grid.addWidget(self.words, 1, 0, 1, 3)
        grid.addWidget(self.fault, 2, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        self._searched = f"{name} {words} {'.'.join(field.path)}".casefold()

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        value = value_at(settings, self.field.path)
        self.editor.show_value(value)
        self.reset.setVisible(value != self.field.default and self.field.path != ("kiosk", "pin"))
        self._say("")

    def matches(self, text: str) -> bool:
        """Whether every word of a search is found in its name, its words or its path."""
        return all(word in self._searched for word in text.casefold().split())

    def _try(self, value: object) -> None:
        try:
            self._change(self.field.path, value)
        except SettingError as error:
            self._say(heard(str(error)))

    def _say(self, fault: str) -> None:
        self.fault.setText(_ended(fault))
        self.fault.setVisible(bool(fault))


def _ended(sentence: str) -> str:
    return f"{sentence}." if sentence and not sentence.endswith(".") else sentence


def _note(words: str, tone: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("tone", tone)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
