"""HDF5: tables of t, x, y and p wherever they lie in the file, as Tonic, DSEC, MVSEC, E2VID and
others write them.

``h5py`` comes with ``nir``. Links into other files are not followed.
"""

from __future__ import annotations

import importlib
import os
from contextlib import ExitStack
from pathlib import Path

import h5py

from app.events import Resolution
from app.sources.contract import SourceError
from app.sources.formats.columns import TableFile
from app.sources.formats.tables import Array, open_tables

# Chunks that have been unpacked, for each array; larger ones are unpacked again for each block.
_CACHE_BYTES = 1 << 25
_PROPHESEE_FILTER = 36559


def open_hdf5(path: Path, stream: str | None, size: Resolution | None) -> TableFile:
    """A recording in an HDF5 file.

    Raises:
        SourceError: the file cannot be read, is packed in a way that is not installed, or holds
            no events.
    """
    with ExitStack() as opened:
        try:
            file = h5py.File(os.fspath(path), "r", locking=False, rdcc_nbytes=_CACHE_BYTES)
            opened.enter_context(file)
            tables = open_tables(path.name, _readable(file, path.name), stream, size)
        except (OSError, RuntimeError, KeyError, TypeError, ValueError) as error:
            # h5py raises all of these at what is damaged.
            reason = str(error).split(" (")[0]
            raise SourceError(f"the recording {path.name} is damaged: {reason}") from error
        tables.release = opened.pop_all().close
        return tables


def _readable(file: h5py.File, name: str) -> dict[str, Array]:
    """The file's arrays by path.

    Raises:
        SourceError: there are none but such as are packed in a way that is not installed.
    """
    arrays: dict[str, Array] = {}
    missing: set[int] = set()

    def add(path: str, item: h5py.Dataset | h5py.Group) -> None:
        if not isinstance(item, h5py.Dataset) or not item.shape:
            return
        if item.is_virtual or item.external:
            return
        filters = _missing_filters(item)
        missing.update(filters)
        if not filters:
            arrays[path] = item

    file.visititems(add)
    if missing and not arrays:
        raise SourceError(_packed(name, min(missing)))
    return arrays


def _missing_filters(data: h5py.Dataset) -> set[int]:
    """The numbers of the filters that the data need and that are not there."""
    plist = data.id.get_create_plist()
    needed = {plist.get_filter(each)[0] for each in range(plist.get_nfilters())}
    missing = {each for each in needed if not h5py.h5z.filter_avail(each)}
    if missing:
        try:
            importlib.import_module("hdf5plugin")  # registers its filters
        except ImportError:
            return missing
    return {each for each in missing if not h5py.h5z.filter_avail(each)}


def _packed(name: str, number: int) -> str:
    if number == _PROPHESEE_FILTER:
        return (
            f"the recording {name} is packed with Prophesee's own codec, which is not read here: "
            "convert it to RAW or DAT with Metavision"
        )
    return (
        f"the recording {name} is packed with HDF5 filter {number}, which is not installed: "
        "pip install hdf5plugin"
    )
