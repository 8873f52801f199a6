from __future__ import annotations

from pathlib import Path

import pytest

from app.booth.pin import hash_pin
from app.booth.pin_gate import LOCKED_S, MOST_WRONG, Answer, PinGate

PIN, WRONG = "1357", "9999"
STORED = hash_pin(PIN)


class Clock:
    def __init__(self) -> None:
        self.now_s = 1_000_000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "pin.json"


def lock(gate: PinGate) -> None:
    answers = [gate.answer(WRONG) for _ in range(MOST_WRONG)]
    assert answers == [Answer.WRONG] * (MOST_WRONG - 1) + [Answer.LOCKED]


def test_the_right_pin_opens_and_a_wrong_one_does_not(clock: Clock) -> None:
    gate = PinGate(STORED, None, clock)
    assert gate.answer(WRONG) is Answer.WRONG
    assert gate.answer(PIN) is Answer.RIGHT


def test_five_wrong_ones_lock_for_a_minute(clock: Clock) -> None:
    gate = PinGate(STORED, None, clock)
    lock(gate)
    assert gate.answer(PIN) is Answer.LOCKED
    assert gate.locked_s == LOCKED_S
    clock.now_s += LOCKED_S - 1
    assert gate.answer(PIN) is Answer.LOCKED
    clock.now_s += 1
    assert gate.answer(PIN) is Answer.RIGHT


def test_after_the_minute_there_are_five_tries_again(clock: Clock) -> None:
    gate = PinGate(STORED, None, clock)
    lock(gate)
    clock.now_s += LOCKED_S
    lock(gate)


def test_the_right_pin_forgives_the_wrong_ones(clock: Clock) -> None:
    gate = PinGate(STORED, None, clock)
    for _ in range(3):
        assert [gate.answer(WRONG) for _ in range(MOST_WRONG - 1)] == [Answer.WRONG] * 4
        assert gate.answer(PIN) is Answer.RIGHT


def test_a_restart_neither_unlocks_nor_gives_more_tries(clock: Clock, path: Path) -> None:
    for _ in range(MOST_WRONG - 1):
        assert PinGate(STORED, path, clock).answer(WRONG) is Answer.WRONG
    assert PinGate(STORED, path, clock).answer(WRONG) is Answer.LOCKED
    assert PinGate(STORED, path, clock).answer(PIN) is Answer.LOCKED
    clock.now_s += LOCKED_S
    assert PinGate(STORED, path, clock).answer(PIN) is Answer.RIGHT


def test_a_clock_that_is_set_back_does_not_lock_for_longer(clock: Clock, path: Path) -> None:
    lock(PinGate(STORED, path, clock))
    clock.now_s -= 1e6
    gate = PinGate(STORED, path, clock)
    assert gate.locked_s == LOCKED_S
    clock.now_s += LOCKED_S
    assert gate.answer(PIN) is Answer.RIGHT


def test_without_a_pin_everything_opens(clock: Clock) -> None:
    gate = PinGate(None, None, clock)
    assert gate.is_open
    assert not gate.is_stuck
    assert gate.answer("") is Answer.RIGHT


def test_a_pin_that_is_no_hash_opens_to_nobody(clock: Clock) -> None:
    gate = PinGate("1357", None, clock)
    assert gate.is_stuck
    assert not gate.is_open
    assert gate.answer("1357") is Answer.WRONG


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"wrong": "x"}', '{"wrong": 1}', "\x00"])
def test_a_damaged_state_is_none(clock: Clock, path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    assert PinGate(STORED, path, clock).answer(PIN) is Answer.RIGHT


def test_where_nothing_can_be_written_it_locks_all_the_same(clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    lock(PinGate(STORED, tmp_path / "file" / "pin.json", clock))
