from __future__ import annotations

from dataclasses import replace

from app.pipeline.snapshot import PipelineState
from app.ui.verdict import Verdict, verdict_on
from tests.ui.fakes import recognition, snapshot


def test_a_gesture() -> None:
    decided = recognition("arm_roll", arm_roll=60, air_drums=20)
    verdict = verdict_on(snapshot(recognition=decided), 80)
    assert verdict == Verdict("arm_roll", "Arm roll", 0.75, "sure, by the votes of the last 80 ms")
    assert verdict.decided


def test_no_decision_names_the_leader() -> None:
    split = recognition(None, arm_roll=30, air_drums=45, air_guitar=25)
    verdict = verdict_on(snapshot(recognition=split), 80)
    assert verdict == Verdict("none", "No decision", 0.45, "Air drums leads with 45 %")
    assert not verdict.decided


def test_the_leader_has_its_part_of_the_votes_and_a_decision_its_certainty() -> None:
    split = recognition(None, arm_roll=30, air_drums=45, air_guitar=25)
    shown = verdict_on(snapshot(recognition=replace(split, share=0.6)), 80)
    assert (shown.share, shown.caption) == (0.45, "Air drums leads with 45 %")
    decided = replace(recognition("arm_roll", arm_roll=60, air_drums=20), share=0.9)
    assert verdict_on(snapshot(recognition=decided), 80).share == 0.9


def test_no_votes_at_all() -> None:
    verdict = verdict_on(snapshot(recognition=recognition(None)), 80)
    assert verdict == Verdict("none", "No decision", 0.0, "No gesture that the network knows")


def test_waiting_says_for_what() -> None:
    verdict = verdict_on(snapshot(readings=(), loading="network"), 80)
    assert verdict == Verdict("none", "One moment", 0.0, "Loading the network …")


def test_a_failed_source_shows_no_stale_gesture() -> None:
    stale = recognition("arm_roll", arm_roll=80)
    verdict = verdict_on(snapshot(state=PipelineState.FAILED, recognition=stale), 80)
    assert verdict == Verdict("none", "No signal", 0.0, "")
