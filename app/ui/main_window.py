"""The window: one timer takes snapshots and hands them to the views; commands go to the player."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QVBoxLayout, QWidget

from app.sources.bundled import bundled_recordings
from app.sources.contract import SourceSpec
from app.ui.actions import Actions
from app.ui.banner import Banner, BannerRow
from app.ui.cameras.view import CameraView
from app.ui.dressing import Dressing
from app.ui.drop_zone import DropZone
from app.ui.files import Files
from app.ui.full_screen import FullScreen
from app.ui.heartbeat import Heartbeat
from app.ui.help_view import connect_help
from app.ui.instrument import Instrument
from app.ui.kiosk.switch import KioskSwitch
from app.ui.language import speak_language
from app.ui.logic.player import Player
from app.ui.logic.settings_keeper import SettingsKeeper
from app.ui.logic.tour import Tour, tour_order
from app.ui.main_menu import MainMenu
from app.ui.new_window import open_new_window
from app.ui.playback import Playback
from app.ui.rebuilding import Carried, clear
from app.ui.running import application
from app.ui.settings_view import SettingsView
from app.ui.source_choices import connect_sources
from app.ui.source_chooser import SourceChooser
from app.ui.stage import Stage
from app.ui.system_menu import SystemMenu
from app.ui.system_switch import FIRST, SECOND, SystemSwitch
from app.ui.theme import SMALLEST_HEIGHT, SMALLEST_WIDTH
from app.ui.views import Views
from app.ui.welcome import Welcome
from app.ui.window_store import WindowStore

STOP_TIMEOUT_S = 2.0
FIRST_SIZE = QSize(1400, 900)


class MainWindow(QMainWindow):
    """Spikehand's one window."""

    first_painted = Signal()

    def __init__(self, player: Player, keeper: SettingsKeeper, store: WindowStore) -> None:
        super().__init__()
        self.player = player
        self.keeper = keeper
        self.stopped_in_time = True
        self._store = store
        self._painted = False
        self._dressing = Dressing(self)
        self._bundled = bundled_recordings()
        self.setWindowTitle("Spikehand")
        self.setMinimumSize(SMALLEST_WIDTH, SMALLEST_HEIGHT)
        self._chooser = SourceChooser(self, store, self._say)
        self._chooser.chosen.connect(self.open)
        self.systems = SystemSwitch(self, player, keeper)
        self.systems.changed.connect(self._show_systems)
        self.kiosk = KioskSwitch(self)
        self._timer = Heartbeat(self, lambda: self.views.film.runs)
        self._timer.beat.connect(self.refresh)
        self._build()
        self.first_painted.connect(lambda: self.views.restore())
        if not self.restoreGeometry(store.geometry):
            self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize() * 0.92))

    # What the outside may ask for

    def open(self, spec: SourceSpec) -> None:
        """Play ``spec`` once it is open; until then, what plays goes on."""
        self.pages.open(spec)
        self._timer.start()
        self.refresh()

    def refresh(self) -> None:
        """Take one snapshot and show it."""
        snapshot = self.player.take()
        if snapshot is None:
            return
        self.systems.show_snapshot(snapshot)
        shown = self.pages.show_snapshot(snapshot)
        self.views.show_snapshot(snapshot)
        self.banner.show_snapshot(snapshot)
        self.menu.cameras.show_info(snapshot.info)
        seen = shown.info if self.pages.currentWidget() is self.instrument else None
        self.setWindowTitle("Spikehand" if seen is None else f"{seen.name} – Spikehand")

    def say_failure(self, sentence: str) -> None:
        """Show a failure that did not come through a snapshot."""
        self._say(sentence, True)

    def _say(self, sentence: str, failure: bool) -> None:
        self.banner.show_sentence(sentence, failure=failure)

    def speak(self) -> None:
        """Say everything in the language of the settings from now on; what plays goes on."""
        language = self.keeper.settings.display.language
        problem = speak_language(application(), language)
        self.systems.forget_words()
        carried = Carried(self)
        self.views.stop(STOP_TIMEOUT_S)
        # Or the next one would be given this one's corner; Qt's types do not know of none.
        self.setMenuBar(None)  # type: ignore[arg-type]
        clear(self, (self._timer, self._dressing, self._chooser, self.systems, self.kiosk))
        self._build(carried.checked)
        carried.take_over(self)
        self.menu.settle()
        self.views.restore()
        self.refresh()
        if problem is not None:
            self._say(problem, False)

    # Building

    def _build(self, checked: Iterable[str] = ()) -> None:
        self.actions_by_name = Actions(self)
        for name in checked:
            self.actions_by_name[name].setChecked(True)
        self._build_pages()
        self.views = Views(
            self, self.instrument, self.actions_by_name, self.player, self.keeper.settings,
            self._store, self._say,
        )  # fmt: skip
        self.live_cameras = CameraView(
            self, self.actions_by_name, self.welcome, self.player, self.keeper, self.open
        )
        self._connect_commands()
        self._connect_choices()
        self._dressing.dress((*self._parts, self.views))
        self.apply_display()

    def _build_pages(self) -> None:
        actions = self.actions_by_name
        first, second = (SystemMenu(self.systems, place, self) for place in (FIRST, SECOND))
        self.menu = MainMenu(actions, self._bundled, systems=(first, second))
        self.setMenuBar(self.menu)
        self.banner = Banner()
        self.welcome = Welcome(actions, self.menu.demonstrations)
        self.instrument = Instrument(actions, self.keeper.settings.vote, (first, second))
        self.pages = Stage(
            self.player, self.keeper, Tour(tour_order()), start=self.welcome,
            instrument=self.instrument, banner=self.banner, menu=self.menu,
        )  # fmt: skip
        actions["next"].setEnabled(bool(self._bundled))
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        bar = BannerRow(self.banner)
        column.addLayout(bar)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(centre)
        self._drop_zone = DropZone(self, centre)
        self.files = Files(
            self, self._drop_zone, self.pages, self.player, self.actions_by_name, self._say
        )
        self.files.chosen.connect(self.open)
        self._parts = (
            self.actions_by_name, self.banner, bar, self.welcome, self.instrument, self._drop_zone
        )  # fmt: skip

    def _connect_commands(self) -> None:
        handlers = {
            "start": self.pages.toggle_start,
            "next": lambda: self.open(self.pages.next_demonstration()),
            "open": self._chooser.ask_for_file,
            "network": self._chooser.ask_for_address,
            "kiosk": self.kiosk.start,
            "quit": self.close,
            "new_window": lambda: open_new_window(self.keeper.path, self._say),
            "system": self.instrument.first.chooser.open_menu,
            "compare": self.instrument.open_compare_menu,
            "alone": self.systems.stop_comparing,
            "open_model": self.systems.ask_for_file,
            "dismiss": self._dismiss,
        }
        for name, handler in handlers.items():
            self.actions_by_name.connect(name, handler)
        connect_help(self, self.actions_by_name)
        self.settings = SettingsView(self)
        self.actions_by_name["operations"].toggled.connect(self.systems.count)
        self._full_screen = FullScreen(self, self.actions_by_name["full_screen"])
        self.playback = Playback(
            self.actions_by_name, self.instrument.transport, self.player, self.keeper, self.refresh
        )

    def _connect_choices(self) -> None:
        self.keeper.on_trouble = self.say_failure
        connect_sources(self.menu, self.welcome, self.player, self.open)
        self.views.teach.taught.connect(lambda path: self.systems.choose(FIRST, path))
        self._show_systems()

    # Commands

    def _show_systems(self) -> None:
        self.banner.forget()
        self.instrument.show_files(self.systems.chosen_files)

    def _dismiss(self) -> None:
        if not self.banner.isHidden():
            self.banner.dismiss()
        elif not self.pages.leave_start() and self.isFullScreen():
            self._full_screen.fill(False)

    # Looks

    def apply_display(self) -> None:
        """Show the theme, the colours and the fading of the settings."""
        display = self.keeper.settings.display
        self._timer.setInterval(round(1000 / display.rate_hz))
        self.menu.show_display(display)
        self.instrument.set_display(display)
        self._dressing.apply()

    # Qt's own methods

    def closeEvent(self, event: QCloseEvent) -> None:
        """Always closes; a part that does not end in time is left behind."""
        self._timer.stop()
        if self.isVisible():
            self._store.geometry = self.saveGeometry()
        self.hide()
        stopped = [
            self.kiosk.abandon(), self.views.stop(STOP_TIMEOUT_S), self.player.stop(STOP_TIMEOUT_S)
        ]  # fmt: skip
        self.stopped_in_time = all(stopped)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and pauses everywhere, so Enter presses the button in focus."""
        focus = self.focusWidget()
        pressed = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if pressed and isinstance(focus, QAbstractButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)
