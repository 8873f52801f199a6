"""Formats hold the same events, who reads fewer is refused, and who is absent is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.bench import decode
from app.bench.amounts import Amounts
from app.bench.findings import Row, Skipped
from app.bench.stream import events_of
from app.sources.contract import FileSpec
from app.sources.opening import open_source

COUNT = 30_000


def test_the_formats_hold_the_same_events(tmp_path: Path) -> None:
    events = decode.repeated(COUNT)
    assert len(events) == COUNT
    assert (np.diff(events["t"]) >= 0).all()
    decode.writing(events, tmp_path / decode.FORMATS["AEDAT 4"], 1)
    decode.write_older(events, tmp_path)
    for file in decode.FORMATS.values():
        read = events_of(FileSpec(str(tmp_path / file)))
        for field in ("t", "x", "y", "p"):
            assert (read[field] == events[field]).all(), (file, field)


def test_reading_fewer_events_is_no_result(tmp_path: Path) -> None:
    path = tmp_path / "4.aedat4"
    decode.writing(decode.repeated(COUNT), path, 1)
    opener = lambda: open_source(FileSpec(str(path)))  # noqa: E731
    assert decode.read_s(opener, COUNT) >= 0
    with pytest.raises(ValueError, match=f"expected {COUNT + 1} events read, got {COUNT}"):
        decode.read_s(opener, COUNT + 1)


def test_who_is_absent_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = ("not_there_at_all", "AEDAT 4", decode.read_faery)
    others = {"faery": absent, "dv-processing": decode.OTHERS["dv-processing"]}
    monkeypatch.setattr(decode, "OTHERS", others)
    monkeypatch.setattr(decode, "HostedSource", decode.open_source)  # processes take a while
    found = list(decode.measure(Amounts(repeats=1, events=COUNT)))
    (skipped,) = (each for each in found if isinstance(each, Skipped))
    assert skipped.name == "faery"
    assert "not_there_at_all" in skipped.why
    names = [each.name for each in found if isinstance(each, Row)]
    assert "AEDAT 4 read by dv-processing" in names
    assert [name for name in names if "against the reader alone" in name] == [
        f"{form}, its process against the reader alone" for form in decode.FORMATS
    ]
