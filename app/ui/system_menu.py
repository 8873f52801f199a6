"""The systems there are, as a menu: for the one that leads, or for one beside it."""

from __future__ import annotations

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.system_switch import FIRST, SECOND, SystemSwitch

TITLES = {
    FIRST: QT_TRANSLATE_NOOP("window", "&System"),
    SECOND: QT_TRANSLATE_NOOP("window", "&Compare with"),
}


class SystemMenu(QMenu):
    """Filled anew whenever it opens, as files come and go."""

    def __init__(self, switch: SystemSwitch, place: int, parent: QWidget | None = None) -> None:
        super().__init__(translate("window", TITLES[place]), parent)
        self._switch = switch
        self._place = place
        self.aboutToShow.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """List the systems and tick the one that is chosen."""
        self.clear()
        choices = QActionGroup(self)
        if self._place == SECOND:
            alone = self.addAction(translate("window", "&Nothing (one system alone)"))
            alone.setCheckable(True)
            alone.setChecked(not self._switch.comparing)
            alone.triggered.connect(self._switch.stop_comparing)
            choices.addAction(alone)
            self.addSeparator()
        chosen = [system.path for system in self._switch.chosen]
        for file in self._switch.files():
            # Behind a tab stands what Qt sets apart at the right.
            action = self.addAction(f"{file.name.replace('&', '&&')}\t{file.description}")
            action.setCheckable(True)
            action.setChecked(file.path in chosen[self._place : self._place + 1])
            action.setEnabled(self._place == FIRST or file.path != chosen[FIRST])
            action.triggered.connect(
                lambda _=False, path=file.path: self._switch.choose(self._place, path)
            )
            choices.addAction(action)
        self.addSeparator()
        other = self.addAction(translate("window", "Open &model file …"))
        other.triggered.connect(lambda: self._switch.ask_for_file(self._place))
