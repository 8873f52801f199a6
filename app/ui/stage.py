"""Which source plays and which page shows it: openings, failures, the tour, the start page."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.pipeline.snapshot import PipelineState, Snapshot, Stats
from app.sources.contract import FileSpec, SourceSpec
from app.ui.banner import Banner
from app.ui.instrument import Instrument
from app.ui.logic.player import Player
from app.ui.logic.playlist import Playlist
from app.ui.logic.settings_keeper import SettingsKeeper
from app.ui.logic.tour import Tour
from app.ui.logic.words import BROKEN
from app.ui.main_menu import MainMenu
from app.ui.welcome import Welcome

EXPECTING = Snapshot(
    state=PipelineState.STARTING, info=None, counts=None, readings=(), restarted=False,
    stats=Stats(), position_us=None, loading="source",
)  # fmt: skip


class Stage(QStackedWidget):
    """Two pages: the start page, and the instrument for what plays.

    What plays rests while the start page is seen. A source that cannot be opened leads back to the
    page on which it was asked for, or to the start page if nothing else plays.
    """

    def __init__(
        self,
        player: Player,
        keeper: SettingsKeeper,
        tour: Tour,
        *,
        start: Welcome,
        instrument: Instrument,
        banner: Banner,
        menu: MainMenu,
    ) -> None:
        super().__init__()
        self._player = player
        self._keeper = keeper
        self._tour = tour
        self.playlist = Playlist()
        self._start = start
        self._instrument = instrument
        self._banner = banner
        self._menu = menu
        self._asked_from: QWidget = start
        self._refused: SourceSpec | None = None  # what the banner offers to try again
        self._rests = False  # what plays goes on when the start page is left
        self.addWidget(start)
        self.addWidget(instrument)
        player.on_opened = self._on_opened
        player.on_refused = self._on_refused
        start.return_button.clicked.connect(lambda: self.leave_start())
        banner.retry_requested.connect(self._try_again)
        menu.recent_cleared.connect(self._forget_files)
        menu.show_recent(keeper.settings.recent_files)

    def expect(self) -> None:
        """A source will be asked for at once, so the start page need not flash by before it."""
        self._show_instrument()
        self._instrument.show_snapshot(EXPECTING)

    def take_over(self, before: Stage) -> None:
        """Go on where another stage of the same player was."""
        self.playlist, self._refused, self._rests = before.playlist, before._refused, before._rests
        was_at_start = before.currentWidget() is before._start
        self._asked_from = self._start if before._asked_from is before._start else self._instrument
        if was_at_start and before._has_something:
            self._show_start()
            self._rests = before._rests
        elif not was_at_start:
            self._show_instrument()

    def open(self, spec: SourceSpec) -> None:
        """Ask for ``spec`` and show the instrument, where it appears."""
        self._banner.forget()
        self._asked_from = self.currentWidget() or self._start
        self._player.open(spec)
        self._show_instrument()

    def next_demonstration(self) -> SourceSpec:
        """The demonstration after the one that plays, or the first."""
        return self._tour.after(self._player.asked or self._player.spec)

    def toggle_start(self) -> None:
        """Show the start page, or leave it for what plays."""
        if self.currentWidget() is self._start:
            self.leave_start()
        else:
            self._leave_notice()
            self._show_start()

    def leave_start(self) -> bool:
        """Back to what plays, which goes on; false if nothing does or this is not the start."""
        if self.currentWidget() is not self._start or not self._has_something:
            return False
        self._show_instrument()
        if self._rests:
            self._player.go_on()
        return True

    def show_snapshot(self, snapshot: Snapshot) -> Snapshot:
        """Show what plays, if that page is seen; returns it under the name that is shown."""
        shown = self._titled(snapshot)
        if self.currentWidget() is self._instrument:
            self._instrument.show_snapshot(shown)
            self._continue_tour(snapshot)
        return shown

    @property
    def _has_something(self) -> bool:
        snapshot = self._player.snapshot
        return snapshot is not None and (
            snapshot.info is not None or self._player.asked is not None
        )

    def _show_instrument(self) -> None:
        self.setCurrentWidget(self._instrument)
        self._instrument.setFocus()

    def _leave_notice(self) -> None:
        """What is so no longer is not said on another page; what is still so will be, again."""
        if not self._banner.is_failure:
            self._banner.forget()

    def _show_start(self) -> None:
        self._rests = self._player.hold()
        self._instrument.transport.rest()
        snapshot = self._player.snapshot
        plays = snapshot is not None and snapshot.state not in BROKEN
        info = self._titled(snapshot).info if snapshot is not None and plays else None
        self._start.show_return(info.name if info is not None else None)
        self.setCurrentWidget(self._start)
        self._start.first_button.setFocus()

    def _try_again(self) -> None:
        snapshot = self._player.snapshot
        broken = snapshot is not None and snapshot.state in BROKEN
        spec = (self._player.spec if broken else None) or self._refused
        if spec is not None:
            self.open(spec)

    def _forget_files(self) -> None:
        self._keeper.forget_files()
        self._menu.show_recent(())

    def _on_opened(self, spec: SourceSpec) -> None:
        """Only what has opened is remembered; demonstrations are in the menu anyway."""
        touring = self._order_of(spec).has(spec)
        self._rests = False
        self._instrument.transport.touring = touring
        self._player.set_loop(self._keeper.settings.playback.loop and not touring)
        if isinstance(spec, FileSpec) and not self._tour.has(spec):
            self._keeper.remember_file(spec.path)
            self._menu.show_recent(self._keeper.settings.recent_files)

    def _on_refused(self, spec: SourceSpec) -> None:
        self._refused = spec
        nothing_plays = self._player.spec is None
        if nothing_plays or self._asked_from is self._start:
            rests = self._rests
            self._show_start()
            self._rests = rests or self._rests

    def _continue_tour(self, snapshot: Snapshot) -> None:
        """Open what follows shortly before this one ends, unless one of them cannot be."""
        player = self._player
        order = self._order_of(player.spec)
        free = player.asked is None and not order.has(player.refused)
        ending = snapshot.state not in BROKEN and order.is_ending(snapshot)
        if free and ending and order.has(player.spec):
            player.open(order.after(player.spec), follows=True)

    def _order_of(self, spec: SourceSpec | None) -> Tour:
        """In which order ``spec`` plays, if in any: as it was dropped, or as a demonstration."""
        return self.playlist if self.playlist.has(spec) else self._tour

    def _titled(self, snapshot: Snapshot) -> Snapshot:
        spec = self._player.spec
        return self._order_of(spec).titled(snapshot, spec)
