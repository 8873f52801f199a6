"""What was measured travels unchanged, and a target is held by the median."""

from __future__ import annotations

import pytest

from app.bench.findings import Curve, Finding, Skipped, from_line, measured, to_line
from app.bench.timing import in_turn, ratios


def test_a_target_is_held_by_the_median() -> None:
    row = measured("tick", "a tick", "ms", [1.0, 9.0, 2.0], at_most=2.0)
    assert (row.median, row.low, row.high, row.repeats) == (2.0, 1.0, 9.0, 3)
    assert (row.target, row.held) == ("at most 2", True)
    assert measured("tick", "a tick", "ms", [2.1], at_most=2.0).held is False
    assert measured("tick", "rate", "times", [2.1], at_least=2.0).held is True
    assert measured("tick", "rate", "times", [1.9], at_least=2.0).held is False
    assert measured("tick", "rate", "times", [1.9]).held is None


@pytest.mark.parametrize(
    "finding",
    [
        measured("tick", "a tick", "ms", [1.0, 2.0], at_most=1.0, note="said"),
        Skipped("tick", "Norse", "cannot be imported"),
        Curve("events", "engine", (1e3, 1e5), (0.02, 0.03), (0.01, 0.03), (0.02, 0.04)),
    ],
)
def test_a_line_says_all_of_a_finding(finding: Finding) -> None:
    assert from_line(to_line(finding)) == finding


@pytest.mark.parametrize("line", ["a library's warning", "[1]", '{"kind": "poem"}', ""])
def test_other_lines_are_no_findings(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - JSON's own, too
        from_line(line)


def test_contenders_take_turns_and_a_first_round_is_forgotten() -> None:
    turns: list[str] = []

    def contender(name: str, worth: float) -> float:
        turns.append(name)
        return worth + len(turns)

    timings = in_turn({"a": lambda: contender("a", 0), "b": lambda: contender("b", 100)}, 2)
    assert turns == ["a", "b", "a", "b", "a", "b"]
    assert timings == {"a": [3, 5], "b": [104, 106]}
    assert ratios([4.0, 9.0], [2.0, 3.0]) == [2.0, 3.0]
