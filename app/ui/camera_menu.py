"""Which of several cameras in a recording plays; seen only where there are several."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.sources.contract import SourceInfo
from app.ui.logic.language import translate


class CameraMenu(QMenu):
    """``chosen`` carries the name of a camera as the recording has it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("window", "C&amera in this file"), parent)
        self._group = QActionGroup(self)
        self._names: tuple[str, ...] = ()
        self._playing = ""
        self.menuAction().setVisible(False)

    def show_info(self, info: SourceInfo | None) -> None:
        """List the cameras of what plays, and tick the one that does."""
        names, playing = (info.streams, info.stream) if info else ((), "")
        if (names, playing) == (self._names, self._playing):
            return
        self._names, self._playing = names, playing
        self.clear()
        for name in names:
            action = self.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == playing)
            self._group.addAction(action)
            action.triggered.connect(lambda _=False, name=name: self.chosen.emit(name))
        self.menuAction().setVisible(len(names) > 1)
