"""``bench``: what is asked is measured, told as a table, as JSON and as charts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from app.bench.children import BenchError
from app.bench.findings import Curve, Finding, Skipped, measured
from app.commands import bench
from tests.commands.conftest import Type

XS = (1e3, 1e5, 5e6)
FOUND: list[Finding] = [
    Skipped("tick", "Norse", "cannot be imported: No module named 'norse'"),
    measured("tick", "default one by one, engine", "ms", [0.03, 0.02, 0.05], at_most=0.04),
    measured("tick", "engine against the rest", "times", [3.0], at_least=40, note="NOT the same"),
    *(
        Curve(chart, name, XS, (0.02 * k, 0.03 * k, 0.2 * k), (0.01,) * 3, (0.3,) * 3)
        for chart in ("events", "width", "side")
        for k, name in ((1, "engine"), (8, "torch reference"), (9, "Sinabs"))
    ),
]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Nothing is measured; what was asked for is written down."""
    topics: list[tuple[str, bool]] = []

    def findings_of(topic: str, *, quick: bool) -> Iterator[Finding]:
        topics.append((topic, quick))
        yield from FOUND if topic == "tick" else ()

    monkeypatch.setattr(bench, "findings_of", findings_of)
    return topics


def test_the_table_says_who_is_absent_and_what_was_missed(
    type_in: Type, asked: list[tuple[str, bool]]
) -> None:
    result = type_in("bench", "tick")
    assert result.exit_code == 0, result.stderr
    assert asked == [("tick", False)]
    lines = result.stdout.splitlines()
    (row,) = (line for line in lines if "default one by one, engine" in line)
    assert "0.03" in row
    assert "0.02 to 0.05" in row
    assert "at most 0.04 held" in row
    (row,) = (line for line in lines if "engine against the rest" in line)
    assert "at least 40 missed" in row
    assert "NOT the same" in result.stdout
    assert "Norse skipped, cannot be imported: No module named 'norse'" in result.stdout
    assert lines[-1] == "1 of 2 targets held."
    assert "cores, load" in lines[0]


def test_json(type_in: Type, asked: list[tuple[str, bool]]) -> None:
    result = type_in("bench", "--json", "--quick")
    assert result.exit_code == 0, result.stderr
    assert asked == [(topic, True) for topic in bench.TOPICS]
    record = json.loads(result.stdout)
    assert set(record) == {"machine", "rows", "skipped", "curves"}
    assert {"cpu", "cores", "load", "python", "libraries"} <= set(record["machine"])
    assert record["rows"][0] == {
        "topic": "tick", "name": "default one by one, engine", "unit": "ms", "median": 0.03,
        "low": 0.02, "high": 0.05, "repeats": 3, "target": "at most 0.04", "held": True,
        "note": None,
    }  # fmt: skip
    assert record["rows"][1]["held"] is False
    assert record["skipped"][0]["name"] == "Norse"
    assert record["curves"][0]["xs"] == list(XS)


def test_charts(type_in: Type, asked: list[tuple[str, bool]], tmp_path: Path) -> None:
    out = tmp_path / "new" / "charts"
    result = type_in("bench", "tick", "--plot", out)
    assert result.exit_code == 0, result.stderr
    assert {path.name for path in out.iterdir()} == {
        "tick_events.png", "tick_side.png", "tick_width.png",
    }  # fmt: skip
    for path in out.iterdir():
        with Image.open(path) as picture:
            assert picture.size[0] > 1000
            assert picture.convert("RGB").getpixel((2, 2)) == (255, 255, 255)


def test_charts_need_ticks(type_in: Type, asked: list[tuple[str, bool]], tmp_path: Path) -> None:
    result = type_in("bench", "decode", "--plot", tmp_path)
    assert result.exit_code == 2
    assert result.stderr == "Error: expected the topic tick for --plot, got decode\n"
    assert not asked


def test_charts_where_nothing_can_be_written(
    type_in: Type, asked: list[tuple[str, bool]], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    result = type_in("bench", "tick", "--plot", tmp_path / "file" / "charts")
    assert result.exit_code == 2
    assert "cannot write" in result.stderr


@pytest.mark.parametrize("words", [("tock",), ("tick", "--repeat"), ("--plot",)])
def test_words_that_are_wrong(type_in: Type, words: tuple[str, ...]) -> None:
    result = type_in("bench", *words)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_a_topic_that_cannot_be_measured_takes_no_other_with_it(
    type_in: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    def some(topic: str, *, quick: bool) -> Iterator[Finding]:
        if topic == "decode":
            raise BenchError(f"measuring {topic} failed: MemoryError")
        yield from FOUND

    monkeypatch.setattr(bench, "findings_of", some)
    result = type_in("bench", "decode", "tick")
    assert result.exit_code == 1
    assert "measuring decode failed: MemoryError" in result.stderr
    assert "1 of 2 targets held." in result.stdout
