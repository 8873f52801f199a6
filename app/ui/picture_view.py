"""What is done with the event picture: zoom by menu and keys, a look at one moment into a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from app.pipeline.snapshot import Snapshot
from app.settings import VoteSettings
from app.ui.actions import Actions
from app.ui.composing import Frame, compose
from app.ui.event_view import EventView
from app.ui.logic.film_words import proposed_name
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.picture_words import corner_lines
from app.ui.logic.saying import Say
from app.ui.logic.verdict import verdict_on
from app.ui.window_store import WindowStore
from models.atomic import replacing

PNG_FILTER = QT_TRANSLATE_NOOP("window", "PNG picture (*.png)")
SUFFIX = ".png"


class PictureView(QObject):
    """``say`` tells the user a sentence and whether it is about a failure."""

    def __init__(
        self,
        window: QWidget,
        events: EventView,
        actions: Actions,
        vote: VoteSettings,
        store: WindowStore,
        say: Say,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._events = events
        self._actions = actions
        self._vote = vote
        self._store = store
        self._say = say
        self._snapshot: Snapshot | None = None
        actions.connect("zoom_in", lambda: events.pointer.zoom(1))
        actions.connect("zoom_out", lambda: events.pointer.zoom(-1))
        actions.connect("zoom_whole", events.pointer.reset)
        actions.connect("save_picture", self._ask_where)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Offer what can be done with the picture as it is."""
        self._snapshot = snapshot
        seen = self._events.canvas.viewport
        for name in ("zoom_in", "save_picture"):
            self._actions[name].setEnabled(seen is not None)
        for name in ("zoom_out", "zoom_whole"):
            self._actions[name].setEnabled(seen is not None and not seen.is_whole)

    def picture(self) -> QImage | None:
        """What is seen now, as it is saved."""
        canvas, snapshot, display = self._events.canvas, self._snapshot, self._events.display
        if canvas.image is None or canvas.viewport is None or snapshot is None:
            return None
        corner = corner_lines(snapshot) if display.overlay else ()
        verdict = verdict_on(snapshot, self._vote) if display.save_decision else None
        return compose(Frame(canvas.image, canvas.viewport, corner, verdict), self._events.look)

    def _ask_where(self) -> None:
        """The picture of the moment at which it was asked for, not of that of the answer."""
        picture, snapshot = self.picture(), self._snapshot
        if picture is None or snapshot is None or snapshot.info is None:
            return
        name = proposed_name(snapshot.info.name, datetime.now(), SUFFIX)
        path, _ = QFileDialog.getSaveFileName(
            self._window,
            translate("window", "Save the picture"),
            str(Path(self._store.folder) / name),
            translate("window", PNG_FILTER),
        )
        if path:
            target = Path(path)
            self._store.folder = str(target.parent)
            self.save(picture, target if target.suffix.lower() == SUFFIX else Path(path + SUFFIX))

    def save(self, picture: QImage, path: Path) -> None:
        """Write a PNG; ``say`` tells how it went."""
        try:
            with replacing(path) as partial:
                if not picture.save(str(partial)):
                    raise OSError("the disk took no more")
        except OSError as error:
            said = translate("window", "cannot write {0}: {1}")
            self._say(said.format(path, error.strerror or error), True)
        else:
            self._say(translate("window", "saved the picture to {0}").format(path), False)
