from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.pipeline.snapshot import PipelineState
from app.settings import VoteSettings
from app.ui.class_bars import SENSE_NOTE, ClassBars, votes_in
from app.ui.theme import DARK
from models.data.gestures import CLASSES
from models.spec import ModelSpec
from tests.ui.fakes import reading, recognition, snapshot


@pytest.fixture
def bars(qtbot) -> ClassBars:
    made = ClassBars(VoteSettings(min_share=0.6))
    qtbot.addWidget(made)
    made.set_look(DARK)
    made.resize(400, 300)
    made.show()
    return made


def test_bars_are_votes_and_the_line_is_what_decides(bars: ClassBars) -> None:
    shown = snapshot(recognition=recognition("arm_roll", arm_roll=60, air_drums=15, air_guitar=5))
    bars.show_snapshot(shown)
    assert bars.canvas.votes[7:].tolist() == [60, 15, 5, 0]
    assert bars.canvas.gesture == 7
    assert bars.canvas.names[7] == "Arm roll"
    assert (bars.canvas.most_votes, bars.canvas.needed) == (80, 48)
    assert bars.detail.text() == "48 of 80 decide"


@pytest.mark.parametrize(
    ("min_count", "set_count", "needed"), [(6, None, 6), (16, None, 16), (6, 30, 30)]
)
def test_few_votes_do_not_reach_the_line(
    qtbot, min_count: int, set_count: int | None, needed: int
) -> None:
    bars = ClassBars(VoteSettings(min_share=0.3, min_count=set_count))
    qtbot.addWidget(bars)
    spec = ModelSpec("own", "test", CLASSES, (2, 32, 32), min_count=min_count)
    alone = recognition(None, arm_roll=5)  # all the votes there are
    bars.show_snapshot(snapshot(readings=(reading(spec=spec, recognition=alone),)))
    assert bars.canvas.needed == needed
    assert bars.canvas.votes.max() < needed
    assert f"at least {needed} votes and 30 %" in bars.canvas.toolTip()


def test_while_the_network_warms_up_no_line_is_passed(bars: ClassBars) -> None:
    early = replace(recognition(None, arm_roll=60), warming_up=True)
    bars.show_snapshot(snapshot(recognition=early))
    assert bars.canvas.votes[7] == 60
    assert bars.canvas.needed is None
    assert bars.detail.text() == "None decides yet"
    bars.show_snapshot(snapshot(recognition=recognition("arm_roll", arm_roll=60)))
    assert bars.canvas.needed == 36


def test_silence_has_no_votes() -> None:
    assert votes_in(snapshot(recognition=recognition(None))).tolist() == [0] * 11
    assert votes_in(snapshot()).shape == (len(CLASSES),)


def test_a_failed_source_shows_no_stale_votes(bars: ClassBars) -> None:
    stale = recognition("arm_roll", arm_roll=80)
    bars.show_snapshot(snapshot(recognition=stale))
    bars.show_snapshot(snapshot(recognition=stale, state=PipelineState.FAILED))
    assert not bars.canvas.votes.any()
    assert bars.canvas.gesture is None


def test_whose_clockwise_it_is(bars: ClassBars) -> None:
    bars.show_snapshot(snapshot())
    assert bars.sense.isVisible()
    assert SENSE_NOTE in bars.canvas.toolTip()
    straight = ModelSpec("own", "test", ("arm_roll", "air_drums"), (2, 32, 32))
    bars.show_snapshot(snapshot(readings=(reading(spec=straight),)))
    assert not bars.sense.isVisible()
    assert SENSE_NOTE not in bars.canvas.toolTip()


def painted(bars: ClassBars) -> np.ndarray:
    image = bars.canvas.grab().toImage()
    return np.array(
        [
            [image.pixelColor(x, y).name() == DARK.accent for x in range(image.width())]
            for y in range(0, image.height(), 3)
        ]
    )


def test_the_winners_bar_is_as_long_as_its_votes(bars: ClassBars) -> None:
    bars.show_snapshot(snapshot(recognition=recognition("arm_roll", arm_roll=80)))
    whole = painted(bars).any(axis=0).sum()
    bars.show_snapshot(snapshot(recognition=recognition("arm_roll", arm_roll=40)))
    half = painted(bars).any(axis=0).sum()
    assert whole > 60
    assert half == pytest.approx(whole / 2, abs=4)
