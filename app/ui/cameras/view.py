"""Opens cameras: at once where there is one and all is well, else by the chooser."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.sources.contract import CameraSpec, SourceSpec
from app.sources.devices.biases import own_biases
from app.ui.actions import Actions
from app.ui.bringing_up import bring_up
from app.ui.cameras.dialog import CameraDialog
from app.ui.logic.lookout import Lookout
from app.ui.logic.player import Player
from app.ui.logic.settings_keeper import SettingsKeeper
from app.ui.welcome import Welcome

LOOK_MS = 500
SEARCHING_MS = 50  # an answer that is awaited must not wait, too


class CameraView(QObject):
    """Looks for cameras while the start page or the chooser is seen, and never else."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        start: Welcome,
        player: Player,
        keeper: SettingsKeeper,
        open_source: Callable[[SourceSpec], None],
        lookout: Lookout | None = None,
    ) -> None:
        super().__init__(window)
        self.lookout = lookout or Lookout()
        self.dialog: CameraDialog | None = None
        self._window = window
        self._start = start
        self._player = player
        self._keeper = keeper
        self._open = open_source
        self._is_hasty = False  # the first camera that is found alone is opened
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self.destroyed.connect(self.lookout.close)
        actions.connect("camera", self.open_only_one)
        actions.connect("camera_settings", self.show_dialog)
        start.cameras.wished.connect(self.open_only_one)

    def open_only_one(self) -> None:
        """Open the camera if there is one, all is well and it does not play already; else ask."""
        self._is_hasty = self._playing is None
        self.show_dialog()

    def show_dialog(self) -> None:
        """Let a camera be chosen and set."""
        if self.dialog is not None:
            bring_up(self.dialog)
            return
        biases = own_biases(self._keeper.settings.camera.own)
        dialog = CameraDialog(lambda serial: biases.get(serial, ()), self._playing, self._window)
        dialog.opened.connect(self._choose)
        dialog.refreshed.connect(self._refresh)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        self._look()
        self._show()
        if self.dialog is not None:
            dialog.open()

    @property
    def _playing(self) -> str | None:
        """The name of the camera that plays, if one does; it ends with the serial number."""
        spec, snapshot = self._player.spec, self._player.snapshot
        if not isinstance(spec, CameraSpec):
            return None
        info = snapshot.info if snapshot is not None else None
        return spec.serial or (info.name if info is not None else "")

    def _look(self) -> None:
        seen = self.dialog is not None or self._start.isVisible()
        if seen and not self._window.isMinimized() and self.lookout.look():
            self._show()
        self._timer.setInterval(SEARCHING_MS if self.lookout.is_searching else LOOK_MS)

    def _refresh(self) -> None:
        self.lookout.refresh()
        self._look()

    def _show(self) -> None:
        self._start.cameras.show_cameras(self.lookout.cameras)
        if self.dialog is not None:
            self.dialog.show_lookout(self.lookout)
            self._hurry()

    def _hurry(self) -> None:
        """Open the only camera without a question, if that was the wish."""
        if not (self._is_hasty and self.lookout.is_settled and self.dialog is not None):
            return
        self._is_hasty = False
        if self.lookout.only_free is not None:
            self.dialog.accept()

    def _choose(self, serial: str, biases: tuple[str, ...]) -> None:
        self._keeper.remember_biases(serial, biases)
        self._open(CameraSpec(serial))

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog, self._is_hasty = None, False
