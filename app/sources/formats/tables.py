"""Finds tables of t, x, y and p among arrays that have names, as an archive or HDF5 holds them.

Three shapes are in use: records with fields, four arrays of one length side by side, and one array
of four columns, whose order is told by the numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from app.events import Resolution
from app.sources.contract import SourceError
from app.sources.formats.columns import Table, TableFile
from app.sources.formats.streams import Stream, chosen_stream
from app.sources.printable import printable

_NAMES = {
    "t": ("t", "ts", "time", "times", "timestamp", "timestamps"),
    "x": ("x", "xs"),
    "y": ("y", "ys"),
    "p": ("p", "ps", "pol", "polarity", "polarities"),
}
_COLUMNS = 4
_SAMPLED_ROWS = 4096
_SHOWN_NAMES = 5
# A few numbers may be damaged.
_MOST = 0.99


class Array(Protocol):
    """An array or what can be sliced like one, a data set of HDF5."""

    @property
    def dtype(self) -> np.dtype: ...

    @property
    def shape(self) -> tuple[int, ...]: ...

    def __getitem__(self, rows: Any, /) -> np.ndarray: ...


@dataclass
class RecordTable:
    """Records with fields; ``fields`` are their names for t, x, y and p."""

    records: Array
    fields: Mapping[str, str]
    note: str | None = None

    def __post_init__(self) -> None:
        self.rows = self.records.shape[0]
        self.bytes_a_row = self.records.dtype.itemsize

    def read(self, start: int, stop: int) -> dict[str, np.ndarray]:
        rows = self.records[start:stop]
        return {name: rows[field] for name, field in self.fields.items()}


@dataclass
class SeparateTable:
    """Four arrays of one length."""

    arrays: Mapping[str, Array]
    note: str | None = None

    def __post_init__(self) -> None:
        self.rows = self.arrays["t"].shape[0]
        self.bytes_a_row = sum(array.dtype.itemsize for array in self.arrays.values())

    def read(self, start: int, stop: int) -> dict[str, np.ndarray]:
        return {name: array[start:stop] for name, array in self.arrays.items()}


@dataclass
class PlainTable:
    """One array (N, 4); ``order`` says which column is which, such as ``"xypt"``."""

    array: Array
    order: str

    def __post_init__(self) -> None:
        self.rows = self.array.shape[0]
        self.bytes_a_row = _COLUMNS * self.array.dtype.itemsize
        self.note: str | None = f"its columns are taken as {', '.join(self.order)}"

    def read(self, start: int, stop: int) -> dict[str, np.ndarray]:
        rows = self.array[start:stop]
        return {name: rows[:, column] for column, name in enumerate(self.order)}


def tables_in(arrays: Mapping[str, Array]) -> Iterator[tuple[str, Table]]:
    """The tables among arrays by path, such as ``events/x``, each with the path where it lies,
    which is empty for arrays without one."""
    beside: dict[str, dict[str, Array]] = defaultdict(dict)
    for path, array in arrays.items():
        place, _, name = path.rpartition("/")
        beside[place][name.lower()] = array
        table = _table_of(array)
        if table is not None:
            yield path, table
    for place, named in beside.items():
        table = _side_by_side(named)
        if table is not None:
            yield place, table


def open_tables(
    name: str, arrays: Mapping[str, Array], stream: str | None, size: Resolution | None
) -> TableFile:
    """The table called ``stream``, or the first that has rows, as a recording ``name``.

    Raises:
        SourceError: there is none, or it cannot be read.
    """
    tables = [(printable(path) or "events", table) for path, table in tables_in(arrays)]
    if not tables:
        shown = ", ".join(map(printable, sorted(arrays)[:_SHOWN_NAMES])) or "nothing"
        raise SourceError(f"expected arrays of t, x, y and p in {name}, found {shown}")
    streams = [
        Stream(number, path, "", table.rows > 0) for number, (path, table) in enumerate(tables)
    ]
    choice = chosen_stream(name, streams, stream)
    file = TableFile(name, tables[choice.number][1], size, choice.note)
    if len(tables) > 1:
        file.streams, file.stream = choice.names, choice.name
    return file


def _table_of(array: Array) -> Table | None:
    if array.dtype.names is not None and len(array.shape) == 1:
        fields = _meant({name.lower(): name for name in array.dtype.names})
        is_ours = fields is not None and all(
            array.dtype[name].kind in "biuf" for name in fields.values()
        )
        return RecordTable(array, fields) if fields is not None and is_ours else None
    if array.shape[1:] == (_COLUMNS,) and array.dtype.kind in "iuf":
        order = _order(array)
        return PlainTable(array, order) if order else None
    return None


def _side_by_side(named: Mapping[str, Array]) -> Table | None:
    columns = _meant(named)
    if columns is None or any(array.dtype.kind not in "biuf" for array in columns.values()):
        return None
    shapes = {array.shape for array in columns.values()}
    if len(shapes) != 1 or len(next(iter(shapes))) != 1:
        return None
    return SeparateTable(columns)


def _meant(named: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is named as t, x, y and p are, or none if one is missing."""
    found = {
        column: next((named[name] for name in names if name in named), None)
        for column, names in _NAMES.items()
    }
    return None if any(each is None for each in found.values()) else found


def _order(array: Array) -> str | None:
    """Which columns of (N, 4) are t, x, y and p, by a sample, or none if it cannot be told.

    Polarity has but two values, time never falls, and x stands before y.
    """
    half = array.shape[0] // 2
    try:
        head, middle = array[:_SAMPLED_ROWS], array[half : half + _SAMPLED_ROWS]
    except OSError:
        return None
    columns = range(_COLUMNS)
    two = [_mostly(np.isin(np.append(head[:, c], middle[:, c]), (-1, 0, 1))) for c in columns]
    growing = [
        _mostly(np.append(np.diff(head[:, c]) >= 0, np.diff(middle[:, c]) >= 0)) for c in columns
    ]
    # In the usual orders one of these is first, and the other or both are last.
    time = next((c for c in (0, 3, 2, 1) if growing[c] and not two[c]), None)
    sign = next((c for c in (3, 2, 1, 0) if two[c] and c != time), None)
    if time is None or sign is None:
        return None
    order = dict.fromkeys(columns, "")
    order[time], order[sign] = "t", "p"
    order.update(zip((c for c in columns if not order[c]), "xy", strict=True))
    return "".join(order.values())


def _mostly(are_so: np.ndarray) -> bool:
    return are_so.size == 0 or float(are_so.mean()) >= _MOST
