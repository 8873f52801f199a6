from __future__ import annotations

import pytest

from app.booth.heart import (
    FROZEN_S,
    LOADING_S,
    SEARCHING_S,
    SETTLED_S,
    SILENT_S,
    START_S,
    STOPPED_S,
    WELL_S,
    Heart,
)
from app.booth.messages import Beat

LOOK_S = 0.1


class Patient:
    """A heart that is looked at ten times a second, and a kiosk that beats five times."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.heart = Heart(self.now_s)
        self.decisions = 0
        self.attempts = 0

    def quiet(self, seconds: float) -> str | None:
        """No beat for so long; the first complaint."""
        for _ in range(round(seconds / LOOK_S)):
            self.now_s += LOOK_S
            if (reason := self.heart.look(self.now_s)) is not None:
                return reason
        return None

    def beats(
        self, seconds: float, waiting: str | None = None, ticks: int = 200, attempts: int = 0
    ) -> str | None:
        """Beats for so long, each with so many more decisions and attempts."""
        for _ in range(round(seconds / (2 * LOOK_S))):
            self.decisions += ticks
            self.attempts += attempts
            self.heart.take(Beat(self.decisions, waiting, self.attempts))
            if (reason := self.quiet(2 * LOOK_S)) is not None:
                return reason
        return None


@pytest.fixture
def patient() -> Patient:
    return Patient()


def test_who_beats_and_decides_lives(patient: Patient) -> None:
    assert patient.beats(300) is None


def test_a_start_may_take_its_time(patient: Patient) -> None:
    assert patient.quiet(START_S - 1) is None
    assert patient.quiet(2) == "did not start within 30 s"


def test_a_start_may_be_held_up_by_what_is_loaded(patient: Patient) -> None:
    assert patient.beats(2, "loading", ticks=0) is None
    assert patient.quiet(START_S - 1) is None
    assert patient.beats(2, "source", ticks=0) is None
    assert patient.quiet(START_S - 1) is None
    assert patient.quiet(2) == "hung: no sign of life for 30 s"


def test_after_the_first_decision_silence_is_short(patient: Patient) -> None:
    patient.beats(0.4)
    assert patient.quiet(SILENT_S - 0.3) is None
    assert patient.quiet(0.4) == "hung: no sign of life for 1.5 s"


def test_without_a_camera_the_start_is_over_after_a_while(patient: Patient) -> None:
    patient.beats(SETTLED_S + 1, "source", ticks=0, attempts=1)
    assert patient.heart.is_settled
    assert patient.quiet(SILENT_S + 0.2) == "hung: no sign of life for 1.5 s"


def test_a_frozen_picture_counts_as_hung(patient: Patient) -> None:
    patient.beats(5)
    assert patient.beats(FROZEN_S - 0.5, ticks=0) is None
    assert patient.beats(1, ticks=0) == "hung: decided nothing for 3 s"


def test_now_and_then_no_decision_is_none_of_its_troubles(patient: Patient) -> None:
    for _ in range(20):
        assert patient.beats(2, ticks=0) is None
        assert patient.beats(0.2) is None


def test_a_search_may_last_for_ever_if_it_goes_on(patient: Patient) -> None:
    for _ in range(10):
        assert patient.beats(SEARCHING_S - 1, "source", ticks=0) is None
        assert patient.beats(0.2, "source", ticks=0, attempts=1) is None
    assert patient.beats(SEARCHING_S + 1, "source", ticks=0) == (
        "hung: did not look for its source for 60 s"
    )


def test_loading_must_come_to_an_end(patient: Patient) -> None:
    assert patient.beats(LOADING_S - 1, "loading", ticks=0) is None
    assert patient.beats(2, "loading", ticks=0) == "hung: was loading for 60 s"


def test_decisions_have_time_to_begin_again_after_the_source_is_back(patient: Patient) -> None:
    patient.beats(5)
    patient.beats(50, "source", ticks=0, attempts=1)
    assert patient.beats(FROZEN_S - 0.5, ticks=0) is None
    assert patient.beats(1) is None


def test_a_machine_that_slept_is_not_held_against_it(patient: Patient) -> None:
    patient.beats(5)
    patient.now_s += 8 * 3600
    assert patient.heart.look(patient.now_s) is None
    assert patient.beats(5) is None


def test_a_supervisor_too_busy_to_look_hears_no_silence(patient: Patient) -> None:
    patient.beats(5)
    for _ in range(4):
        patient.now_s += 1.4
        assert patient.heart.look(patient.now_s) is None
    assert patient.quiet(1) is not None


def test_a_clock_that_stands_still_or_goes_back_is_survived(patient: Patient) -> None:
    patient.beats(5)
    patient.now_s -= 100
    assert patient.heart.look(patient.now_s) is None
    assert patient.beats(5) is None


def test_a_run_went_well_some_time_after_its_first_decision(patient: Patient) -> None:
    patient.beats(20, "loading", ticks=0)
    patient.beats(WELL_S - 1)
    assert not patient.heart.went_well
    patient.beats(2)
    assert patient.heart.went_well


def test_who_plays_is_told_by_the_last_beat(patient: Patient) -> None:
    assert not patient.heart.is_playing
    patient.heart.take(Beat(1, playing=True))
    assert patient.heart.is_playing


def test_who_is_stopped_is_not_waited_for_even_at_its_start(patient: Patient) -> None:
    looks = []
    for _ in range(round(STOPPED_S / LOOK_S) + 1):
        patient.now_s += LOOK_S
        looks.append(patient.heart.look(patient.now_s, is_stopped=True))
    assert looks[:2] == [None, None]
    assert looks[-1] == "hung: was stopped"


def test_who_is_stopped_for_a_moment_lives_on(patient: Patient) -> None:
    for _ in range(20):
        patient.now_s += 2 * LOOK_S
        assert patient.heart.look(patient.now_s, is_stopped=True) is None
        assert patient.beats(2 * LOOK_S) is None
