"""What was measured: rows of a table, curves of a chart, and what could not be measured.

They travel from the measuring process to the command as one JSON object a line.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: its median, least and most over ``repeats``; a ``target`` in words is ``held``
    or not, and ``held`` is none where nothing is asked for."""

    topic: str
    name: str
    unit: str
    median: float
    low: float
    high: float
    repeats: int
    target: str | None = None
    held: bool | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that is not here to be measured, and why."""

    topic: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Medians ``ms`` a tick over ``xs``, with the least and the most; ``chart`` is what varies."""

    chart: str
    name: str
    xs: tuple[float, ...]
    ms: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


Finding = Row | Skipped | Curve
KINDS: dict[str, Any] = {"row": Row, "skipped": Skipped, "curve": Curve}


def measured(
    topic: str,
    name: str,
    unit: str,
    values: Sequence[float],
    *,
    at_most: float | None = None,
    at_least: float | None = None,
    note: str | None = None,
) -> Row:
    """A row of one value per repeat, at least one, and what the median is asked to be."""
    middle = statistics.median(values)
    target = held = None
    if at_most is not None:
        target, held = f"at most {at_most:g}", middle <= at_most
    elif at_least is not None:
        target, held = f"at least {at_least:g}", middle >= at_least
    return Row(topic, name, unit, middle, min(values), max(values), len(values), target, held, note)


def to_line(finding: Finding) -> str:
    """One JSON object."""
    kind = next(name for name, type_ in KINDS.items() if isinstance(finding, type_))
    return json.dumps({"kind": kind, **asdict(finding)})


def from_line(line: str) -> Finding:
    """What ``to_line`` wrote.

    Raises:
        ValueError: it is something else.
    """
    fields = json.loads(line)
    if not isinstance(fields, dict) or fields.get("kind") not in KINDS:
        raise ValueError(f"expected a finding, got {line!r}")
    kind = KINDS[fields.pop("kind")]
    plain = {name: tuple(v) if isinstance(v, list) else v for name, v in fields.items()}
    found: Finding = kind(**plain)
    return found
