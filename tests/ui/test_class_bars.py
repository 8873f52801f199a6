from __future__ import annotations

import numpy as np
import pytest

from app.pipeline.snapshot import PipelineState
from app.ui.class_bars import ClassBars, vote_shares
from app.ui.theme import DARK
from models.data.gestures import CLASSES
from tests.ui.fakes import recognition, snapshot


@pytest.fixture
def bars(qtbot) -> ClassBars:
    made = ClassBars(min_share=0.6)
    qtbot.addWidget(made)
    made.set_look(DARK)
    made.resize(400, 300)
    made.show()
    return made


def test_shares_are_parts_of_the_winners(bars: ClassBars) -> None:
    shown = snapshot(recognition=recognition("arm_roll", arm_roll=60, air_drums=15, air_guitar=5))
    bars.show_snapshot(shown)
    expected = np.zeros(11)
    expected[[7, 8, 9]] = 0.75, 0.1875, 0.0625
    assert bars.canvas.shares.tolist() == expected.tolist()
    assert bars.canvas.gesture == 7
    assert bars.canvas.names[7] == "Arm roll"
    assert bars.canvas.figures[7:] == ("75 %", "19 %", "6 %", "")
    assert bars.detail.text() == "60 % decides"


def test_silence_has_no_shares() -> None:
    assert vote_shares(snapshot(recognition=recognition(None))).tolist() == [0.0] * 11
    assert vote_shares(snapshot()).shape == (len(CLASSES),)


def test_a_failed_source_shows_no_stale_votes(bars: ClassBars) -> None:
    stale = recognition("arm_roll", arm_roll=80)
    bars.show_snapshot(snapshot(recognition=stale))
    bars.show_snapshot(snapshot(recognition=stale, state=PipelineState.FAILED))
    assert not bars.canvas.shares.any()
    assert bars.canvas.gesture is None


def painted(bars: ClassBars) -> np.ndarray:
    image = bars.canvas.grab().toImage()
    return np.array(
        [
            [image.pixelColor(x, y).name() == DARK.accent for x in range(image.width())]
            for y in range(0, image.height(), 3)
        ]
    )


def test_the_winners_bar_is_as_long_as_its_share(bars: ClassBars) -> None:
    bars.show_snapshot(snapshot(recognition=recognition("arm_roll", arm_roll=80)))
    whole = painted(bars).any(axis=0).sum()
    bars.show_snapshot(snapshot(recognition=recognition("arm_roll", arm_roll=40, air_drums=40)))
    half = painted(bars).any(axis=0).sum()
    assert whole > 60
    assert half == pytest.approx(whole / 2, abs=4)
