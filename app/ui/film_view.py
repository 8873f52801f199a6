"""Films: of what is shown from now on, and of a recording or its part from A to B."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.pipeline.film import Film, FilmError
from app.pipeline.snapshot import Snapshot
from app.settings import VoteSettings
from app.sources.contract import FileSpec
from app.ui.actions import Actions
from app.ui.composing import pixels_of
from app.ui.event_view import EventView
from app.ui.filmed import Filmed
from app.ui.logic import figures
from app.ui.logic.film_words import ending, proposed_name
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.marks import Span
from app.ui.logic.player import Player
from app.ui.logic.saying import Say
from app.ui.logic.words import BROKEN
from app.ui.projection import Projection
from app.ui.window_store import WindowStore

FILM_FILTER = QT_TRANSLATE_NOOP("window", "MP4 film (*.mp4);;GIF film (*.gif)")
STOP = QT_TRANSLATE_NOOP("window", "Stop &filming")


class FilmView(QObject):
    """``say`` tells how a film ended; ``span`` is what the marks A and B mark, if anything."""

    def __init__(
        self,
        window: QWidget,
        events: EventView,
        actions: Actions,
        player: Player,
        vote: VoteSettings,
        store: WindowStore,
        say: Say,
        span: Callable[[], Span | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._events = events
        self._actions = actions
        self._player = player
        self._vote = vote
        self._store = store
        self._say = say
        self._span = span
        self._start = actions["film"].text()
        self._film: Film | None = None
        self._filmed: Filmed | None = None
        self._size: tuple[int, ...] | None = None
        self._clock = QElapsedTimer()
        self.projection: Projection | None = None
        actions.connect("film", self._toggle)
        actions.connect("film_recording", self._ask_for_recording)

    @property
    def runs(self) -> bool:
        """Whether what is shown is filmed."""
        return self._filmed is not None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Film what has come, and tell when a film is complete."""
        runs = self.runs
        shows = snapshot.counts is not None and snapshot.state not in BROKEN
        self._actions["film"].setEnabled(shows or runs)
        self._actions["film"].setChecked(runs)
        self._actions["film"].setText(translate("window", STOP) if runs else self._start)
        can = isinstance(self._player.spec, FileSpec) and self._player.project is not None
        self._actions["film_recording"].setEnabled(
            can and self._player.is_seekable and self.projection is None
        )
        if self._filmed is not None:
            self._shoot(self._filmed, snapshot)
        elif self._film is not None and self._film.reel.is_over:
            self._tell_end(self._film)

    def stop(self, timeout_s: float) -> bool:
        """End what is being filmed, whole; false if that takes longer."""
        self._filmed = None
        stopped = self.projection is None or self.projection.stop(timeout_s)
        if self._film is None:
            return stopped
        self._film.close()
        return self._film.join(timeout_s) and stopped

    # What is shown

    def _toggle(self) -> None:
        if self.runs:
            self._end()
            return
        self._actions["film"].setChecked(False)  # until it really runs
        path = self._ask_where(translate("window", "Film what is shown"))
        if path is not None:
            self.film(path)

    def film(self, path: Path) -> None:
        """Film into ``path`` from now on; ``say`` tells why if that cannot be."""
        try:
            self._film = Film(path)
        except FilmError as error:
            self._say(str(error), True)
            return
        events = self._events
        self._filmed = Filmed(events.display, events.look, self._vote, events.canvas.viewport)
        self._size = None
        self._clock.start()

    def _shoot(self, filmed: Filmed, snapshot: Snapshot) -> None:
        film = self._film
        filmed.add(snapshot)
        picture = filmed.picture(snapshot)
        if film is None or film.reel.is_over:
            self._end()
        elif picture is not None:
            pixels = pixels_of(picture)
            if pixels.shape != (self._size or pixels.shape):
                self._end()  # another sensor
                return
            self._size = pixels.shape
            film.put(pixels, self._clock.elapsed())
            badge = translate("window", "filming {0}")
            badge = badge.format(figures.clock(1000 * self._clock.elapsed()))
            self._events.canvas.show_badge(f"● {badge}")

    def _end(self) -> None:
        self._filmed = None
        self._events.canvas.show_badge("")
        if self._film is not None:
            self._film.close()

    def _tell_end(self, film: Film) -> None:
        self._film = None
        self._say(ending(film.reel), film.reel.failure is not None)

    # A recording

    def _ask_for_recording(self) -> None:
        path = self._ask_where(translate("window", "Film the recording"))
        if path is not None:
            self.film_recording(path)

    def film_recording(self, path: Path) -> None:
        """Play the recording, or A to B, once more, out of sight, and film every slice of it."""
        spec, info = self._player.spec, self._player.snapshot and self._player.snapshot.info
        if self._player.project is None or spec is None or not info:
            return
        events = self._events
        filmed = Filmed(events.display, events.look, self._vote, events.canvas.viewport)
        begin, end = self._span() or (0, info.duration_us or 0)
        start_us = info.start_us or 0
        try:
            film = Film(path)
        except FilmError as error:
            self._say(str(error), True)
            return
        self.projection = Projection(
            self._window, self._player.project(spec), film, filmed,
            (start_us + begin, start_us + end),
        )  # fmt: skip
        self.projection.finished.connect(self._tell_projected)

    def _tell_projected(self, sentence: str, failure: bool) -> None:
        self.projection = None
        self._say(sentence, failure)

    def _ask_where(self, title: str) -> Path | None:
        snapshot = self._player.snapshot
        source = snapshot.info.name if snapshot is not None and snapshot.info is not None else ""
        proposed = Path(self._store.folder) / proposed_name(source, datetime.now(), ".mp4")
        path, kind = QFileDialog.getSaveFileName(
            self._window, title, str(proposed), translate("window", FILM_FILTER)
        )
        if not path:
            return None
        target = Path(path)
        self._store.folder = str(target.parent)
        suffix = ".gif" if kind.startswith("GIF") else ".mp4"
        return target if target.suffix else Path(path + suffix)
