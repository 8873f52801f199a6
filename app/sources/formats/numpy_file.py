"""Arrays of NumPy: ``.npy``, and archives ``.npz`` of them.

An array is read where it lies in the file, without a copy; only the packed members of an archive
must be unpacked into memory. Nothing is unpickled.
"""

from __future__ import annotations

import io
import tokenize
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy

from app.events import Resolution
from app.sources.contract import SourceError
from app.sources.formats.columns import TableFile
from app.sources.formats.mapping import PAGES_BYTES, Mapping
from app.sources.formats.tables import open_tables

_MOST_UNPACKED_BYTES = 300_000_000
_MOST_HEADER_BYTES = 1 << 16
_UNPACKED_AT_ONCE = 1 << 20
_LOCAL_HEADER_BYTES = 30


@dataclass(frozen=True, slots=True)
class _Mapped:
    """An array in a mapped file; what is read of it is let go of again."""

    array: np.ndarray
    mapping: Mapping

    @property
    def dtype(self) -> np.dtype:
        return self.array.dtype

    @property
    def shape(self) -> tuple[int, ...]:
        return self.array.shape

    def __getitem__(self, rows: Any, /) -> np.ndarray:
        part: np.ndarray = self.array[rows]
        self.mapping.touch(max(part.nbytes, PAGES_BYTES))
        return part


def open_npy(path: Path, stream: str | None, size: Resolution | None) -> TableFile:
    """A recording in one array.

    Raises:
        SourceError: the file cannot be read, or holds no events.
    """
    mapping = Mapping(path)
    array = _array_in(mapping.raw, path.name)
    return open_tables(path.name, {"array": _Mapped(array, mapping)}, stream, size)


def open_npz(path: Path, stream: str | None, size: Resolution | None) -> TableFile:
    """A recording in an archive.

    Raises:
        SourceError: the file cannot be read, is too large to unpack, or holds no events.
    """
    mapping = Mapping(path)
    try:
        with zipfile.ZipFile(path) as archive:
            arrays = {
                info.filename.removesuffix(".npy"): _Mapped(
                    _array_in(_member(archive, info, mapping, path.name), path.name), mapping
                )
                for info in _members(archive, path.name)
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        # RuntimeError: a password, or a packing that is not there; ValueError: a false place
        raise SourceError(f"the recording {path.name} is damaged: {error}") from error
    return open_tables(path.name, arrays, stream, size)


def _members(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    infos = [info for info in archive.infolist() if info.filename.endswith(".npy")]
    packed = sum(info.file_size for info in infos if info.compress_type != zipfile.ZIP_STORED)
    if packed > _MOST_UNPACKED_BYTES:
        raise SourceError(
            f"the recording {name} is packed and {packed / 1e9:.1f} GB long: save it with "
            "numpy.savez instead of savez_compressed"
        )
    return infos


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, mapping: Mapping, name: str
) -> np.ndarray:
    """The (bytes,) uint8 of one file in the archive."""
    if info.compress_type == zipfile.ZIP_STORED:
        head = bytes(mapping.raw[info.header_offset : info.header_offset + _LOCAL_HEADER_BYTES])
        lengths = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        start = info.header_offset + _LOCAL_HEADER_BYTES + lengths
        return mapping.raw[start : start + info.file_size]
    raw = np.empty(info.file_size, np.uint8)
    with archive.open(info) as packed:
        for start in range(0, raw.size, _UNPACKED_AT_ONCE):
            part = packed.read(min(_UNPACKED_AT_ONCE, raw.size - start))
            raw[start : start + len(part)] = np.frombuffer(part, np.uint8)
    return raw


def _array_in(raw: np.ndarray, name: str) -> np.ndarray:
    """The array that (bytes,) uint8 of a ``.npy`` file hold, as a view."""
    head = io.BytesIO(bytes(raw[:_MOST_HEADER_BYTES]))
    try:
        is_first = npy.read_magic(head) == (1, 0)
        read_header = npy.read_array_header_1_0 if is_first else npy.read_array_header_2_0
        shape, is_fortran, dtype = read_header(head)
    except (ValueError, SyntaxError, tokenize.TokenError) as error:
        raise SourceError(f"the recording {name} is damaged: it has no header of NumPy") from error
    if dtype.hasobject:
        raise SourceError(f"expected numbers in {name}, but it holds Python objects")
    size = dtype.itemsize * int(np.prod(shape, dtype=object))
    body = raw[head.tell() : head.tell() + size]
    if body.size < size or not size:
        # A file that was cut keeps its whole rows.
        row = size // shape[0] if shape and shape[0] > 0 and not is_fortran else 0
        if not row or body.size < row:
            raise SourceError(f"the recording {name} holds no events")
        shape = (body.size // row, *shape[1:])
        body = body[: shape[0] * row]
    try:
        return body.view(dtype).reshape(shape, order="F" if is_fortran else "C")
    except ValueError as error:  # a length beyond what there can be, beside one of 0
        raise SourceError(f"the recording {name} is damaged: its header is not its own") from error
