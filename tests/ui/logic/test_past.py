from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.sources.contract import FileSpec
from app.ui.logic.blocks import Verdict
from app.ui.logic.past import Past
from app.ui.logic.ticks import clock_ticks, past_ticks
from models.data.dvs_gesture.labels import GestureLabel, write_labels
from models.data.gestures import CLASSES
from tests.ui.fakes import CAMERA, RECORDING, reading, recognition, snapshot

CLAP = CLASSES[0]


def decided(**fields):
    """A snapshot in which 100 ms from 1.0 s on were decided as clapping."""
    made = [recognition(CLAP, 1_000_000 + 1000 * (n + 1), **{CLAP: 9}) for n in range(100)]
    own = reading(recognition=made[-1], recognitions=tuple(made))
    return snapshot(**{"readings": (own,), "position_us": 1_100_000, **fields})


def labelled(tmp_path: Path, gesture: int) -> FileSpec:
    write_labels(tmp_path / "a_labels.csv", [GestureLabel(gesture, 1_000_000, 1_050_000)])
    return FileSpec(str(tmp_path / "a.aedat4"))


def blocks_of(past: Past) -> list[list[tuple[str | None, Verdict]]]:
    scale = past.scale(1_100_000, 400, whole=True)
    return [[(b.name, b.verdict) for b in lane.blocks] for lane in past.lanes(scale)]


def test_decisions_stand_under_the_truth(tmp_path: Path) -> None:
    past = Past()
    past.add(decided(), labelled(tmp_path, 0))
    assert blocks_of(past) == [
        [(CLAP, Verdict.UNJUDGED)],
        [(CLAP, Verdict.RIGHT), (CLAP, Verdict.UNJUDGED)],
    ]
    assert past.said_at(1_020_000).splitlines() == [
        "0:00.0", "Test network: Hand clapping (100 % sure), right", "Truth: Hand clapping",
    ]  # fmt: skip
    assert past.said_at(1_070_000).splitlines()[-1] == "Truth: no gesture"


def test_another_truth_makes_them_wrong(tmp_path: Path) -> None:
    past = Past()
    past.add(decided(), labelled(tmp_path, 1))
    assert blocks_of(past)[1][0] == (CLAP, Verdict.WRONG)
    assert "wrong" in past.said_at(1_020_000)
    assert "not seen yet" in past.said_at(3_000_000)


def test_a_gesture_that_is_forgotten_takes_its_decisions_along() -> None:
    """The file stays the same, its classes do not."""
    fewer, past = decided(), Past()
    spec = fewer.readings[0].spec
    taught = replace(spec, classes=(*spec.classes, "salute"))
    made = tuple(
        replace(each, gesture=len(spec.classes)) for each in fewer.readings[0].recognitions
    )
    own = replace(fewer.readings[0], spec=taught, recognitions=made)
    past.add(replace(fewer, readings=(own,)), FileSpec("a.aedat4"))
    assert blocks_of(past) == [[("salute", Verdict.UNJUDGED)]]
    left = replace(own, spec=spec, recognitions=())
    past.add(replace(fewer, readings=(left,)), FileSpec("a.aedat4"))
    assert blocks_of(past) == [[]]
    assert past.records() == []
    assert "not seen yet" in past.said_at(1_020_000)


def test_what_is_exported_is_sampled_every_10_ms() -> None:
    past = Past()
    past.add(decided(), FileSpec("a.aedat4"))
    rows = past.records()
    assert [row["t_us"] for row in rows[:3]] == [1_001_000, 1_010_000, 1_020_000]
    assert rows[0] == {"t_us": 1_001_000, "gesture": CLAP, "share": 1.0}


def test_another_source_begins_anew() -> None:
    past = Past()
    past.add(decided(), FileSpec("a.aedat4"))
    past.add(snapshot(), FileSpec("b.aedat4"))
    assert not past
    assert past.records() == []


def test_a_recording_that_is_sought_keeps_its_past_and_a_live_source_that_restarts_does_not() -> (
    None
):
    past = Past()
    for info, kept in ((RECORDING, True), (CAMERA, False)):
        past.add(decided(info=info), None)
        past.add(snapshot(info=info, restarted=True), None)
        assert bool(past) is kept


def test_short_recordings_are_shown_whole_and_live_sources_never() -> None:
    past = Past()
    long = replace(RECORDING, duration_us=60_000_000)
    for info, wanted, whole in (
        (RECORDING, False, True), (long, False, False), (long, True, True), (CAMERA, True, False),
    ):  # fmt: skip
        past.add(snapshot(info=info), None)
        assert past.can_be_whole(wanted=wanted) is whole


def test_times_below_the_strip() -> None:
    past = Past()
    past.add(snapshot(), None)
    assert past_ticks(40_000_000, 30_000_000)[:2] == [(40_000_000, "0"), (30_000_000, "−10 s")]
    ticks = clock_ticks(past.scale(0, 100, whole=True))
    assert ticks[0] == (1_000_000, "0:00.0")
    assert len(ticks) <= 9
