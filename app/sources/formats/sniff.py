"""Python's own checks of a recording, made before any reader touches the file."""

from __future__ import annotations

import os
import re
import stat
from enum import Enum
from pathlib import Path

import numpy as np

from app.sources.contract import SourceError
from app.sources.formats.endings import FORMATS

_MAGIC = b"#!AER-DAT"
_VERSION_LINE = re.compile(rb"#!AER-DAT(\d{1,2}\.\d{1,2})\r?\n")
_RAW_LINE = re.compile(rb"^% (?:evt|format) ", re.MULTILINE | re.IGNORECASE)
_HEAD_BYTES = 4096
_FEWEST_BARE_PAIRS = 100
_LONGEST_BARE_STEP_US = 1 << 24
_SHOWN_BYTES = 12


class Format(Enum):
    """What we read; the value is how it is called."""

    AEDAT1 = "AEDAT 1.0"
    AEDAT2 = "AEDAT 2.0"
    AEDAT30 = "AEDAT 3.0"
    AEDAT31 = "AEDAT 3.1"
    AEDAT4 = "AEDAT 4.0"
    RAW = "Prophesee RAW"
    DAT = "Prophesee DAT"
    HDF5 = "HDF5"
    NPY = "NumPy"
    NPZ = "NumPy archive"

    @property
    def version(self) -> str:
        """The number at the end, of AEDAT only."""
        return self.value.rpartition(" ")[2]


_AEDATS = {each.value: each for each in Format if each.value.startswith("AEDAT")}
_BEGINNINGS = {
    b"\x89HDF\r\n\x1a\n": Format.HDF5,
    b"\x93NUMPY": Format.NPY,
    b"PK\x03\x04": Format.NPZ,
}
# What else people have on their disks.
_OTHERS = {
    b"Event Stream": "an ES file",
    b"#ROSBAG": "a ROS bag",
    b"\x89MCAP": "an MCAP file of ROS 2",
    b"SQLite format 3": "an SQLite file, perhaps a bag of ROS 2",
    b"MATLAB": "a MATLAB file",
    b"\x1f\x8b": "packed with gzip",
    b"7z\xbc\xaf": "packed with 7-Zip",
    b"BZh": "packed with bzip2",
    b"\x80\x04": "a Python pickle",
}


def recording_format(path: Path) -> Format:
    """The format of a recording by its first bytes; the extension plays no part.

    Raises:
        SourceError: the file is missing, is no ordinary file, cannot be read, is empty, or is of
            a format or version that we do not read.
    """
    head = _first_bytes(path)
    if not head:
        raise SourceError(f"the recording {path.name} is empty")
    if head.startswith(_MAGIC):
        return _aedat(head, path.name)
    if head.startswith(b"% "):
        return Format.RAW if _RAW_LINE.search(head) else Format.DAT
    for beginning, found in _BEGINNINGS.items():
        if head.startswith(beginning):
            return found
    if _is_bare_aedat1(head):
        return Format.AEDAT1
    raise SourceError(_unknown(head, path.name))


def _aedat(head: bytes, name: str) -> Format:
    line = _VERSION_LINE.match(head)
    version = line[1].decode() if line else "unknown"
    found = _AEDATS.get(f"AEDAT {version}")
    if found is None:
        versions = ", ".join(each.removeprefix("AEDAT ") for each in _AEDATS)
        raise SourceError(f"expected AEDAT {versions}, but {name} is of version {version}")
    return found


def _is_bare_aedat1(head: bytes) -> bool:
    """Whether these are pairs of address and time, as the first programs wrote them without a word
    before: no address has its highest bit, and time grows in small steps."""
    pairs = np.frombuffer(head[: len(head) // 6 * 6], [("address", ">u2"), ("time", ">u4")])
    if len(pairs) < _FEWEST_BARE_PAIRS:
        return False
    steps = np.diff(pairs["time"].astype(np.int64))
    is_growing = steps.min() >= 0 and 0 < steps.max() < _LONGEST_BARE_STEP_US
    return bool(is_growing and pairs["address"].max() < 1 << 15)


def _unknown(head: bytes, name: str) -> str:
    for beginning, what in _OTHERS.items():
        if head.startswith(beginning):
            return f"expected a recording of {FORMATS}, but {name} is {what}: convert it first"
    return f"expected a recording of {FORMATS}, but {name} begins with {head[:_SHOWN_BYTES]!r}"


def _first_bytes(path: Path) -> bytes:
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise SourceError(f"expected a recording, but {path} is a folder")
        if not stat.S_ISREG(mode):
            # Opening a pipe or a device could block for ever.
            raise SourceError(f"expected a recording, but {path} is not an ordinary file")
        with open(path, "rb") as file:
            return file.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        raise SourceError(f"there is no recording {path}") from error
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"cannot read the recording {path}: {reason}") from error
