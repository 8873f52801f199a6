"""From the window to the booth and back, in one process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.pipeline.systems import Systems
from app.sources.address import named_source
from app.sources.contract import FileSpec, SourceError, SourceSpec
from app.ui.logic.player import Player
from app.ui.logic.settings_keeper import SettingsKeeper
from app.ui.running import application

if TYPE_CHECKING:
    from app.ui.kiosk.window import KioskWindow
    from app.ui.main_window import MainWindow

STOP_TIMEOUT_S = 2.0
LOOK_MS = 50
LEFT_ON_PURPOSE = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the window was: what played, how far, and whether it was held or hidden."""

    spec: SourceSpec
    offset_us: int
    held: bool
    on_start_page: bool


class KioskSwitch(QObject):
    """Shows the booth in place of ``window`` until staff leave it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._player: Player = window.player
        self._keeper: SettingsKeeper = window.keeper
        self._kiosk: KioskWindow | None = None
        self._place: Place | None = None
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._go_to_place)

    def start(self) -> None:
        """Leave the window for the booth."""
        if self._kiosk is not None:
            return
        from app.ui.kiosk.launch import make_kiosk

        try:
            spec = self._booth_source()
        except SourceError as error:
            self._window.say_failure(f"the setting kiosk.source is no source: {error}")
            return
        systems: Systems = self._window.systems.chosen
        self._place = self._rest()
        self._kiosk = make_kiosk(spec, self._keeper.settings, systems)
        self._kiosk.ended.connect(self._come_back)
        QApplication.setQuitOnLastWindowClosed(False)
        self._kiosk.begin()
        self._window.hide()

    def abandon(self) -> bool:
        """End the booth and do not come back; false if something in it did not end in time."""
        kiosk, self._kiosk = self._kiosk, None
        if kiosk is None:
            return True
        kiosk.ended.disconnect(self._come_back)
        kiosk.end(LEFT_ON_PURPOSE)
        QTimer.singleShot(0, application().quit)
        return kiosk.stopped_in_time

    def _booth_source(self) -> SourceSpec:
        """The live source that plays, or else the one in the settings.

        Raises:
            SourceError: the settings name none.
        """
        playing = self._player.spec
        if playing is not None and not isinstance(playing, FileSpec):
            return playing
        return named_source(self._keeper.settings.kiosk.source)

    def _rest(self) -> Place | None:
        player = self._player
        spec = player.spec
        on_start_page = self._window.pages.currentWidget() is self._window.welcome
        held = not player.is_running
        place = None if spec is None else Place(spec, player.offset_us, held, on_start_page)
        player.rest(STOP_TIMEOUT_S)
        return place

    def _come_back(self) -> None:
        kiosk, self._kiosk = self._kiosk, None
        self._window.show()
        self._window.activateWindow()
        QApplication.setQuitOnLastWindowClosed(True)
        if kiosk is not None:
            kiosk.deleteLater()
        if self._place is not None:
            self._window.open(self._place.spec)
            self._looking.start()

    def _go_to_place(self) -> None:
        """Once it plays again, take it to where it was."""
        player, place = self._player, self._place
        if place is None or player.asked is not None:
            return
        self._looking.stop()
        self._place = None
        if player.spec != place.spec:
            return  # it cannot be opened any more, which the window says
        if place.on_start_page:
            self._window.pages.toggle_start()
        elif place.held:
            player.hold()
        player.seek(place.offset_us)
