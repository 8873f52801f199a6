"""Fits the program to a place: known gestures shown there in turn, learnt, then kept or not."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.pipeline.lesson import Lesson
from app.pipeline.snapshot import Reading, Snapshot
from app.ui.actions import Actions
from app.ui.bringing_up import bring_up
from app.ui.calibrate_dialog import CalibrateDialog
from app.ui.logic import figures
from app.ui.logic.heard import heard
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.teaching import Fitted, Showing, Told, fit, known_classes
from app.ui.logic.verdict import NO_GESTURE
from app.ui.logic.words import readable
from app.ui.teach_view import LEARNING, READY, SYSTEM, WAITS, plays, waiting
from app.ui.theme import DARK, Look

EACH_US = 6_000_000
COUNTDOWN_S = 3
PREPARE = QT_TRANSLATE_NOOP("window", "Next: {0}, in {1} …")
MAKE = QT_TRANSLATE_NOOP("window", "Now: {0}, again and again.")
TOLD = QT_TRANSLATE_NOOP("window", "{0}: {1} right in what was not learnt from, {2} before.")
KEPT = QT_TRANSLATE_NOOP("window", "Kept. It can be forgotten where gestures are taught.")
DISCARDED = QT_TRANSLATE_NOOP("window", "Discarded; everything is as it was.")


class CalibrateView(QObject):
    """``fitted`` is the file of a network that was fitted and is to be kept."""

    fitted = Signal(object)

    def __init__(self, window: QWidget, actions: Actions) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: CalibrateDialog | None = None
        self._look = DARK
        self._asked: tuple[str, ...] = ()
        self._shown: list[Showing] = []
        self._begins_s = 0.0
        self._lesson: Lesson[Fitted] | None = None
        self._fitted: Fitted | None = None
        actions.connect("calibrate", self.open)

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        if self.dialog is not None:
            self.dialog.set_look(look)

    @property
    def is_open(self) -> bool:
        return self.dialog is not None and self.dialog.isVisible()

    def open(self) -> None:
        """Show the dialog beside the window, which goes on."""
        bring_up(self._made_dialog())

    def take_over(self, before: CalibrateView) -> None:
        """Go on with what is being shown to another view, learnt there, or to be kept."""
        if before.dialog is None:
            return
        dialog = self._made_dialog()
        self._asked, self._shown, self._begins_s = before._asked, before._shown, before._begins_s
        self._lesson, self._fitted = before._lesson, before._fitted
        if self._lesson is not None:
            dialog.say(translate("window", LEARNING))
        elif self._fitted is not None:
            self._offer(dialog, self._fitted)

    def _made_dialog(self) -> CalibrateDialog:
        if self.dialog is None:
            self.dialog = CalibrateDialog(self._window)
            self.dialog.set_look(self._look)
            self.dialog.begin_asked.connect(self._begin)
            self.dialog.stop_asked.connect(self._stop)
            self.dialog.finished.connect(self._stop)
            self.dialog.keep_asked.connect(self._keep)
            self.dialog.discard_asked.connect(self._discard)
            self.dialog.say(translate("window", READY))
        return self.dialog

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Go on with what is being shown or learnt."""
        dialog, reading = self.dialog, snapshot.reading
        if dialog is None or not (dialog.isVisible() or self._lesson):
            return
        fits = reading is not None and reading.spec.system == SYSTEM
        if reading is not None and fits:
            dialog.offer(known_classes(reading.spec))
            if self._shown:
                self._collect(dialog, reading, plays=plays(snapshot))
        elif self._shown and reading is not None:
            self._stop()
        if self._lesson is not None:
            self._follow(dialog, self._lesson)
        elif not self._shown and self._fitted is None:
            dialog.say(waiting(dialog.said.text(), snapshot))
        showing, learning = bool(self._shown), self._lesson is not None
        dialog.set_state(ready=fits and plays(snapshot), showing=showing, learning=learning)

    def _begin(self, classes: tuple[str, ...]) -> None:
        self._asked, self._shown = classes, []
        self._next()

    def _next(self) -> None:
        self._shown.append(Showing(EACH_US))
        self._begins_s = time.monotonic() + COUNTDOWN_S

    def _stop(self) -> None:
        self._shown = []
        if self.dialog is None or self._lesson is not None or self._fitted is not None:
            return
        self.dialog.picture.show_class(NO_GESTURE)
        self.dialog.show_share(0.0)
        self.dialog.say(translate("window", READY))

    def _collect(self, dialog: CalibrateDialog, reading: Reading, *, plays: bool) -> None:
        """Count down for a gesture, take what the network fires at it; learn after the last one."""
        showing, class_id = self._shown[-1], self._asked[len(self._shown) - 1]
        dialog.picture.show_class(class_id)
        if not plays:
            dialog.say(translate("window", WAITS))
            return
        left_s = self._begins_s - time.monotonic()
        if left_s > 0:
            prepare = translate("window", PREPARE)
            dialog.say(prepare.format(readable(class_id), int(left_s) + 1))
            return
        showing.add(reading.raster)
        dialog.say(translate("window", MAKE).format(readable(class_id)))
        dialog.show_share((len(self._shown) - 1 + showing.share) / len(self._asked))
        if showing.share < 1.0:
            return
        if len(self._shown) < len(self._asked):
            self._next()
            return
        shown = {name: each.hidden for name, each in zip(self._asked, self._shown, strict=True)}
        self._shown = []
        self._lesson = Lesson(partial(fit, reading.system.path, shown))
        dialog.picture.show_class(NO_GESTURE)
        dialog.say(translate("window", LEARNING))

    def _follow(self, dialog: CalibrateDialog, lesson: Lesson[Fitted]) -> None:
        dialog.show_share(lesson.share)
        if not lesson.is_over:
            return
        self._lesson, self._fitted = None, lesson.result
        if lesson.result is None:
            dialog.say(heard(lesson.failure or ""))
            return
        self._offer(dialog, lesson.result)

    def _offer(self, dialog: CalibrateDialog, fitted: Fitted) -> None:
        dialog.say("\n".join(map(in_words, fitted.told)))
        dialog.offer_keeping(True)

    def _keep(self) -> None:
        fitted = self._fitted
        if fitted is None or self.dialog is None:
            return
        try:
            fitted.keep()
        except OSError as error:
            self.dialog.say(heard(str(error)))
            return
        self._end(KEPT)
        self.fitted.emit(fitted.path)

    def _discard(self) -> None:
        self._end(DISCARDED)

    def _end(self, words: str) -> None:
        self._fitted = None
        if self.dialog is not None:
            self.dialog.show_share(0.0)
            self.dialog.say(translate("window", words))
            self.dialog.offer_keeping(False)


def in_words(told: Told) -> str:
    """How well a gesture is told after the lesson, and before."""
    words = translate("window", TOLD)
    return words.format(readable(told.name), figures.share(told.after), figures.share(told.before))
