"""A decision as a record: what ``recognize --json`` prints and the window exports."""

from __future__ import annotations

from typing import TypedDict


class DecisionRecord(TypedDict):
    """``gesture`` is a class id or none; ``share`` is rounded to four digits."""

    t_us: int
    gesture: str | None
    share: float


FIELDS = tuple(DecisionRecord.__annotations__)


def decision_record(t_us: int, gesture: str | None, share: float) -> DecisionRecord:
    """The record of a decision at the exclusive end ``t_us`` of its tick."""
    return DecisionRecord(t_us=t_us, gesture=gesture, share=round(share, 4))
