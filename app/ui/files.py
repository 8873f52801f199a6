"""Which recording is next: of those that were dropped together, or of the folder."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ui.actions import Actions
from app.ui.drop_zone import DropZone
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.player import Player
from app.ui.logic.playlist import Playlist, dropped_together
from app.ui.logic.saying import Say
from app.ui.stage import Stage

NOT_HANDED_OVER = QT_TRANSLATE_NOOP(
    "window", "what was dropped was not handed over: drop it again, or open it by the menu"
)


class Files(QObject):
    """``chosen`` carries the FileSpec of a recording that is to be played."""

    chosen = Signal(object)

    def __init__(
        self,
        window: QWidget,
        zone: DropZone,
        pages: Stage,
        player: Player,
        actions: Actions,
        say: Say,
    ) -> None:
        super().__init__(window)
        self._pages = pages
        self._player = player
        self._say = say
        zone.dropped.connect(self.play_all)
        actions.connect("next_file", lambda: self._go(+1))
        actions.connect("previous_file", lambda: self._go(-1))

    def play_all(self, paths: Sequence[str]) -> None:
        """Play files one after the other, the first at once; none is said to be none."""
        specs = dropped_together(paths)
        if not specs:
            self._say(translate("window", NOT_HANDED_OVER), True)
            return
        self._pages.playlist = Playlist(specs)
        self.chosen.emit(specs[0])

    def _go(self, step: int) -> None:
        spec = self._player.asked or self._player.spec
        following = self._pages.playlist.beside(spec, step)
        if following is None:
            self._say(translate("window", "there is no other recording in this folder"), False)
        else:
            self.chosen.emit(following)
