"""The booth's window: one timer looks at the source, directs the show and tells of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.booth.messages import Beat, Message, Note, Welcome
from app.booth.pin_gate import PinGate
from app.booth.scene import Feed, Moment, Scene, Stage
from app.pipeline.showreel import Showreel
from app.settings import Settings
from app.ui.kiosk.beats import Beats
from app.ui.kiosk.cursor import Cursor
from app.ui.kiosk.foremost import Foremost
from app.ui.kiosk.inhibitor import Inhibitor
from app.ui.kiosk.live import Live
from app.ui.kiosk.lockdown import Lockdown
from app.ui.kiosk.moments import Moments
from app.ui.kiosk.pages import KioskPages
from app.ui.kiosk.pin_page import PinPage
from app.ui.kiosk.toast import Toast
from app.ui.theme import DARK

log = logging.getLogger(__name__)

STOP_TIMEOUT_S = 2.0
LEFT_BY_PIN, SUPERVISOR_GONE = 0, 3
# Where nobody minds if the kiosk is started afresh.
UNDISTURBED = (Stage.ATTRACT, Stage.LOST)


class DirectorPort(Protocol):
    """Who decides what is shown."""

    def look(self, moment: Moment) -> Scene: ...

    def press(self, now_s: float) -> None: ...

    def drain(self) -> list[Message]: ...


class KioskWindow(QWidget):
    """``ended`` carries an exit code: 0 when staff left, another when it could not go on.

    ``tr`` texts are for staff; all a visitor reads is in ``pages``.
    """

    ended = Signal(int)

    def __init__(
        self,
        settings: Settings,
        live: Live,
        make_director: Callable[[int | None], DirectorPort],
        pages: KioskPages,
        showreel: Showreel,
        gate: PinGate,
        beats: Beats | None = None,
        notes: Sequence[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.stopped_in_time = True
        self._settings = settings.kiosk
        self._live, self._pages = live, pages
        self._make_director = make_director
        self._director: DirectorPort | None = None
        self._best_today: int | None = None
        self._showreel, self._gate, self._beats = showreel, gate, beats
        self._notes = notes
        self._clock = clock
        self._moments = Moments(settings.vote)
        self._has_ended = False
        self._inhibitor: Inhibitor | None = None
        self._cursor: Cursor | None = None
        self.setWindowTitle("Spikehand")
        self.pin_page = PinPage(gate)
        self._lay_out()
        self.lockdown = Lockdown(self, self.pin_page, clock)
        self.foremost = Foremost(self, self._settings.monitor)
        self._connect()
        self._timer = QTimer(self, interval=round(1000 / settings.display.rate_hz))
        self._timer.timeout.connect(self.refresh)

    def begin(self) -> None:
        """Take the screen and show what there is; the source opens a moment later."""
        self.lockdown.begin()
        self.foremost.begin()
        self._cursor = Cursor(self._settings.cursor_s, self)
        if self._settings.inhibit_screensaver:
            self._inhibitor = Inhibitor(self)
        self._timer.start()
        self._say_what_staff_should_know()

    def refresh(self) -> None:
        """Look at the source, show the scene of the moment, and tell that this went well."""
        now_s = self._clock()
        if self._director is None:
            # Not before the window is seen, as importing torch holds up painting.
            self._live.start()
            self._director = self._make_director(self._best_today)
        snapshot = self._live.take()
        feed = self._live.feed
        scene = self._director.look(self._moments.of(snapshot, feed, now_s))
        self._pages.show_scene(scene, snapshot if feed is Feed.EVENTS else None)
        if self._live.decisions or self._live.waiting == "source":
            self._showreel.start()  # what recognises comes first
        self._report(self._director.drain(), scene.stage not in UNDISTURBED, now_s)

    def say(self, sentence: str) -> None:
        """Tell staff something: on the screen for some seconds, and to the supervisor."""
        self._toast.say(sentence)
        self.note(sentence)

    def note(self, sentence: str) -> None:
        """Put a sentence into the log of the booth."""
        if self._beats is not None:
            self._beats.send(Note(sentence))
        else:
            log.info("%s", sentence)

    def end(self, code: int) -> None:
        """Give back screen, keyboard and source; may be called again."""
        if self._has_ended:
            return
        self._has_ended = True
        self._timer.stop()
        self.lockdown.end()
        self.foremost.end()
        for part in (self._cursor, self._inhibitor):
            if part is not None:
                part.release()
        self.hide()
        stopped = [self._live.stop(STOP_TIMEOUT_S), self._showreel.stop()]
        self.stopped_in_time = all(stopped)
        self.ended.emit(code)

    def _report(self, news: list[Message], playing: bool, now_s: float) -> None:
        if self._beats is None:
            return
        for message in news:
            self._beats.send(message)
        live = self._live
        counts = live.attempts, live.dropped, live.named
        self._beats.beat(Beat(live.decisions, live.waiting, *counts, playing), now_s)

    def _tap(self) -> None:
        if self._director is not None:
            self._director.press(self._clock())

    def _take_welcome(self, welcome: Welcome) -> None:
        self._best_today = welcome.best_today

    def _lay_out(self) -> None:
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._pages)
        self._stack.addWidget(self.pin_page)
        self._toast = Toast(self)

    def _connect(self) -> None:
        self.lockdown.tapped.connect(self._tap)
        self.lockdown.leave_asked.connect(self._ask_for_pin)
        self.pin_page.closed.connect(lambda: self._stack.setCurrentWidget(self._pages))
        self.pin_page.left.connect(lambda: self.end(LEFT_BY_PIN))
        if self._beats is not None:
            self._beats.welcomed.connect(self._take_welcome)
            self._beats.ended.connect(lambda: self.end(SUPERVISOR_GONE))

    def _ask_for_pin(self) -> None:
        if self._gate.is_open:
            self.end(LEFT_BY_PIN)
        else:
            self._stack.setCurrentWidget(self.pin_page)

    def _say_what_staff_should_know(self) -> None:
        for note in self._notes:
            self.say(note)
        if self._gate.is_open:
            self.say(self.tr("No PIN is set: Ctrl+Shift+K alone leaves the booth."))
        elif self._gate.is_stuck:
            self.say(self.tr("The PIN in the settings is damaged: set it anew, none can be right."))
        if not self.foremost.knows_monitor:
            self.note(f"there is no monitor {self._settings.monitor!r}; it plays on the first")

    # Qt's own methods

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody closes the booth from outside."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(DARK.window))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._toast.place()
