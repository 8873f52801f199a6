"""Decisions into a file, with the fields of ``recognize --json``."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from app.recognition.record import FIELDS, DecisionRecord, decision_record
from app.ui.logic.history import Decided
from models.atomic import replacing

EVERY_US = 10_000  # as ``recognize`` does


def records(decisions: Iterable[Decided], classes: Sequence[str]) -> list[DecisionRecord]:
    """Decisions with their classes by name."""
    return [
        decision_record(
            each.t_us, None if each.gesture is None else classes[each.gesture], each.share
        )
        for each in decisions
    ]


def write_decisions(path: Path, rows: Sequence[DecisionRecord]) -> None:
    """Write CSV where the name ends so, else one JSON object a line; the file appears whole.

    Raises:
        OSError: the file cannot be written.
    """
    write = _write_csv if path.suffix.lower() == ".csv" else _write_json
    with replacing(path) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        write(file, rows)


def _write_csv(file: TextIO, rows: Sequence[DecisionRecord]) -> None:
    writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _write_json(file: TextIO, rows: Sequence[DecisionRecord]) -> None:
    file.writelines(f"{json.dumps(row)}\n" for row in rows)
