"""The command that tells all about the recording that plays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.pipeline.snapshot import Snapshot
from app.sources.contract import FileSpec, SourceError
from app.sources.formats.facts import file_facts
from app.ui.actions import Actions
from app.ui.file_info_dialog import FileInfoDialog
from app.ui.logic.file_rows import Rows, file_rows
from app.ui.logic.player import Player
from app.ui.logic.saying import Say
from app.ui.seek_view import SeekView


class FileInfo(QObject):
    """Opens the dialog; there is nothing to tell about a live source."""

    def __init__(
        self, window: QWidget, actions: Actions, player: Player, seek: SeekView, say: Say
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._player = player
        self._seek = seek
        self._say = say
        actions.connect("file_info", self.show_dialog)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow what plays."""
        known = isinstance(self._player.spec, FileSpec) and snapshot.info is not None
        self._actions["file_info"].setEnabled(known)

    def show_dialog(self) -> None:
        """Tell about the file that plays now, also when another one follows meanwhile."""
        spec, snapshot = self._player.spec, self._player.snapshot
        if not isinstance(spec, FileSpec) or snapshot is None or snapshot.info is None:
            return
        # What plays may be cut and turned, which the recording is not.
        sensor = snapshot.filters.sensor or snapshot.info.resolution
        info, overview = replace(snapshot.info, resolution=sensor), self._seek.overview
        try:
            facts = file_facts(Path(spec.path))
        except SourceError as error:
            self._say(str(error), True)
            return

        def rows() -> Rows:
            nonlocal overview
            if self._player.spec is spec:
                overview = self._seek.overview
            return file_rows(spec.path, facts, info, overview)

        FileInfoDialog(rows, self._window).open()
