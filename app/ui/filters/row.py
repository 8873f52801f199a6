"""One filter: its switch, what can be set, what it is for, and what it takes away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.filters.chain import FilterCount
from app.settings import Settings
from app.ui.logic.filter_words import taken_tip, taken_words
from app.ui.logic.heard import heard
from app.ui.logic.language import translate
from app.ui.logic.setting_fields import Kind, SettingError, SettingField, value_at
from app.ui.logic.setting_words import help_of, name_of
from app.ui.setting_editors import Changed, Editor, Number, Switch, Text, editor_for
from app.ui.setting_row import Change
from app.ui.theme import Look

# Around a number, so that it can be read without its caption.
MARKS = {
    "hot_hz": ("≥ ", " Hz"), "background_neighbours": ("≥ ", " / 8"), "downscale": ("1 / ", ""),
}  # fmt: skip
FIGURE_WIDTH, SWITCH_WIDTH, EDITOR_WIDTH = 64, 190, 130


class FilterRow(QWidget):
    """``change`` is asked for another value and may raise SettingError, which stands below.

    The first of ``fields`` switches the filter on, or is all that it has; the others are its
    parameters.
    """

    def __init__(self, fields: tuple[SettingField, ...], change: Change) -> None:
        super().__init__()
        self._change = change
        self.editors = {field.path: self._editor(field) for field in fields}
        self.figure = QLabel()
        self.figure.setObjectName("figure")
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.words = QLabel(_sentence(help_of(fields[0])))
        self.words.setProperty("tone", "muted")
        self.fault = QLabel()
        self.fault.setProperty("tone", "failure")
        for label in (self.words, self.fault):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._top = QHBoxLayout()
        self._top.setContentsMargins(0, 0, 0, 0)
        self._captions: list[QLabel] = []
        for field in fields:
            self._add(field)
        self._top.addStretch(1)
        self._top.addWidget(self.figure)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3, 0, 3)
        column.setSpacing(1)
        column.addLayout(self._top)
        column.addWidget(self.words)
        column.addWidget(self.fault)
        self.fault.hide()
        self._switch = fields[0] if fields[0].kind is Kind.SWITCH else None

    def add_beside(self, widget: QWidget) -> None:
        """Put another way of setting it behind what can be set."""
        self._top.insertWidget(self._top.count() - 2, widget)

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force; what has no effect now is dimmed."""
        for path, editor in self.editors.items():
            editor.show_value(value_at(settings, path))
            if self._switch is not None and path != self._switch.path:
                editor.setEnabled(bool(value_at(settings, self._switch.path)))
        self._say("")

    def show_count(self, count: FilterCount | None) -> None:
        """Show what it takes away, none while it is not at work."""
        self.figure.setText(taken_words(count))
        self.figure.setToolTip(taken_tip(count))

    def set_look(self, look: Look) -> None:
        """Take the sizes of ``look``."""
        self.figure.setMinimumWidth(look.px(FIGURE_WIDTH))
        first, *others = self.editors.values()
        if self._captions and self._switch is None:
            self._captions[0].setMinimumWidth(look.px(SWITCH_WIDTH))
            first.setFixedWidth(look.px(EDITOR_WIDTH + 40))
        else:
            first.setMinimumWidth(look.px(SWITCH_WIDTH))
        for editor in others:
            editor.setFixedWidth(look.px(EDITOR_WIDTH))

    def _editor(self, field: SettingField) -> Editor:
        changed: Changed = lambda value: self._try(field, value)  # noqa: E731
        editor = editor_for(field, changed)
        editor.setAccessibleName(name_of(field))
        editor.setAccessibleDescription(help_of(field))
        return editor

    def _add(self, field: SettingField) -> None:
        editor = self.editors[field.path]
        if isinstance(editor, Switch):
            editor.setText(name_of(field))
        else:
            editor.setToolTip(help_of(field))
        if isinstance(editor, Number):
            prefix, suffix = MARKS.get(field.path[-1], ("", editor.suffix()))
            editor.setPrefix(prefix)
            editor.setSuffix(suffix)
        elif isinstance(editor, Text):
            editor.setPlaceholderText(translate("window", "x, y, width, height"))
        if not self._captions and field.kind is not Kind.SWITCH and len(self.editors) == 1:
            caption = QLabel(name_of(field))
            caption.setBuddy(editor)
            self._captions.append(caption)
            self._top.addWidget(caption)
        self._top.addWidget(editor)

    def _try(self, field: SettingField, value: object) -> None:
        try:
            self._change(field.path, value)
        except SettingError as error:
            self._say(_sentence(heard(str(error))))

    def _say(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
