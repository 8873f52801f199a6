from __future__ import annotations

from dataclasses import replace

import pytest

from app.pipeline.snapshot import PipelineState
from app.ui.logic import figures
from app.ui.logic.words import (
    STATE_NAMES,
    readable,
    sentence,
    short_source_line,
    source_line,
    waiting_for,
)
from tests.ui.fakes import CAMERA


@pytest.mark.parametrize(
    ("class_id", "words"),
    [
        ("hand_clapping", "Hand clapping"),
        ("right_arm_counter_clockwise", "Right arm counter-clockwise"),
        ("left_arm_clockwise", "Left arm clockwise"),
        ("wave", "Wave"),
        ("", ""),
    ],
)
def test_class_ids_are_spelled_for_people(class_id: str, words: str) -> None:
    assert readable(class_id) == words


def test_what_is_waited_for_is_a_sentence() -> None:
    assert waiting_for("network") == "Loading the network …"
    assert waiting_for("source") == "Opening the source …"


def test_a_source_says_what_it_performs() -> None:
    acting = replace(CAMERA, name="performer, all gestures", performing="air_drums")
    assert source_line(acting) == "Performer, all gestures  ·  now: Air drums"
    assert short_source_line(acting) == "Performing: Air drums"
    assert source_line(replace(acting, performing="rest")).endswith("now: resting")
    assert source_line(CAMERA) == short_source_line(CAMERA) == CAMERA.name


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("the file is IOHE", "The file is IOHE"),
        ("performer, all gestures", "Performer, all gestures"),
        ("a_labels.csv does not begin with class", "a_labels.csv does not begin with class"),
        ("a.aedat4: 3 events are missing", "a.aedat4: 3 events are missing"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_and_a_name_as_it_is_written(
    said: str, expected: str
) -> None:
    assert sentence(said) == expected


def test_every_state_has_a_name() -> None:
    assert set(STATE_NAMES) == set(PipelineState)


@pytest.mark.parametrize(
    ("per_second", "words"),
    [
        (0, "0 /s"),
        (999.4, "999 /s"),
        (999.6, "1.0 k/s"),
        (84_213, "84.2 k/s"),
        (99_949, "99.9 k/s"),
        (99_960, "100 k/s"),
        (999_499, "999 k/s"),
        (999_600, "1.00 M/s"),
        (1_950_000, "1.95 M/s"),
    ],
)
def test_rates(per_second: float, words: str) -> None:
    assert figures.rate(per_second) == words


@pytest.mark.parametrize(
    ("duration_us", "words"),
    [
        (-5, "0:00.0"),
        (0, "0:00.0"),
        (99_999, "0:00.0"),
        (3_400_000, "0:03.4"),
        (59_999_999, "0:59.9"),
        (725_000_000, "12:05.0"),
        (3_723_400_000, "1:02:03.4"),
    ],
)
def test_clock_rounds_down_to_tenths(duration_us: int, words: str) -> None:
    assert figures.clock(duration_us) == words


def test_other_figures() -> None:
    assert figures.share(0.868) == "87 %"
    assert figures.milliseconds(None) == "–"
    assert figures.milliseconds(3.21) == "3.2 ms"
    assert figures.milliseconds(9.96) == "10 ms"
    assert figures.milliseconds(9_999.0) == "9999 ms"
    assert figures.milliseconds(12_098.0) == "12.1 s"
    assert figures.speed(0.25) == "0.25x"
    assert figures.speed(None) == "max"
    assert figures.factor(None) == "–"
    assert figures.factor(5.26) == "5.3x"
    assert figures.factor(41.7) == "42x"
