"""The truth beside a recording: ``class,startTime_usec,endTime_usec``, classes 1..11."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from models.data.dvs_gesture.findings import DataSetError
from models.data.gestures import CLASSES, Label, class_index

LABELS_HEADER = ("class", "startTime_usec", "endTime_usec")
# Each person of the data set rolls the arms twice, once in either sense.
USUAL_TIMES = {CLASSES.index("arm_roll"): 2}


@dataclass(frozen=True, slots=True)
class GestureLabel:
    """An index into ``CLASSES`` and its interval in sensor microseconds, end exclusive."""

    gesture: int
    start_us: int
    end_us: int


def as_gesture_labels(performed: Iterable[Label]) -> list[GestureLabel]:
    """The truth of a synthetic performance with its classes as numbers.

    Raises:
        ValueError: a gesture is not one of the classes.
    """
    return [GestureLabel(class_index(la.gesture), la.start_us, la.end_us) for la in performed]


def write_labels(path: Path, labels: Iterable[GestureLabel]) -> None:
    """Write labels in the data set's own layout.

    Raises:
        OSError: the file cannot be written.
    """
    with path.open("w", newline="", encoding="ascii") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(LABELS_HEADER)
        writer.writerows((label.gesture + 1, label.start_us, label.end_us) for label in labels)


def read_labels(path: Path, *, may_be_empty: bool = False) -> list[GestureLabel]:
    """The labels of a file as they stand there.

    Raises:
        DataSetError: the file is missing, not in the layout, says what cannot be, or names no
            gesture, which ``may_be_empty`` allows.
    """
    rows = read_rows(path)
    if not rows or tuple(rows[0]) != LABELS_HEADER:
        raise DataSetError(path.name, f"does not begin with {','.join(LABELS_HEADER)}")
    if len(rows) == 1 and not may_be_empty:
        raise DataSetError(path.name, "names no gesture")
    return [_label(path.name, number, row) for number, row in enumerate(rows[1:], 1)]


def read_rows(path: Path) -> list[list[str]]:
    """The rows of a table that are not empty, whatever spreadsheets do to it.

    They put a mark of the encoding before it, spaces, semicolons or tabs between the columns, and
    empty rows behind it.

    Raises:
        DataSetError: the file is missing or not a table.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataSetError(path.name, f"cannot be read ({reason})") from error
    lines = _text(data).splitlines()
    try:
        table = csv.reader(lines, delimiter=_delimiter(lines), skipinitialspace=True)
        rows = [[field.strip() for field in row] for row in table]
    except csv.Error as error:
        raise DataSetError(path.name, f"is not a table ({error})") from error
    return [row for row in rows if any(row)]


def _text(data: bytes) -> str:
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if is_wide else "utf-8-sig", errors="replace")


def _delimiter(lines: Sequence[str]) -> str:
    """What stands between the columns of the first line that is not empty."""
    first = next((line for line in lines if line.strip()), "")
    return max(",;\t", key=first.count)


def _label(name: str, number: int, row: list[str]) -> GestureLabel:
    if len(row) != 3 or not all(field.isascii() and field.isdecimal() for field in row):
        raise DataSetError(name, f"does not have three whole numbers in row {number}")
    gesture, start_us, end_us = map(int, row)
    if not 1 <= gesture <= len(CLASSES):
        raise DataSetError(
            name, f"has class {gesture} in row {number}, where 1..{len(CLASSES)} was expected"
        )
    if start_us >= end_us:
        raise DataSetError(name, f"has a gesture in row {number} that ends before it starts")
    return GestureLabel(gesture - 1, start_us, end_us)


def settle_labels(labels: Sequence[GestureLabel]) -> tuple[list[GestureLabel], list[str]]:
    """Labels in order of time that do not overlap, and what had to be done or is unusual.

    A gesture that ends after the next one starts is cut there: in the data set as shipped,
    class 9 of user22_led does so.

    Raises:
        ValueError: two gestures start at the same time.
    """
    ordered = sorted(labels, key=lambda label: label.start_us)
    notes = [] if ordered == list(labels) else ["has rows out of order, which were sorted"]
    settled = []
    for number, (label, following) in enumerate(pairwise(ordered), 1):
        if following.start_us == label.start_us:
            raise ValueError(f"gestures {number} and {number + 1} start at the same time")
        if label.end_us > following.start_us:
            notes.append(
                f"ends gesture {number} (class {label.gesture + 1}) at {label.end_us}, after the "
                f"next one starts; it was cut at {following.start_us}"
            )
            label = replace(label, end_us=following.start_us)
        settled.append(label)
    return [*settled, *ordered[-1:]], notes + _unusual(ordered)


def _unusual(labels: list[GestureLabel]) -> list[str]:
    """Classes that are missing, or come more often than they do elsewhere."""
    times = Counter(label.gesture for label in labels)
    often = [g + 1 for g, n in sorted(times.items()) if n > USUAL_TIMES.get(g, 1)]
    missing = [g + 1 for g in range(len(CLASSES)) if g not in times]
    notes = []
    if often:
        classes = ", ".join(map(str, often))
        notes.append(f"repeats class {classes}; clips are told apart by row")
    if missing:
        notes.append(f"lacks class {', '.join(map(str, missing))}")
    return notes
