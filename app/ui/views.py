"""What can be shown beside events, spikes and answer: rates, decisions, the whole recording."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.pipeline.snapshot import Snapshot
from app.settings import Settings
from app.ui.actions import Actions
from app.ui.calibrate_view import CalibrateView
from app.ui.file_info import FileInfo
from app.ui.film_view import FilmView
from app.ui.filters.view import FiltersView
from app.ui.history_view import HistoryView
from app.ui.instrument import Instrument
from app.ui.logic.player import Player
from app.ui.logic.saying import Say
from app.ui.looking import Looking
from app.ui.picture_view import PictureView
from app.ui.rates_view import RatesView
from app.ui.record_view import RecordView
from app.ui.seek_view import SeekView
from app.ui.space_time_view import SpaceTimeView
from app.ui.teach_view import TeachView
from app.ui.theme import Look
from app.ui.window_store import WindowStore


class Views:
    """Switched on and off in the View menu, and remembered."""

    def __init__(
        self,
        window: QWidget,
        instrument: Instrument,
        actions: Actions,
        player: Player,
        settings: Settings,
        store: WindowStore,
        say: Say,
    ) -> None:
        self.rates = RatesView(window, instrument, actions["rates"], store)
        self.history = HistoryView(window, actions, player, settings.vote, store, say)
        instrument.add_below(self.history.card)
        actions["history"].toggled.connect(lambda _: self.rates.settle())
        self.looking = Looking(window, instrument, actions, player, store)
        self.seek = SeekView(window, instrument.transport.slider, actions, player)
        self.record = RecordView(window, instrument.transport, actions, player, store, say)
        events, vote = instrument.events, settings.vote
        self.picture = PictureView(window, events, actions, vote, store, say)
        self.film = FilmView(
            window, events, actions, player, vote, store, say, lambda: self.seek.marks.span
        )
        self.space_time = SpaceTimeView(window, events, actions["space_time"], store)
        self.filters = FiltersView(
            window, actions["filters"], player, settings, store, events.pointer
        )
        self.teach = TeachView(window, actions)
        self.calibrate = CalibrateView(window, actions)
        self.calibrate.fitted.connect(self.teach.taught)
        self.file_info = FileInfo(window, actions, player, self.seek, say)

    def restore(self) -> None:
        """Show what was seen when the window was closed last."""
        self.rates.restore()
        self.looking.restore()
        self.filters.restore()

    def take_over(self, before: Views) -> None:
        """Know what other views of the same player knew."""
        self.rates.take_over(before.rates)
        self.history.take_over(before.history)
        self.looking.take_over(before.looking)
        self.seek.take_over(before.seek)
        self.teach.take_over(before.teach)
        self.calibrate.take_over(before.calibrate)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Remember what is new, and show it where somebody looks."""
        views = (
            self.rates, self.history, self.looking, self.seek, self.record, self.file_info,
            self.picture, self.film, self.space_time, self.filters, self.teach,
            self.calibrate,
        )  # fmt: skip
        for view in views:
            view.show_snapshot(snapshot)

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        views = (
            self.rates, self.history, self.looking, self.space_time, self.filters, self.calibrate,
        )  # fmt: skip
        for view in views:
            view.set_look(look)

    def stop(self, timeout_s: float) -> bool:
        """End what works for a view; false if it does not in time."""
        stopped = [self.seek.surveys.stop(timeout_s), self.film.stop(timeout_s)]
        return all(stopped)
