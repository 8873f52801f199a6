"""Writes AEDAT 4 recordings, whole arrays at a time.

dv-processing takes events one by one, at a million a second; see ``aedat4_encoding``.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from types import TracebackType

import numpy as np
import zstandard

from app.events import Resolution
from app.sources.contract import SourceError
from app.sources.formats.aedat4_encoding import Compression, event_buffer, io_header, packet_head
from app.sources.formats.aedat4_table import PacketEntry, packet_table

_EXTENSION = ".aedat4"
_VERSION_LINE = b"#!AER-DAT4.0\r\n"
_PACKET_EVENTS = 16_384
_PARTIAL_STEM_BYTES = 200
# A third smaller than LZ4, and fast enough; the levels above 0 are slower for hardly a byte less.
_LEVEL = -1


class Aedat4Writer:
    """A recording in the making; it appears under its name when it is closed.

    Use as a context manager: an exception inside leaves no file behind. What has been written
    before this very process is killed stays, under a hidden name, and can be played. After a
    failed ``write``, as on a full disk, ``close`` keeps all that came before. ``lost_events`` is
    how many are missing because they came too fast: the file will say so.

    Raises:
        SourceError: the extension is not .aedat4, no file can have that name, or the folder is
            missing or cannot be written.
    """

    def __init__(self, path: Path, resolution: Resolution, camera: str = "spikehand") -> None:
        self.lost_events = 0
        self._path = Path(path)
        self._resolution = resolution
        self._camera = camera
        self._newest_us = -1
        self._entries: list[PacketEntry] = []
        self._compress = zstandard.ZstdCompressor(level=_LEVEL).compress
        if self._path.suffix != _EXTENSION:
            raise SourceError(f"expected a file name that ends in {_EXTENSION}, got {path}")
        if not os.path.isdir(self._path.parent):
            raise SourceError(f"there is no folder {self._path.parent} to write {path.name} to")
        self._check_name()
        self._partial = self._path.with_name(_partial_name(self._path.stem))
        self._position = 0
        try:
            self._file = open(self._partial, "wb", buffering=0)  # noqa: SIM115 - until close
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            self._write_all(_VERSION_LINE + self._header(-1))
        except OSError as error:
            self.discard()
            raise self._unwritable(error) from error

    @property
    def events(self) -> int:
        """How many are in the file by now."""
        return sum(entry.events for entry in self._entries)

    @property
    def size_bytes(self) -> int:
        """How long the file is by now."""
        return self._position

    def write(self, events: np.ndarray) -> None:
        """Add (N,) EVENT_DTYPE events, not older than those before them.

        Raises:
            SourceError: the events are out of order or outside the sensor, or writing failed.
        """
        if not events.size:
            return
        self._check(events)
        try:
            for start in range(0, events.size, _PACKET_EVENTS):
                self._write_packet(events[start : start + _PACKET_EVENTS])
        except OSError as error:
            raise self._unwritable(error) from error
        self._newest_us = int(events["t"][-1])

    def close(self) -> None:
        """Complete the file, without a table if there is no room for one. Safe to call twice.

        Raises:
            SourceError: the file cannot be completed or put in its place.
        """
        if self._file.closed:
            return
        try:
            with self._file:
                with contextlib.suppress(OSError):
                    self._write_table()
                self._file.truncate(self._position)
            os.replace(self._partial, self._path)
        except OSError as error:
            raise self._unwritable(error) from error

    def discard(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        self._partial.unlink(missing_ok=True)

    def __enter__(self) -> Aedat4Writer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    def _header(self, table_position: int) -> bytes:
        return io_header(
            self._resolution, self._camera, Compression.ZSTD, table_position, self.lost_events
        )

    def _write_packet(self, events: np.ndarray) -> None:
        content = self._compress(event_buffer(events))
        head = packet_head(len(content))
        place = self._position + len(head)
        times = events["t"]
        self._write_all(head + content)
        self._entries.append(
            PacketEntry(place, len(content), len(events), int(times[0]), int(times[-1]))
        )

    def _write_table(self) -> None:
        place = self._position
        self._write_all(self._compress(packet_table(self._entries)))
        # Before this the header says that there is none, and readers look for the packets.
        self._file.seek(len(_VERSION_LINE))
        self._file.write(self._header(place))

    def _write_all(self, content: bytes) -> None:
        """A file without buffer may take less than it was given, when the disk is all but full.

        What did not fit as a whole is taken back.
        """
        rest = memoryview(content)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:
            self._file.truncate(self._position)
            self._file.seek(self._position)
            raise
        self._position += len(content)

    def _check_name(self) -> None:
        """Or it would come out only when the recording is to get its name."""
        try:
            is_folder = stat.S_ISDIR(os.lstat(self._path).st_mode)
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._unwritable(error) from error
        if is_folder:
            raise SourceError(f"cannot write {self._path}: it is a folder")

    def _unwritable(self, error: OSError) -> SourceError:
        return SourceError(f"cannot write {self._path}: {error.strerror}")

    def _check(self, events: np.ndarray) -> None:
        times = events["t"]
        if times[0] < self._newest_us or np.any(times[1:] < times[:-1]):
            raise SourceError(
                f"expected events in time order to write to {self._path.name}, but time goes back"
            )
        x, y = events["x"].view(np.uint16), events["y"].view(np.uint16)
        if x.max() >= self._resolution.width or y.max() >= self._resolution.height:
            raise SourceError(
                f"expected events inside the {self._resolution} sensor to write to "
                f"{self._path.name}, got some outside"
            )
        if events["p"].view(np.uint8).max() > 1:
            raise SourceError(
                f"expected polarities 0 and 1 to write to {self._path.name}, got others"
            )


def _partial_name(stem: str) -> str:
    """Hidden, of this process, and short enough whatever the length of the name to be."""
    beginning = os.fsdecode(os.fsencode(stem)[:_PARTIAL_STEM_BYTES])
    return f".{beginning}.{os.getpid()}.partial{_EXTENSION}"
