"""From a specification to the source itself. Runs inside the child process."""

from __future__ import annotations

import os
from collections.abc import Callable

from app.sources.contract import (
    CameraSpec,
    EventSource,
    FileSpec,
    NetworkSpec,
    PerformerSpec,
    SourceSpec,
)

Opener = Callable[[], EventSource]

# As much lower as a process may put itself: what plays goes first.
_GENTLE = 19


def load_opener(spec: SourceSpec) -> Opener:
    """Import and compile what ``spec`` needs, which may take seconds; return what then opens it.

    The opener raises SourceError.
    """
    match spec:
        case FileSpec():
            return _file_opener(spec)
        case NetworkSpec():
            from app.sources.devices.network import open_network

            return lambda: open_network(spec)
        case CameraSpec():
            from app.sources.devices.camera import open_camera

            return lambda: open_camera(spec)
        case PerformerSpec():
            from app.sources.devices.performer import PerformerSource
            from models.data.performer import get_ready, stream_acts

            get_ready()
            return lambda: PerformerSource(spec, stream_acts)


def load_gently(spec: SourceSpec) -> Opener:
    """The same in a process that takes the processor only when nobody else wants it."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_GENTLE)
    return load_opener(spec)


def open_source(spec: SourceSpec) -> EventSource:
    """Open a source in this very process, unguarded against what dv-processing may do.

    Raises:
        SourceError: it cannot be opened.
    """
    return load_opener(spec)()


def _file_opener(spec: FileSpec) -> Opener:
    from app.sources.formats.files import open_file

    return lambda: open_file(spec)
