"""What a visitor sees: one page for each stage of the play, drawn from what it is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.booth.scene import Scene, Stage
from app.pipeline.showreel import ReelFrame
from app.pipeline.snapshot import Snapshot
from app.recognition.decision import Recognition
from app.settings import KioskSettings
from app.ui.kiosk.attract_page import draw_attract
from app.ui.kiosk.easel import GROUND, Easel, Said, View
from app.ui.kiosk.end_pages import draw_lost, draw_score
from app.ui.kiosk.live_page import draw_live
from app.ui.kiosk.round_pages import draw_asked, draw_hit, draw_missed
from app.ui.kiosk.sight import Sight
from app.ui.kiosk.spike_dots import SpikeDots
from app.ui.kiosk.translations import Translations, install
from app.ui.running import application
from app.ui.theme import DARK

PAGES: dict[Stage, Callable[[Easel, View], None]] = {
    Stage.ATTRACT: draw_attract,
    Stage.LIVE: draw_live,
    Stage.ASKED: draw_asked,
    Stage.HIT: draw_hit,
    Stage.MISSED: draw_missed,
    Stage.SCORE: draw_score,
    Stage.LOST: draw_lost,
}
# An invitation that never changes, as there is but one gesture, is spoken anew after this.
INVITED_S = 12.0
FADE_S, VEIL = 0.25, 0.85


class Reel(Protocol):
    """Performances to be looked at."""

    def frame(self, now_s: float, gesture: str | None = None) -> ReelFrame | None: ...


def vote_share(recognition: Recognition | None) -> float | None:
    """The part of all votes in the window that the decision has, none without a decision."""
    if recognition is None or recognition.gesture is None:
        return None
    return float(recognition.votes[recognition.gesture] / recognition.votes.sum())


class KioskPages(QWidget):
    """Draws the scene that ``show_scene`` was given last; ``said`` is the text that is seen."""

    def __init__(
        self,
        settings: KioskSettings,
        reel: Reel,
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._reel, self._clock = reel, clock
        self._mirrored = settings.mirror
        self._translations: Translations = install(application(), settings.language)
        self._scene = Scene(Stage.ATTRACT)
        self._snapshot: Snapshot | None = None
        self._live, self._performance, self._dots = Sight(), Sight(), SpikeDots()
        self._invited_s = self._now_s = clock()
        self._performs: str | None = None
        self.said: list[Said] = []

    def show_scene(self, scene: Scene, snapshot: Snapshot | None) -> None:
        """Show ``scene``; without a snapshot there is no camera to be seen by."""
        self._now_s = self._clock()
        self._choose_language(scene)
        self._scene, self._snapshot = scene, snapshot
        self._look_at(snapshot)
        if scene.stage is Stage.ATTRACT:
            self._look_at_performance(scene.gesture)
        self.update()

    def set_mirror(self, mirrored: bool) -> None:
        """Show figure and events as a mirror would, or as a camera does."""
        self._mirrored = mirrored
        self.update()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.update()

    def _choose_language(self, scene: Scene) -> None:
        """Languages alternate from invitation to invitation; a visitor keeps the one he had."""
        if scene.stage is not Stage.ATTRACT:
            return
        before = self._scene
        is_same = before.stage is Stage.ATTRACT and before.gesture == scene.gesture
        if is_same and self._now_s - self._invited_s < INVITED_S:
            return
        self._invited_s = self._now_s
        self._translations.alternate()

    def _look_at(self, snapshot: Snapshot | None) -> None:
        if snapshot is None or snapshot.counts is None:
            self._live.clear()
            self._dots.clear()
            return
        self._live.see(snapshot.counts, snapshot.position_us, snapshot.restarted)
        if snapshot.reading is not None:
            self._dots.add(snapshot.reading)

    def _look_at_performance(self, gesture: str | None) -> None:
        frame = self._reel.frame(self._now_s, gesture)
        if frame is None:
            self._performs = gesture
            self._performance.clear()
            return
        self._performs = frame.gesture  # another one, while that recording is still being read
        self._performance.see(frame.counts, round(self._now_s * 1e6), frame.restarted)

    def _view(self) -> View:
        scene, snapshot = self._scene, self._snapshot
        recognition = snapshot.recognition if snapshot is not None else None
        sight = self._performance if scene.stage is Stage.ATTRACT else self._live
        if scene.stage is Stage.ATTRACT:
            scene = replace(scene, gesture=self._performs)
        return View(
            scene, self._now_s, self._mirrored,
            has_camera=snapshot is not None,
            share=vote_share(recognition),
            picture=sight.image(self._mirrored),
            dots=self._dots_image,
        )  # fmt: skip

    def _dots_image(self, width: float, height: float) -> QImage | None:
        return self._dots.image(width, height, DARK.accent)

    def _fade_in(self, painter: QPainter) -> None:
        """A stage comes softly, and is seen from the first moment."""
        part = 1 - self._scene.elapsed_s / FADE_S
        if part > 0 and self._scene.stage is not Stage.HIT:  # which is to surprise
            veil = QColor(GROUND)
            veil.setAlphaF(VEIL * part)
            painter.fillRect(self.rect(), veil)

    # Qt's own methods

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(GROUND))
        easel = Easel(painter, QRectF(self.rect()), self._mirrored)
        PAGES[self._scene.stage](easel, self._view())
        self._fade_in(painter)
        painter.end()
        self.said = easel.said
