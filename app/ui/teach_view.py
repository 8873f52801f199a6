"""Teaches a gesture in the window: countdown, ten seconds, learning, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.pipeline.lesson import Lesson
from app.pipeline.snapshot import PipelineState, Snapshot
from app.ui.actions import Actions
from app.ui.bringing_up import bring_up
from app.ui.logic import figures
from app.ui.logic.heard import heard
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.teaching import (
    Learnt,
    Showing,
    forget,
    known_classes,
    learn,
    learn_way,
    rename,
    taught_in,
    taught_path,
    to_be_taught,
)
from app.ui.logic.words import readable
from app.ui.teach_dialog import TeachDialog, called
from models.spec import ModelError, ModelSpec

SYSTEM = "conv_lif"
COUNTDOWN_S = 3
READY = QT_TRANSLATE_NOOP("window", "Ready when something plays.")
NEEDS = QT_TRANSLATE_NOOP("window", "Only a network of the default system can be taught.")
CAN = QT_TRANSLATE_NOOP("window", "Ready.")
BEGIN = QT_TRANSLATE_NOOP("window", "Begin in {0} …")
SHOWING = QT_TRANSLATE_NOOP("window", "Now: make the gesture again and again.")
WAITS = QT_TRANSLATE_NOOP("window", "Nothing plays; it goes on as soon as something does.")
LEARNING = QT_TRANSLATE_NOOP("window", "Learning …")
LEARNT = QT_TRANSLATE_NOOP(
    "window",
    "“{0}” is learnt: in the last three seconds, which were not learnt from, it won {1} of the "
    "ticks that had a winner.",
)
FORGOTTEN = QT_TRANSLATE_NOOP("window", "“{0}” is forgotten.")
RENAMED = QT_TRANSLATE_NOOP("window", "“{0}” is now called “{1}”.")
FITTED = QT_TRANSLATE_NOOP(
    "window",
    "Your way of “{0}” is learnt: in the last three seconds, which were not learnt from, it won "
    "{1} of the ticks that had a winner, {2} before.",
)


class TeachView(QObject):
    """``taught`` is the file of a network that has learnt or forgotten something."""

    taught = Signal(object)

    def __init__(self, window: QWidget, actions: Actions) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: TeachDialog | None = None
        self._base: Path | None = None
        self._seen: ModelSpec | None = None
        self._spec: ModelSpec | None = None
        self._name = ""
        self._way = False
        self._begins_s: float | None = None
        self._showing: Showing | None = None
        self._lesson: Lesson[Learnt] | None = None
        actions.connect("teach", self.open)

    @property
    def is_open(self) -> bool:
        return self.dialog is not None and self.dialog.isVisible()

    def open(self) -> None:
        """Show the dialog beside the window, which goes on."""
        dialog = self._made_dialog()
        self._seen = None  # another window may have taught it something
        bring_up(dialog)
        dialog.name.setFocus()

    def take_over(self, before: TeachView) -> None:
        """Go on with what is being shown to another view, or learnt there."""
        if before.dialog is None:
            return
        self._made_dialog().name.setText(before.dialog.name.text())
        self._name, self._way, self._lesson = before._name, before._way, before._lesson
        self._showing, self._begins_s = before._showing, before._begins_s
        if self._lesson is not None:
            self._made_dialog().say(translate("window", LEARNING))

    def _made_dialog(self) -> TeachDialog:
        if self.dialog is None:
            self.dialog = TeachDialog(self._window)
            self.dialog.show_asked.connect(self._begin)
            self.dialog.way_asked.connect(lambda name: self._start(name, way=True))
            self.dialog.stop_asked.connect(self._stop)
            self.dialog.forget_asked.connect(self._forget)
            self.dialog.rename_asked.connect(self._rename)
            self.dialog.finished.connect(self._stop)
            self.dialog.say(translate("window", READY))
        return self.dialog

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Go on with what is being taught."""
        if self.dialog is None or not (self.dialog.isVisible() or self._lesson):
            return
        reading = snapshot.reading
        fits = reading is not None and reading.spec.system == SYSTEM
        if reading is None:
            self._base = self._spec = self._seen = None
        elif (self._base, self._seen) != (reading.system.path, reading.spec):
            self._base, self._seen = reading.system.path, reading.spec
            self._spec = to_be_taught(self._base, reading.spec) if fits else reading.spec
        if self._showing is not None and reading is not None and not fits:
            self._stop()
        elif self._showing is not None:
            self._collect(snapshot)
        if self._lesson is not None:
            self._follow(self.dialog, self._lesson)
        elif self._showing is None:
            self.dialog.say(waiting(self.dialog.verdict.text(), snapshot))
        showing, learning = self._showing is not None, self._lesson is not None
        self.dialog.set_state(ready=fits and plays(snapshot), showing=showing, learning=learning)
        if reading is not None and self._spec is not None:
            self.dialog.show_taught(self._spec.taught)
            self.dialog.show_known(known_classes(reading.spec) if fits else ())

    def _begin(self, name: str) -> None:
        from models.teaching.taught import check_teachable  # with it comes what compiles

        try:
            if self._spec is not None:
                check_teachable(self._spec, name)
        except ModelError as error:
            if self.dialog is not None:
                self.dialog.say(heard(str(error)))
            return
        self._start(name, way=False)

    def _start(self, name: str, *, way: bool) -> None:
        self._name, self._way, self._showing = name, way, Showing()
        self._begins_s = time.monotonic() + COUNTDOWN_S
        if self.dialog is not None:
            self.dialog.show_share(0.0)

    def _stop(self) -> None:
        self._showing = None
        if self._lesson is None and self.dialog is not None:
            self.dialog.show_share(0.0)
            self.dialog.say(translate("window", READY))

    def _collect(self, snapshot: Snapshot) -> None:
        """Count down, then take what the network fires, then let it be learnt."""
        dialog, showing, reading = self.dialog, self._showing, snapshot.reading
        if dialog is None or showing is None or reading is None or self._begins_s is None:
            return
        if not plays(snapshot):
            dialog.say(translate("window", WAITS))
            return
        left_s = self._begins_s - time.monotonic()
        if left_s > 0:
            dialog.say(translate("window", BEGIN).format(int(left_s) + 1))
            return
        showing.add(reading.raster)
        dialog.say(translate("window", SHOWING))
        dialog.show_share(showing.share)
        if showing.share >= 1.0:
            self._showing = None
            base, hidden = reading.system.path, showing.hidden
            self._lesson = Lesson(
                partial(learn_way if self._way else learn, base, self._name, hidden)
            )
            dialog.say(translate("window", LEARNING))

    def _follow(self, dialog: TeachDialog, lesson: Lesson[Learnt]) -> None:
        dialog.show_share(lesson.share)
        if not lesson.is_over:
            return
        self._lesson = self._seen = None  # what was taught is looked at anew
        if lesson.result is None:
            dialog.say(heard(lesson.failure or ""))
            return
        learnt = lesson.result
        dialog.say(in_words(learnt))
        self.taught.emit(learnt.path)

    def _forget(self, name: str) -> None:
        self._change(name, lambda path: forget(path, name), translate("window", FORGOTTEN))

    def _rename(self, before: str, after: str) -> None:
        words = translate("window", RENAMED)
        self._change(before, lambda path: rename(path, before, after), words, after)

    def _change(self, name: str, change: Callable[[Path], None], words: str, *others: str) -> None:
        """Forget or rename, in the taught network that is at work, and say so in ``words``."""
        if self._base is None or self.dialog is None:
            return
        path = taught_path(self._base)
        if name not in taught_in(path):
            return
        self._seen = None
        try:
            change(path)
        except (ModelError, OSError) as error:
            self.dialog.say(heard(str(error)))
        else:
            self.dialog.show_share(0.0)
            self.dialog.say(words.format(*map(called, (name, *others))))
            self.taught.emit(path)


def plays(snapshot: Snapshot) -> bool:
    """Whether anything comes that could be learnt from."""
    return snapshot.state is PipelineState.PLAYING


def waiting(said: str, snapshot: Snapshot) -> str:
    """What is said while nothing is shown or learnt: whether it can begin, or what was said of the
    last one."""
    reading = snapshot.reading
    ready, can, needs = (translate("window", words) for words in (READY, CAN, NEEDS))
    if reading is not None and reading.spec.system != SYSTEM:
        return needs
    if said not in (ready, can, needs):
        return said
    return can if reading is not None and plays(snapshot) else ready


def in_words(learnt: Learnt) -> str:
    """How well it is told apart."""
    if learnt.before is None:
        return translate("window", LEARNT).format(learnt.name, figures.share(learnt.share))
    return translate("window", FITTED).format(
        readable(learnt.name), figures.share(learnt.share), figures.share(learnt.before)
    )
