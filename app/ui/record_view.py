"""Records a live source into a file: the command, and how it goes beside the controls."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.pipeline.recorder import Tape
from app.pipeline.snapshot import Snapshot
from app.sources.contract import SourceError, SourceInfo
from app.ui.actions import Actions
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.player import Player
from app.ui.logic.saying import Say
from app.ui.logic.taping import ending, is_low, progress, proposed_name
from app.ui.logic.words import BROKEN
from app.ui.pace import Pace
from app.ui.transport_bar import TransportBar
from app.ui.window_store import WindowStore

AEDAT4_FILTER = QT_TRANSLATE_NOOP("window", "AEDAT 4 recording (*.aedat4)")
SUFFIX = ".aedat4"
STOP = QT_TRANSLATE_NOOP("window", "Stop &recording")


class RecordView(QObject):
    """``say`` tells how a recording ended, also one that ended by itself."""

    def __init__(
        self,
        window: QWidget,
        transport: TransportBar,
        actions: Actions,
        player: Player,
        store: WindowStore,
        say: Say,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._transport = transport
        self._action = actions["record"]
        self._start = self._action.text()
        self._player = player
        self._store = store
        self._say = say
        self._info: SourceInfo | None = None
        self._told: Path | None = None  # the recording whose end has been told
        self._pace = Pace()
        actions.connect("record", self._toggle)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Offer to record what is live, and show how it goes."""
        self._info = snapshot.info if snapshot.state not in BROKEN else None
        live = self._info is not None and self._info.is_live
        tape = self._player.tape
        runs = tape is not None and not tape.is_over
        if runs and (not live or snapshot.finished):
            self._player.stop_recording()
        self._action.setEnabled(live or runs)
        self._action.setChecked(runs)
        self._action.setText(translate("window", STOP) if runs else self._start)
        if tape is not None and tape.is_over:
            self._tell_end(tape)
        if self._pace.due():
            self._show_progress(tape if runs else None)

    def _show_progress(self, tape: Tape | None) -> None:
        if tape is None:
            self._transport.show_recording("", warns=False)
            return
        free = _free_bytes(tape.path.parent)
        self._transport.show_recording(progress(tape, free), warns=is_low(free))

    def _tell_end(self, tape: Tape) -> None:
        if self._told != tape.path:
            self._told = tape.path
            self._say(ending(tape), tape.failure is not None)

    def _toggle(self) -> None:
        tape = self._player.tape
        if tape is not None and not tape.is_over:
            self._player.stop_recording()
        elif self._info is not None:
            self._action.setChecked(False)  # until it really records
            self._ask_where(self._info)

    def _ask_where(self, info: SourceInfo) -> None:
        proposed = Path(self._store.folder) / proposed_name(info.name, datetime.now())
        path, _ = QFileDialog.getSaveFileName(
            self._window,
            translate("window", "Record"),
            str(proposed),
            translate("window", AEDAT4_FILTER),
        )
        if path:
            target = Path(path)
            self._store.folder = str(target.parent)
            self.record(target if target.suffix == SUFFIX else Path(path + SUFFIX))

    def record(self, path: Path) -> None:
        """Record into ``path``; ``say`` tells why if that cannot be."""
        self._told = None
        try:
            self._player.record(path)
        except SourceError as error:
            self._say(str(error), True)


def _free_bytes(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None  # the disk has gone, as the recording itself will tell
