"""Files that appear whole or not at all, whoever else writes the same ones at the same moment."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A name may have 255 bytes, and the partial file's own adds to it.
_STEM_BYTES, _SUFFIX_BYTES = 100, 20
_PERMISSIONS = 0o777


@contextmanager
def replacing(path: Path, mode: int = 0o666) -> Iterator[Path]:
    """A file to write that takes the place of ``path`` when the block ends without an error.

    Nobody else writes it; it lies beside ``path``, has its suffix if that is short, and is on the
    disk before it gets its name. It has the permissions of the file that it replaces; a new one
    has ``mode``, less what the umask takes.

    Raises:
        OSError: it cannot be written; at once where no file can ever have that name.
    """
    _check_name(path)
    partial = path.with_name(_partial_name(path))
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
    try:
        yield partial
        _settle(partial)
        if path.exists():
            os.chmod(partial, path.stat().st_mode & _PERMISSIONS)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)  # it has its name by now, or never will


def _check_name(path: Path) -> None:
    """Refuse a name that no file can have, which else comes out only when all is written.

    Raises:
        OSError: it is a folder's, too long, or cannot be looked up.
    """
    try:
        is_folder = stat.S_ISDIR(os.lstat(path).st_mode)
    except FileNotFoundError:
        return
    if is_folder:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))


def _settle(path: Path) -> None:
    """Wait until a file is on the disk: a name that comes earlier may name an empty file."""
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def _partial_name(path: Path) -> str:
    """Hidden, this moment's own, and short enough whatever the length of the name to be."""
    beginning = os.fsdecode(os.fsencode(path.stem)[:_STEM_BYTES])
    suffix = path.suffix if len(os.fsencode(path.suffix)) <= _SUFFIX_BYTES else ""
    return f".{beginning}.{secrets.token_hex(4)}.partial{suffix}"
