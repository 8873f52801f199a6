from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.sources.contract import SourceError
from app.sources.sniff import aedat_version


@pytest.mark.parametrize("version", ["2.0", "3.0", "3.1", "4.0"])
@pytest.mark.parametrize("extension", ["aedat", "aedat4", "dat", ""])
def test_the_version_comes_from_the_header(tmp_path: Path, version: str, extension: str) -> None:
    path = tmp_path / f"wave.{extension}"
    path.write_bytes(b"#!AER-DAT%s\r\nrest" % version.encode())
    assert aedat_version(path) == version


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the recording wave.aedat is empty"),
        (b"\x89PNG\r\n\x1a\n0000000000", "expected an AEDAT recording, but wave.aedat begins with"),
        (b"#!AER-DAT", "is of version unknown"),
        (b"#!AER-DAT1.0\r\n", "is of version 1.0"),
        (b"#!AER-DAT5.0\r\n", "is of version 5.0"),
        (b"#!AER-DAT3.1 and then no line end, as far as one can see", "is of version unknown"),
    ],
)
def test_what_is_no_aedat_is_said_so(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "wave.aedat"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=sentence):
        aedat_version(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"there is no recording .*wave\.aedat"):
        aedat_version(tmp_path / "wave.aedat")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder"):
        aedat_version(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="is not an ordinary file"):
        aedat_version(tmp_path / "pipe")


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "wave.aedat"
    path.write_bytes(b"#!AER-DAT3.1\r\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(SourceError, match=r"cannot read the recording .*: Permission denied"):
        aedat_version(path)


def test_a_path_with_a_null_byte() -> None:
    with pytest.raises(SourceError, match="cannot read the recording"):
        aedat_version(Path("wave\0.aedat"))
