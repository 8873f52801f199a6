from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.sources.contract import SourceError
from app.sources.formats import mapping
from app.sources.formats.mapping import Mapping


def test_bytes_are_there_again_after_they_were_let_go_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapping, "_KEPT_BYTES", 100)
    (tmp_path / "a").write_bytes(bytes(range(256)) * 64)
    mapped = Mapping(tmp_path / "a")
    for _ in range(5):
        assert mapped.raw.tobytes() == bytes(range(256)) * 64
        mapped.touch(60)
    assert not mapped.raw.flags.writeable


def test_what_cannot_be_mapped_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    for name in ("missing", "empty"):
        with pytest.raises(SourceError, match="cannot read the recording"):
            Mapping(tmp_path / name)


def test_far_apart_places_are_picked_bit_by_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapping, "_PICKED_AT_ONCE", 3)
    np.arange(1000, dtype=">u4").tofile(tmp_path / "a")
    mapped = Mapping(tmp_path / "a")
    places = np.arange(0, 1000, 90)
    assert np.array_equal(mapped.pick(mapped.raw.view(">u4"), places), places)
    assert mapped.pick(mapped.raw.view(">u4"), places[:0]).size == 0
