"""From a specification to the source itself. Runs inside the child process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.sources.contract import (
    CameraSpec,
    EventSource,
    FileSpec,
    NetworkSpec,
    PerformerSpec,
    SourceSpec,
)

Opener = Callable[[], EventSource]


def load_opener(spec: SourceSpec) -> Opener:
    """Import and compile what ``spec`` needs, which may take seconds; return what then opens it.

    The opener raises SourceError.
    """
    match spec:
        case FileSpec():
            return _file_opener(spec)
        case NetworkSpec():
            from app.sources.network import open_network

            return lambda: open_network(spec)
        case CameraSpec():
            from app.sources.camera import open_camera

            return lambda: open_camera(spec)
        case PerformerSpec():
            from app.sources.performer import PerformerSource
            from models.data.performer import get_ready, stream_acts

            get_ready()
            return lambda: PerformerSource(spec, stream_acts)


def open_source(spec: SourceSpec) -> EventSource:
    """Open a source in this very process, unguarded against what dv-processing may do.

    Raises:
        SourceError: it cannot be opened.
    """
    return load_opener(spec)()


def _file_opener(spec: FileSpec) -> Opener:
    from app.sources.aedat2 import Aedat2File
    from app.sources.aedat3 import Aedat3File
    from app.sources.aedat4 import Aedat4File
    from app.sources.blocks import BlockFile, BlockReader
    from app.sources.recording import RecordingSource
    from app.sources.sensors import parse_sensor
    from app.sources.sniff import aedat_version

    def open_file() -> EventSource:
        path = Path(spec.path)
        version = aedat_version(path)
        sensor = None if spec.sensor is None else parse_sensor(spec.sensor)
        size = sensor.size if sensor else None
        file: BlockFile
        if version == "4.0":
            file = Aedat4File(path, spec.stream, size)
        elif version == "2.0":
            on_is_zero = spec.aedat2_on_is_zero
            file = Aedat2File(path, on_is_zero=on_is_zero, stream=spec.stream, sensor=sensor)
        else:
            file = Aedat3File(path, version, spec.stream, size)
        return RecordingSource(path.name, BlockReader(file))

    return open_file
