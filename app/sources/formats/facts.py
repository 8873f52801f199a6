"""What the first bytes of a recording tell about it, for people who want to know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from app.sources.contract import SourceError
from app.sources.formats.flatbuffer import PREFIX_BYTES, BadBufferError, root_table
from app.sources.formats.sniff import Format, recording_format

_MOST_HEADER_BYTES = 1 << 20
_COMPRESSION = 0  # its place in the header's table
_AEDAT4 = {0: "none", 1: "LZ4", 2: "LZ4 (high)", 3: "Zstandard", 4: "Zstandard (high)"}
_SOURCE = re.compile(rb'key="source"[^>]*>([^<]{1,80})<')


@dataclass(frozen=True, slots=True)
class FileFacts:
    """``compression`` and ``camera`` are none where the format or the file does not tell."""

    format: str
    size_bytes: int
    compression: str | None = None
    camera: str | None = None


def file_facts(path: Path) -> FileFacts:
    """Look at the beginning of a recording.

    Raises:
        SourceError: it cannot be read, or is of a format that we do not read.
    """
    kind = recording_format(path)
    try:
        size = path.stat().st_size
        if kind is not Format.AEDAT4:
            return FileFacts(kind.value, size)
        with path.open("rb") as file:
            file.readline(64)  # which names the version
            header = file.read(_MOST_HEADER_BYTES)
    except OSError as error:
        raise SourceError(f"cannot read the recording {path}: {error.strerror}") from error
    camera = _SOURCE.search(header)
    name = camera[1].decode("utf-8", errors="replace").strip() if camera else None
    return FileFacts(kind.value, size, _compression(header), name)


def _compression(header: bytes) -> str | None:
    length = PREFIX_BYTES + int.from_bytes(header[:PREFIX_BYTES], "little")
    try:
        number = root_table(header[:length], b"IOHE").number("<i", _COMPRESSION, 0)
    except BadBufferError:
        return None
    return _AEDAT4.get(int(number))
