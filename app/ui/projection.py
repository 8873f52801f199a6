"""Plays a recording out of sight, slice by slice, into a film, and says how far it is."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from app.pipeline.film import Film
from app.pipeline.snapshot import Snapshot
from app.ui.composing import pixels_of
from app.ui.filmed import Filmed
from app.ui.logic.film_words import ending
from app.ui.logic.language import translate
from app.ui.logic.pipeline_port import PipelinePort
from app.ui.logic.words import BROKEN

LOOK_MS = 5
# Pictures that wait for the encoder before the next slice is asked for.
MOST_WAITING = 20
STOP_TIMEOUT_S = 2.0


class Projection(QObject):
    """``pipeline`` has not been started; a slice of its becomes a picture of the film.

    The time from ``span`` [0] to [1] is filmed, in sensor time. ``finished`` carries what became of
    it, as a sentence, and whether it failed.
    """

    finished = Signal(str, bool)

    def __init__(
        self,
        window: QWidget,
        pipeline: PipelinePort,
        film: Film,
        filmed: Filmed,
        span: tuple[int, int],
    ) -> None:
        super().__init__(window)
        self._pipeline = pipeline
        self._film = film
        self._filmed = filmed
        self._span = span
        self._sought = self._ends = False
        self._failure: str | None = None
        self._shown_us: int | None = None  # by the last picture
        self._first_us: int | None = None
        self._dialog = QProgressDialog(window)
        self._dialog.setWindowTitle(translate("window", "Film the recording"))
        self._dialog.setLabelText(translate("window", "Every slice of the recording is filmed …"))
        self._dialog.setRange(0, 100)
        self._dialog.setMinimumDuration(0)
        self._dialog.setAutoClose(False)
        self._dialog.setAutoReset(False)
        self._dialog.canceled.connect(self._close)
        self._dialog.show()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        pipeline.start()
        pipeline.pause()
        self._timer.start()

    def stop(self, timeout_s: float = STOP_TIMEOUT_S) -> bool:
        """End at once; the film is as long as it has become. False if it does not in time."""
        self._timer.stop()
        self._film.close()
        self._dialog.close()
        stopped = self._pipeline.stop(timeout_s)
        return self._film.join(timeout_s) and stopped

    def _close(self) -> None:
        """Take no more pictures; the film is as long as it has become."""
        self._ends = True
        self._film.close()

    def _look(self) -> None:
        reel = self._film.reel
        if reel.is_over:
            self._end()
        elif reel.waiting < MOST_WAITING and not self._ends:
            self._go_on(self._pipeline.take())

    def _go_on(self, snapshot: Snapshot) -> None:
        if snapshot.state in BROKEN:
            self._fail(snapshot.failure or translate("window", "the recording cannot be played"))
        elif not self._sought:
            if snapshot.info is not None and snapshot.readings:
                self._sought = True
                self._pipeline.seek(self._span[0])
            return
        self._filmed.add(snapshot)
        if self._has_arrived(snapshot):
            self._shoot(snapshot)

    def _has_arrived(self, snapshot: Snapshot) -> bool:
        """Whether the slice that was asked for has been shown and recognised."""
        t_us, recognition = snapshot.position_us, snapshot.recognition
        if snapshot.seeking_us is not None or t_us is None:
            return False
        new = self._shown_us is None or t_us > self._shown_us or snapshot.finished
        return new and recognition is not None and recognition.t_us >= t_us

    def _shoot(self, snapshot: Snapshot) -> None:
        t_us = snapshot.position_us or 0
        begin, end = self._span
        picture = self._filmed.picture(snapshot)
        self._first_us = t_us if self._first_us is None else self._first_us
        if picture is not None:
            self._film.put(pixels_of(picture), (t_us - self._first_us) // 1000)
        self._dialog.setValue(min(100 * (t_us - begin) // max(end - begin, 1), 100))
        self._shown_us = t_us
        if t_us >= end or snapshot.finished:
            self._close()
        else:
            self._pipeline.step()

    def _fail(self, sentence: str) -> None:
        self._failure = sentence
        self._close()

    def _end(self) -> None:
        reel = self._film.reel
        self.stop()
        failure = self._failure or reel.failure
        self.finished.emit(failure or ending(reel), failure is not None)
