"""Kinds of event picture to choose from: what is gathered, for how long, in which colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.settings import DisplaySettings
from app.ui.actions import Actions
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.palettes import PALETTES

KINDS = {
    "fading": QT_TRANSLATE_NOOP("window", "&Fading events"),
    "time": QT_TRANSLATE_NOOP("window", "Events of a constant &time"),
    "count": QT_TRANSLATE_NOOP("window", "A constant &number of events"),
    "surface": QT_TRANSLATE_NOOP("window", "Time &surface (age of the last event)"),
}
FADING_MS = {
    30: QT_TRANSLATE_NOOP("window", "Short (30 ms)"),
    60: QT_TRANSLATE_NOOP("window", "Medium (60 ms)"),
    150: QT_TRANSLATE_NOOP("window", "Long (150 ms)"),
    400: QT_TRANSLATE_NOOP("window", "Trails (400 ms)"),
}
SPANS_MS = {number: f"{number} ms" for number in (10, 33, 100, 300)}
SPANS_EVENTS = {number: f"{number:,}" for number in (2_000, 10_000, 50_000, 200_000)}
CHECKABLE = ("overlay", "save_decision")

AddChoices = Callable[[QMenu, str, Mapping[Any, str]], None]


class PictureMenu(QMenu):
    """``chosen`` carries a field of ``DisplaySettings`` and its value.

    ``add_choices`` fills a menu with the choices of a field.
    """

    chosen = Signal(str, object)

    def __init__(self, actions: Actions, add_choices: AddChoices, parent: QWidget) -> None:
        # With a parent, as what has none has no style sheet.
        super().__init__(translate("window", "Event p&icture"), parent)
        self._actions = actions
        self._display = DisplaySettings()
        add_choices(self, "accumulation", KINDS)
        self.addAction(actions["next_picture"])
        self.addSeparator()
        lists: tuple[tuple[str, str, Mapping[Any, str]], ...] = (
            (translate("window", "Event &colours"), "palette", PALETTES),
            (translate("window", "Event f&ading"), "fading_ms", FADING_MS),
            (translate("window", "Constant t&ime"), "span_ms", SPANS_MS),
            (translate("window", "Constant n&umber"), "span_events", SPANS_EVENTS),
        )
        for title, field, choices in lists:
            add_choices(self.addMenu(title), field, choices)
        self.addSeparator()
        for name in (*CHECKABLE, "zoom_in", "zoom_out", "zoom_whole"):
            self.addAction(actions[name])
        actions.connect("next_picture", self._choose_next)
        for name in CHECKABLE:
            actions[name].triggered.connect(
                lambda checked, name=name: self.chosen.emit(name, checked)
            )

    def show_display(self, display: DisplaySettings) -> None:
        """Tick what is in force."""
        self._display = display
        for name in CHECKABLE:
            self._actions[name].setChecked(getattr(display, name))

    def _choose_next(self) -> None:
        kinds = list(KINDS)
        following = kinds.index(self._display.accumulation) + 1
        self.chosen.emit("accumulation", kinds[following % len(kinds)])
