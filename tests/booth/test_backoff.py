from __future__ import annotations

from app.booth.backoff import Backoff


def test_pauses_double_up_to_a_minute_from_start_to_start() -> None:
    backoff = Backoff()
    assert backoff.wait_s(0.0) == 0
    pauses = []
    now_s = 100.0
    for _ in range(9):
        backoff.started(now_s)
        now_s += 0.5  # it lived for half a second
        backoff.ended(went_well=False)
        pauses.append(0.5 + backoff.wait_s(now_s))
        now_s += backoff.wait_s(now_s)
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_what_went_well_starts_again_at_once_and_the_doubling_anew() -> None:
    backoff = Backoff()
    for went_well in (False, False, False, True):
        backoff.started(0.0)
        backoff.ended(went_well=went_well)
    assert backoff.wait_s(20.0) == 0
    assert backoff.wait_s(0.25) == 0.75
    backoff.started(20.0)
    backoff.ended(went_well=False)
    assert backoff.wait_s(20.0) == 2
