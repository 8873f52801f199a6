from __future__ import annotations

import pytest

from app.pipeline.slowness import Slowness
from app.pipeline.snapshot import Stats


def said(slowness: Slowness, seconds: int, lost_us: int, factor: float | None, at: list) -> list:
    """What is said at the end of each of so many seconds, in which ``lost_us`` are lost each."""
    heard = []
    for _ in range(seconds):
        for step in range(32):
            at[0] += 1 / 32
            at[1] += lost_us if step == 16 else 0
            slowness.see(Stats(dropped_us=int(at[1]), realtime_factor=factor), at[0])
        heard.append(slowness.sentence)
    return heard


def test_a_slow_machine_is_told_after_three_seconds_and_forgotten_after_three() -> None:
    slowness, at = Slowness(), [100.0, 0.0]
    slow = said(slowness, 6, 200_000, 0.62, at)
    assert slow[:2] == [None, None]
    assert slow[-1] is not None
    assert "too slow" in slow[-1]
    assert "0.62x real time" in slow[-1]
    well = said(slowness, 6, 0, 1.4, at)
    assert well[:2] == [slow[-1]] * 2
    assert well[-1] is None


def test_the_figure_stays_while_it_is_read() -> None:
    slowness, at = Slowness(), [0.0, 0.0]
    first = said(slowness, 5, 200_000, 0.62, at)[-1]
    assert said(slowness, 20, 300_000, 0.55, at) == [first] * 20


@pytest.mark.parametrize(
    ("lost_us", "factor"),
    [(0, 0.5), (0, 3.0), (200_000, None), (200_000, 1.3)],
    ids=["a slow start", "quick", "loading", "disturbed by others"],
)
def test_what_is_not_slow(lost_us: int, factor: float | None) -> None:
    assert said(Slowness(), 10, lost_us, factor, [0.0, 0.0]) == [None] * 10


def test_what_was_lost_while_the_network_was_loading_does_not_count() -> None:
    slowness, at = Slowness(), [0.0, 0.0]
    said(slowness, 8, 900_000, None, at)
    assert said(slowness, 5, 0, 0.1, at) == [None] * 5


def test_a_stall_now_and_then_neither_tells_nor_flickers() -> None:
    slowness, at = Slowness(), [0.0, 0.0]
    heard = [said(slowness, 1, lost, 0.9, at)[0] for lost in [100_000, 0] * 6]
    assert heard == [None] * 12
    first = said(slowness, 5, 100_000, 0.9, at)[-1]
    heard = [said(slowness, 1, lost, 0.9, at)[0] for lost in [100_000, 0] * 6]
    assert heard == [first] * 12


def test_far_behind_it_is_told_though_the_source_pauses_now_and_then() -> None:
    slowness, at = Slowness(), [0.0, 0.0]
    heard = [said(slowness, 1, lost, 0.5, at)[0] for lost in [100_000, 0, 0, 0, 0, 0] * 4]
    assert heard[6] is not None
    assert heard[6:] == [heard[6]] * 18
    assert said(slowness, 16, 0, 0.5, at)[-1] is None  # nothing is lost any more
