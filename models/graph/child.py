"""``python -m models.graph.child FILE``: a NIR file's content, read where it can do no harm.

The library under NIR, HDF5, follows whatever a file says: links to other files, arrays that lie
elsewhere, sizes of terabytes. So files are read in a process of its own with bounds on memory and
time, links and foreign arrays are left alone, and sizes are looked at before they are believed.
What was read goes to the standard output as arrays of ``numpy.savez``; a sentence on what is wrong
goes to the standard error, with the exit code 2.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from models.graph.packing import packed

if sys.platform != "win32":
    import resource

MOST_BYTES = 256_000_000
MOST_TEXT_BYTES = 1_000_000
MOST_ITEMS = 20_000
MOST_DEPTH = 20
MEMORY_BYTES = 1_500_000_000
# The largest file that is read takes two or three; a damaged one can lead HDF5 round for ever.
CPU_S = 10
ROOT = "node"


def main(path: str) -> int:
    """Write the content of the file, or say what is wrong with it; gives the exit code."""
    limit()
    try:
        content = packed(read_values(Path(path)))
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        sys.stderr.write(str(error))
        return 2
    except (OSError, MemoryError, RecursionError):
        sys.stderr.write("it is damaged, or no HDF5 file")
        return 2
    sys.stdout.buffer.write(content)
    return 0


def limit() -> None:
    """Bound the memory and the time of this very process, where the system can."""
    if sys.platform != "win32":
        for what, most in ((resource.RLIMIT_DATA, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_S)):
            _, hard = resource.getrlimit(what)
            soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (soft, hard))


def read_values(path: Path) -> dict[str, Any]:
    """The values of the graph in a file, texts as such and the rest as arrays of numbers.

    Raises:
        ValueError, KeyError, TypeError, AttributeError, RuntimeError, OSError, MemoryError: the
            file is damaged, holds something else, or too much.
    """
    with h5py.File(path, "r") as file:
        if not isinstance(_own(file, ROOT), h5py.Group):
            raise ValueError(f"it has no group {ROOT!r}, as NIR has")
        return _Reading().group(file[ROOT], 0)


def _own(group: Any, key: str) -> Any:
    """What lies in this very file under a key, or none."""
    return group[key] if isinstance(group.get(key, getlink=True), h5py.HardLink) else None


class _Reading:
    """Adds up what was read, which has its limits."""

    def __init__(self) -> None:
        self._items = self._bytes = 0

    def group(self, group: Any, depth: int) -> dict[str, Any]:
        if depth > MOST_DEPTH:
            raise ValueError("its groups lie too deep in each other")
        values = {}
        for key in group:
            self._items += 1
            if self._items > MOST_ITEMS:
                raise ValueError(f"it holds more than {MOST_ITEMS} things")
            value = _own(group, key)
            if isinstance(value, h5py.Group):
                values[key] = self.group(value, depth + 1)
            elif isinstance(value, h5py.Dataset):
                values[key] = self._dataset(value)
        return values

    def _dataset(self, data: Any) -> Any:
        if data.is_virtual or data.external is not None:
            raise ValueError(f"{data.name!r:.80} lies in another file")
        if data.shape is None:
            return np.zeros(0)
        text = h5py.check_string_dtype(data.dtype) is not None
        if not text and data.dtype.kind not in "biuf":
            raise ValueError(f"{data.name!r:.80} is of the type {data.dtype}")
        chunk = math.prod(map(int, data.chunks)) if data.chunks else 0
        each = max(int(data.dtype.itemsize), 8)
        self._bytes += (int(data.size) + chunk) * each
        if self._bytes > MOST_BYTES or (text and data.size > MOST_ITEMS):
            raise ValueError(f"it holds more than {MOST_BYTES} bytes or {MOST_ITEMS} texts")
        return _texts(data[()]) if text else np.asarray(data[()])


def _texts(value: Any) -> Any:
    """Bytes, one by one or in lists of lists, as text."""
    if isinstance(value, np.ndarray):
        return [_texts(part) for part in value]
    text = value.decode() if isinstance(value, bytes) else str(value)
    if len(text) > MOST_TEXT_BYTES:
        raise ValueError(f"it holds a text of {len(text)} letters")
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
