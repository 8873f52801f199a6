from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.ui.logic.blocks import Block, Scale, Verdict, decision_blocks, truth_blocks
from app.ui.logic.history import NOTHING, UNKNOWN
from app.ui.logic.truth import UNLABELLED
from models.data.gestures import CLASSES

CLAP, WAVE = CLASSES[:2]


def test_decisions_are_judged_by_name() -> None:
    classes = (WAVE, CLAP)  # another order than the labels'
    truth = np.array([0, 0, 0, 0, UNLABELLED, 0], np.int16)
    decided = np.array([1, 1, 0, NOTHING, 0, UNKNOWN], np.int16)
    assert decision_blocks(decided, truth, classes) == [
        Block(0, 2, CLAP, Verdict.RIGHT),
        Block(2, 3, WAVE, Verdict.WRONG),
        Block(3, 4, None, Verdict.MISSED),
        Block(4, 5, WAVE, Verdict.UNJUDGED),
    ]


def test_without_truth_nothing_is_judged_and_nothing_is_nothing() -> None:
    decided = np.array([NOTHING, 0, 0, UNKNOWN], np.int16)
    assert decision_blocks(decided, None, CLASSES) == [Block(1, 3, CLAP, Verdict.UNJUDGED)]


def test_a_class_that_the_network_does_not_have_cannot_be_right() -> None:
    blocks = decision_blocks(np.array([0], np.int16), np.array([0], np.int16), (WAVE, "wink"))
    assert blocks == [Block(0, 1, WAVE, Verdict.WRONG)]


def test_the_truth_has_gaps() -> None:
    truth = np.array([UNLABELLED, 1, 1, UNLABELLED, 0], np.int16)
    assert [(b.left, b.right, b.name) for b in truth_blocks(truth)] == [(1, 3, WAVE), (4, 5, CLAP)]


@given(st.integers(0, 10**12), st.integers(1, 10**10), st.integers(1, 3000), st.floats(0, 1))
def test_a_time_and_its_pixel_agree(start_us: int, span_us: int, width: int, part: float) -> None:
    scale = Scale(start_us, span_us, width)
    pixel = int(part * (width - 1))
    assert abs(scale.x(scale.time_us(pixel)) - (pixel + 0.5)) <= 0.5 * width / span_us + 1e-3


def test_the_newest_pixel_holds_now_and_old_ones_do_not_shimmer() -> None:
    width, span_us = 100, 1_000_000  # ten milliseconds a pixel
    first, later = (Scale.ending(end, span_us, width) for end in (5_003_000, 5_013_000))
    assert first.times_ms[-1] == 5_009
    assert later.times_ms[:-1].tolist() == first.times_ms[1:].tolist()
