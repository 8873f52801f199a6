"""Opens a recording with the reader of its format."""

from __future__ import annotations

from pathlib import Path

from app.sources.contract import FileSpec
from app.sources.formats.aedat2 import Aedat2File
from app.sources.formats.aedat3 import Aedat3File
from app.sources.formats.aedat4 import Aedat4File
from app.sources.formats.blocks import BlockFile, BlockReader
from app.sources.formats.numpy_file import open_npy, open_npz
from app.sources.formats.prophesee_dat import DatFile
from app.sources.formats.prophesee_raw import RawFile
from app.sources.formats.recording import RecordingSource
from app.sources.formats.sensors import parse_sensor
from app.sources.formats.sniff import Format, recording_format
from app.sources.formats.streams import require_no_stream


def open_file(spec: FileSpec) -> RecordingSource:
    """Open a recording.

    Raises:
        SourceError: it cannot be opened.
    """
    path = Path(spec.path)
    file = _block_file(path, recording_format(path), spec)
    return RecordingSource(path.name, BlockReader(file))


def _block_file(path: Path, kind: Format, spec: FileSpec) -> BlockFile:
    sensor = None if spec.sensor is None else parse_sensor(spec.sensor)
    size = sensor.size if sensor else None
    match kind:
        case Format.AEDAT4:
            return Aedat4File(path, spec.stream, size)
        case Format.AEDAT30 | Format.AEDAT31:
            return Aedat3File(path, kind.version, spec.stream, size)
        case Format.AEDAT1 | Format.AEDAT2:
            return Aedat2File(
                path, kind.version, on_is_zero=spec.aedat2_on_is_zero,
                stream=spec.stream, sensor=sensor,
            )  # fmt: skip
        case Format.NPY:
            return open_npy(path, spec.stream, size)
        case Format.NPZ:
            return open_npz(path, spec.stream, size)
        case Format.HDF5:
            from app.sources.formats.hdf5_file import open_hdf5  # h5py takes its time to load

            return open_hdf5(path, spec.stream, size)
    require_no_stream(path.name, spec.stream)
    return RawFile(path, size) if kind is Format.RAW else DatFile(path, size)
