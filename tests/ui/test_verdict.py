from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pipeline.snapshot import PipelineState, Stats
from app.recognition.decision import SlidingWindow
from app.settings import VoteSettings
from app.ui.logic.verdict import Verdict, verdict_on
from models.data.gestures import CLASSES
from models.spec import ModelSpec
from tests.ui.fakes import CAMERA, reading, recognition, snapshot

VOTE = VoteSettings()


def test_a_gesture() -> None:
    decided = recognition("arm_roll", arm_roll=60, air_drums=20)
    verdict = verdict_on(snapshot(recognition=decided), VOTE)
    assert verdict == Verdict(
        "arm_roll", "Arm roll", "24 votes are needed", 0.75, 0.3, "60 of 80 votes"
    )
    assert verdict.decided


def test_how_sure_a_decision_is_has_words_of_its_own() -> None:
    spec = ModelSpec("own", "test", CLASSES, (2, 32, 32), calibration=((0.5, 0.6), (0.9, 0.99)))
    decided = replace(recognition("arm_roll", arm_roll=60, air_drums=20), share=0.9612)
    verdict = verdict_on(snapshot(readings=(reading(spec=spec, recognition=decided),)), VOTE)
    assert verdict.figure == "60 of 80 votes"
    assert verdict.tip == "In tests, 96 % of decisions with such a lead were right."


def test_no_decision_says_what_the_leader_lacks() -> None:
    few = recognition(None, air_drums=12)
    verdict = verdict_on(snapshot(recognition=few), VOTE)
    assert verdict == Verdict(
        "none", "No decision", "Air drums has 12 of 16 votes needed", 0.15, 0.2
    )
    assert not verdict.decided


def test_leaders_that_are_level() -> None:
    level = recognition(None, arm_roll=40, air_drums=40)
    verdict = verdict_on(snapshot(recognition=level), VOTE)
    assert verdict.caption == "Arm roll and Air drums are level"


def test_no_votes_at_all() -> None:
    verdict = verdict_on(snapshot(recognition=recognition(None)), VOTE)
    assert verdict == Verdict("none", "No decision", "No gesture that the network knows")


def test_while_the_network_warms_up_it_says_so() -> None:
    early = replace(recognition(None, arm_roll=60), warming_up=True)
    verdict = verdict_on(snapshot(recognition=early), VOTE)
    assert verdict == Verdict("none", "Warming up", "The network needs to see 200 ms first")


@pytest.mark.parametrize(
    ("gesture", "caption"),
    [
        ("right_arm_clockwise", "Clockwise as the person sees it"),
        ("left_arm_counter_clockwise", "Counter-clockwise as the person sees it"),
    ],
)
def test_turning_is_as_the_person_sees_it(gesture: str, caption: str) -> None:
    decided = recognition(gesture, **{gesture: 60})
    assert verdict_on(snapshot(recognition=decided), VOTE).caption == caption


def test_before_the_first_decision_it_warms_up_unless_it_rests() -> None:
    plays = verdict_on(snapshot(), VOTE)
    assert plays == Verdict("none", "Warming up", "The network is made ready …")
    rests = verdict_on(snapshot(state=PipelineState.PAUSED), VOTE)
    assert rests == Verdict("none", "No decision")


@pytest.mark.parametrize("warming_up", [False, True])
def test_a_machine_that_is_too_slow_is_why_nothing_is_decided(warming_up: bool) -> None:
    nothing = replace(recognition(None), warming_up=warming_up)
    verdict = verdict_on(snapshot(recognition=nothing, too_slow="it is too slow"), VOTE)
    assert verdict == Verdict("none", "No decision", "This machine is too slow")
    decided = recognition("arm_roll", arm_roll=60)
    assert verdict_on(snapshot(recognition=decided, too_slow="it is too slow"), VOTE).decided


@pytest.mark.parametrize("warming_up", [False, True])
def test_a_live_source_that_is_gone_is_why_nothing_is_decided(warming_up: bool) -> None:
    nothing = replace(recognition(None), warming_up=warming_up)
    said = {"recognition": nothing, "info": CAMERA, "too_slow": "it is too slow"}
    assert verdict_on(snapshot(**said), VOTE) == Verdict(
        "none", "No decision", "No events are coming in"
    )
    sends = snapshot(**said, stats=Stats(event_rate=9_000.0))
    assert verdict_on(sends, VOTE).caption == "This machine is too slow"


def test_waiting_says_for_what() -> None:
    verdict = verdict_on(snapshot(readings=(), loading="network"), VOTE)
    assert verdict == Verdict("none", "One moment", "Loading the network …")


def test_a_failed_source_shows_no_stale_gesture() -> None:
    stale = recognition("arm_roll", arm_roll=80)
    verdict = verdict_on(snapshot(state=PipelineState.FAILED, recognition=stale), VOTE)
    assert verdict == Verdict("none", "No signal")


@given(st.lists(st.integers(-1, 3), min_size=1, max_size=90), st.integers(1, 20), st.floats(0, 1))
def test_what_is_shown_never_contradicts_what_is_decided(
    winners: list[int], min_count: int, min_share: float
) -> None:
    spec = ModelSpec("own", "test", ("a", "b", "c", "d"), (2, 32, 32), min_count=min_count)
    vote = VoteSettings(min_share=min_share, warm_up_ms=0)
    decision = SlidingWindow.of(spec, vote).push(np.array(winners), 0, 1000)[-1]
    shown = snapshot(readings=(reading(spec=spec, recognition=decision),))
    verdict = verdict_on(shown, vote)
    reaches = verdict.needed is not None and verdict.share >= verdict.needed
    assert verdict.decided == (reaches and not verdict.caption.endswith("are level"))
