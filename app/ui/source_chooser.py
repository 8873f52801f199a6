"""Asks the user where events shall come from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.sources.contract import FileSpec
from app.sources.formats.endings import ENDINGS
from app.ui.connect_dialog import ConnectDialog
from app.ui.logic.language import translate
from app.ui.logic.odd_names import left_out
from app.ui.logic.saying import Say
from app.ui.window_store import WindowStore


def recordings_filter() -> str:
    """What the dialog shows: everything that can be read, or all there is."""
    endings = " ".join(f"*{ending}" for ending in ENDINGS)
    return translate("window", "Event recordings ({0});;All files (*)").format(endings)


class SourceChooser(QObject):
    """``chosen`` carries a SourceSpec. A dialog that is cancelled says nothing, unless it could not
    show what may have been looked for."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, store: WindowStore, say: Say) -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        self._say = say

    def ask_for_file(self) -> None:
        """Choose a recording, starting in the folder of the last one."""
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            translate("window", "Open recording"),
            self._store.folder,
            recordings_filter(),
        )
        if path:
            self._store.folder = str(Path(path).parent)
            self.chosen.emit(FileSpec(path))
        elif self._store.folder and (sentence := left_out(self._store.folder)):
            self._say(sentence, False)

    def ask_for_address(self) -> None:
        """Type the address of an event server, starting with the last one."""
        dialog = ConnectDialog(self._store.address, self._window)
        dialog.accepted.connect(lambda: self._connect_to(dialog))
        dialog.open()

    def _connect_to(self, dialog: ConnectDialog) -> None:
        self._store.address = dialog.field.text().strip()
        self.chosen.emit(dialog.spec)
