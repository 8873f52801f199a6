"""``--filter``: the same for recognize, record and serve."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.commands.filtering import FilteredSource
from app.events import EVENT_DTYPE, EventBatch, Resolution
from app.settings import FilterSettings
from app.sources.contract import FileSpec, SourceError
from app.sources.opening import open_source
from tests.commands.conftest import Type
from tests.commands.test_recognize import lines_of
from tests.commands.test_record import Listed, read_all


def at(*rows: tuple[int, int, int, int]) -> np.ndarray:
    return np.array(list(rows), EVENT_DTYPE)


def test_a_mirror_changes_sides(type_in: Type, side_network: None, recording: Path) -> None:
    _, plain = lines_of(type_in("recognize", recording, "--json").stdout)
    _, turned = lines_of(type_in("recognize", recording, "--json", "--filter", "flip=x").stdout)
    assert plain["filters"] == turned["filters"] == {}
    sides = plain["decisions"]
    assert sides["left"] != sides["right"]
    assert turned["decisions"] == {"left": sides["right"], "right": sides["left"]}


def test_what_was_taken_is_told(type_in: Type, side_network: None, recording: Path) -> None:
    total, on = len(events := read_all(recording)), int((events["p"] == 1).sum())
    done = type_in("recognize", recording, "--json", "--filter", "polarity=on")
    _, summary = lines_of(done.stdout)
    assert summary["filters"] == {"polarity": {"seen": total, "taken": total - on}}
    assert summary["events"] == on
    text = type_in("recognize", recording, "--filter", "polarity=on").stdout
    assert f"Filters: polarity took {total - on:,} of {total:,} events" in text


def test_the_settings_have_filters_too(
    type_in: Type, side_network: None, recording: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "own.json"
    settings.write_text(json.dumps({"filters": {"polarity": "off"}}))
    words = ("recognize", recording, "--json", "--settings", settings)
    assert set(lines_of(type_in(*words).stdout)[1]["filters"]) == {"polarity"}
    # An option is instead of them all.
    told = lines_of(type_in(*words, "--filter", "refractory").stdout)[1]["filters"]
    assert set(told) == {"refractory"}


@pytest.mark.parametrize("command", ["recognize", "record", "serve"])
def test_a_bad_filter_is_one_sentence(
    type_in: Type, recording: Path, tmp_path: Path, command: str
) -> None:
    others = {"recognize": (), "record": (tmp_path / "out.aedat4",), "serve": ("--port", "0")}
    for text, said in (("flip=z", "expected flip=x"), ("crop=0,0,999,9", "inside the")):
        done = type_in(command, recording, *others[command], "--filter", text)
        assert done.exit_code == 2
        assert said in " ".join(done.stderr.split())
    assert not (tmp_path / "out.aedat4").exists()


def test_a_recording_through_filters(type_in: Type, recording: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.aedat4"
    words = ("--filter", "crop=0,32,64,32", "--filter", "rotate=90", "--filter", "downscale=2")
    done = type_in("record", recording, out, *words)
    assert done.exit_code == 0
    assert "crop took" in done.stderr
    with open_source(FileSpec(str(out))) as source:
        assert source.info.resolution == Resolution(16, 32)
    before = read_all(recording)
    inside = before[(before["x"] < 64) & (before["y"] >= 32) & (before["y"] < 64)]
    after = read_all(out)
    assert after["t"].tolist() == inside["t"].tolist()
    assert after["x"].tolist() == ((63 - inside["y"]) // 2).tolist()
    assert after["y"].tolist() == (inside["x"] // 2).tolist()


def test_time_that_begins_anew_and_another_sensor() -> None:
    first = at((100, 1, 1, 1))
    source = Listed([EventBatch(first, 0.0), EventBatch(first, 0.0, restarted=True)])
    filtered = FilteredSource(source, FilterSettings(refractory=True, rotate=90))
    assert [batch.events.size for batch in filtered.batches()] == [1, 1]
    assert filtered.counts[0].seen == 2
    with pytest.raises(SourceError, match="inside the 128x128 sensor"):
        FilteredSource(source, FilterSettings(crop=(0, 0, 200, 10)))
    assert source.closed
