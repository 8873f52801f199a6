"""Every state of the booth as a visitor may meet it, with real events of bundled recordings."""

from __future__ import annotations

import numpy as np

from app.booth.scene import Scene, Stage
from app.pipeline.showreel import Performance, ReelFrame, Showreel
from app.pipeline.snapshot import Snapshot
from app.sources.bundled import bundled_recordings, gesture_of
from tests.ui.fakes import chunk, recognition, snapshot

SCENES = {
    "attract": Scene(Stage.ATTRACT, "right_hand_wave", elapsed_s=3),
    "watch": Scene(Stage.ATTRACT, "left_arm_counter_clockwise", elapsed_s=3),
    "live": Scene(Stage.LIVE, "right_arm_counter_clockwise", nearness=0.55, elapsed_s=6),
    "undecided": Scene(Stage.LIVE, elapsed_s=2),
    "asked": Scene(
        Stage.ASKED, "left_arm_clockwise", nearness=0.7, elapsed_s=4, left_s=6, number=3, asked=5,
        hits=2, points=174,
    ),
    "hit": Scene(
        Stage.HIT, "left_arm_clockwise", elapsed_s=0.9, left_s=0.9, after_s=4.2, number=3, asked=5,
        hits=3, points=236,
    ),
    "missed": Scene(
        Stage.MISSED, "air_guitar", elapsed_s=1, left_s=0.8, number=4, asked=5, hits=3, points=236
    ),
    "score": Scene(
        Stage.SCORE, elapsed_s=1.5, left_s=6, number=5, asked=5, hits=4, points=318, best_today=412
    ),
    "best": Scene(
        Stage.SCORE, elapsed_s=1.2, left_s=6, number=5, asked=5, hits=5, points=447,
        best_today=447, is_best=True,
    ),
    "lost": Scene(Stage.LOST, elapsed_s=3),
}  # fmt: skip
UNSEEN = ("watch", "lost")
# What is seen begins here in a recording, and goes on by steps.
SEEN_US, STEP_US = 500_000, 33_000


class Steps:
    """A reel that goes on by one step whenever it is asked."""

    def __init__(self, recordings: dict[str, Performance]) -> None:
        self._recordings = recordings
        self._playing: str | None = None
        self._step = 0

    def frame(self, now_s: float, gesture: str | None = None) -> ReelFrame | None:
        performance = self._recordings.get(gesture or "")
        if performance is None:
            return None
        restarted = gesture != self._playing
        self._playing, self._step = gesture, 0 if restarted else self._step + 1
        return ReelFrame(gesture or "", step_of(performance, self._step), 0.4, restarted)


def recordings() -> dict[str, Performance]:
    """The bundled recordings by gesture."""
    reel = Showreel()
    found = ((gesture_of(spec), reel._read(spec)) for spec in bundled_recordings())
    return {gesture: performance for gesture, performance in found if performance is not None}


def step_of(performance: Performance, step: int) -> np.ndarray:
    """(2, H, W) events of one step."""
    return performance.counts(SEEN_US + step * STEP_US, SEEN_US + (step + 1) * STEP_US)


def seen(performance: Performance | None, gesture: str | None, step: int = 0) -> Snapshot:
    """What the pipeline shows of somebody who does a gesture."""
    random = np.random.default_rng(7)
    ticks = STEP_US // 1000
    active = random.random(192) < 0.2  # about as many neurons as a gesture excites
    hidden = (active & (random.random((ticks, 192)) < 0.05)).astype(np.uint8)
    output = (random.random((ticks, 11)) < 0.1).astype(np.uint8)
    counts = np.zeros((2, 6, 8), np.uint16)
    if performance is not None:
        counts = step_of(performance, step)
    said = None if gesture is None else recognition(gesture, **{gesture: 46, "hand_clapping": 3})
    return snapshot(
        counts=counts, recognition=said, raster=(chunk(step * STEP_US, output, hidden),),
        position_us=(step + 1) * STEP_US, restarted=step == 0,
    )  # fmt: skip
