"""Python's own checks of a recording, made before any reader touches the file."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from app.sources.contract import SourceError

_MAGIC = b"#!AER-DAT"
_VERSION_LINE = re.compile(rb"#!AER-DAT(\d{1,2}\.\d{1,2})\r?\n")
_SHOWN_BYTES = 12

READABLE_VERSIONS = ("2.0", "3.0", "3.1", "4.0")


def aedat_version(path: Path) -> str:
    """The version in a recording's first line, such as ``"3.1"``; the extension plays no part.

    Raises:
        SourceError: the file is missing, is no ordinary file, cannot be read, is empty, is not
            AEDAT, or is of a version that we do not read.
    """
    head = _first_bytes(path)
    if not head:
        raise SourceError(f"the recording {path.name} is empty")
    if not head.startswith(_MAGIC):
        shown = head[:_SHOWN_BYTES]
        raise SourceError(
            f"expected an AEDAT recording, but {path.name} begins with {shown!r} "
            f"instead of {_MAGIC.decode()!r}"
        )
    line = _VERSION_LINE.match(head)
    version = line[1].decode() if line else "unknown"
    if version not in READABLE_VERSIONS:
        raise SourceError(
            f"expected AEDAT {', '.join(READABLE_VERSIONS)}, but {path.name} is of version "
            f"{version}"
        )
    return version


def _first_bytes(path: Path) -> bytes:
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise SourceError(f"expected a recording, but {path} is a folder")
        if not stat.S_ISREG(mode):
            # Opening a pipe or a device could block for ever.
            raise SourceError(f"expected a recording, but {path} is not an ordinary file")
        with open(path, "rb") as file:
            return file.read(32)
    except FileNotFoundError as error:
        raise SourceError(f"there is no recording {path}") from error
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"cannot read the recording {path}: {reason}") from error
