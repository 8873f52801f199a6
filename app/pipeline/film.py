"""Writes pictures into an MP4 or a GIF, in a thread of its own, and waits for nobody.

The library that encodes is imported there, so that nobody else pays for it.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from app.pipeline.faults import fault_of
from models.atomic import replacing

if TYPE_CHECKING:
    from av import VideoFrame, VideoStream
    from av.filter import Graph

# Pictures that the encoder has not taken yet; what comes on top is skipped and counted.
MOST_WAITING_BYTES = 128_000_000
MILLISECOND = Fraction(1, 1000)
NOMINAL_RATE = 25
# GIF counts hundredths of a second; of two pictures in one the later waits for the next.
GIF_TICK_MS = 10
SUFFIXES = (".mp4", ".gif")
NO_LIBRARY = (
    "expected the library av, which writes films; the packed program comes without it, a checkout "
    "of the source has it"
)


class FilmError(Exception):
    """A film cannot be written; the message is one sentence for the user."""


@dataclass(frozen=True, slots=True)
class Reel:
    """How a film goes: ``pictures`` are in it, ``skipped`` came too fast, ``waiting`` wait.

    ``is_over`` says that the file is complete, or that there is none because of ``failure``.
    """

    path: Path
    pictures: int = 0
    skipped: int = 0
    waiting: int = 0
    is_over: bool = False
    failure: str | None = None


class Film:
    """Pictures are (H, W, 3) uint8 red, green, blue, all of one even size.

    Raises:
        FilmError: the name of the file ends in neither of ``SUFFIXES``.
    """

    def __init__(self, path: Path) -> None:
        if path.suffix.lower() not in SUFFIXES:
            raise FilmError(f"expected a name that ends in .mp4 or .gif, got {path.name}")
        self._path = path
        self._changed = threading.Condition()
        self._waiting: deque[tuple[np.ndarray, int]] = deque()
        self._closed = self._is_over = False
        self._pictures = self._skipped = 0
        self._failure: str | None = None
        self._thread = threading.Thread(target=self._run, name="film", daemon=True)
        self._thread.start()

    def put(self, picture: np.ndarray, t_ms: int) -> None:
        """Show ``picture`` from ``t_ms`` after the film's beginning on, if that is later than all
        before; never waits."""
        with self._changed:
            if self._closed:
                return
            if (len(self._waiting) + 1) * picture.nbytes > MOST_WAITING_BYTES:
                self._skipped += 1
                return
            self._waiting.append((picture, t_ms))
            self._changed.notify_all()

    def close(self) -> None:
        """Nothing more is to be shown; what waits still is. Returns at once."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def join(self, timeout_s: float) -> bool:
        """Wait until the file is complete; false if it is not in time."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    @property
    def reel(self) -> Reel:
        with self._changed:
            waiting = len(self._waiting)
            return Reel(
                self._path, self._pictures, self._skipped, waiting, self._is_over, self._failure
            )

    def _next(self) -> tuple[np.ndarray, int] | None:
        """The next picture, none when there will be no more."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            return self._waiting.popleft() if self._waiting else None

    def _run(self) -> None:
        failure = None
        try:
            with replacing(self._path) as partial:
                self._write(partial)
        except ImportError:
            failure = NO_LIBRARY
        except FilmError as error:
            failure = str(error)
        except OSError as error:  # the encoder's own, too
            failure = f"cannot write {self._path}: {error.strerror or error}"
        # Everything: this is the top of a thread.
        except Exception as error:  # noqa: BLE001
            failure = fault_of(error, "the film").sentence
        with self._changed:
            self._failure, self._is_over, self._closed = failure, True, True
            self._waiting.clear()

    def _write(self, partial: Path) -> None:
        first = self._next()
        if first is None:
            raise FilmError("expected pictures for a film, but none came")
        height, width, _ = first[0].shape
        encoder = _Encoder(partial, width, height)
        try:
            following: tuple[np.ndarray, int] | None = first
            while following is not None:
                encoder.add(*following)
                with self._changed:
                    self._pictures = encoder.pictures
                following = self._next()
        finally:
            encoder.close()


class _Encoder:
    """One file, by the library ``av``."""

    def __init__(self, path: Path, width: int, height: int) -> None:
        import av

        self._av = av
        self._file = av.open(str(path), "w")
        self._palettes = palettes(width, height) if path.suffix.lower() == ".gif" else None
        codec = "libx264" if self._palettes is None else "gif"
        self._stream = cast("VideoStream", self._file.add_stream(codec, rate=NOMINAL_RATE))
        self._stream.width, self._stream.height = width, height
        self._stream.pix_fmt = "yuv420p" if self._palettes is None else "pal8"
        if self._palettes is None:
            self._stream.options = {"crf": "18", "preset": "veryfast"}
        self._stream.codec_context.time_base = MILLISECOND
        self._each_ms = 1 if self._palettes is None else GIF_TICK_MS
        self._last_ms = self._tick = -1
        self.pictures = 0

    def add(self, picture: np.ndarray, t_ms: int) -> None:
        if t_ms <= self._last_ms:
            return
        self._last_ms = t_ms
        self._tick = max(self._tick + 1, t_ms // self._each_ms)
        frame = self._av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
        frame.pts, frame.time_base = self._tick * self._each_ms, MILLISECOND
        if self._palettes is None:
            self._encode(frame)
        else:
            self._palettes.push(frame)
            self._pull(self._palettes)
        self.pictures += 1

    def _pull(self, palettes: Graph) -> None:
        """Encode what has its palette by now; the newest may have to wait for what follows."""
        while True:
            try:
                self._encode(cast("VideoFrame", palettes.pull()))
            except (self._av.BlockingIOError, self._av.EOFError):
                return

    def _encode(self, frame: VideoFrame | None) -> None:
        self._file.mux(self._stream.encode(frame))

    def close(self) -> None:
        """Complete the file."""
        if self.pictures:
            if self._palettes is not None:
                self._palettes.push(None)
                self._pull(self._palettes)
            self._encode(None)
        self._file.close()


def palettes(width: int, height: int) -> Graph:
    """Gives every picture the 256 colours that fit it."""
    from av import VideoFormat
    from av.filter import Graph

    graph = Graph()
    colours = VideoFormat("rgb24")
    source = graph.add_buffer(width=width, height=height, format=colours, time_base=MILLISECOND)
    twice, find = graph.add("split"), graph.add("palettegen", "stats_mode=single")
    use, sink = graph.add("paletteuse", "new=1:dither=none"), graph.add("buffersink")
    source.link_to(twice)
    twice.link_to(find, 0, 0)
    twice.link_to(use, 1, 0)
    find.link_to(use, 0, 1)
    use.link_to(sink)
    graph.configure()
    return graph
