"""What was left out of a recording because it could not be read."""

from __future__ import annotations

from collections.abc import Iterable


class Damage:
    """Counts each damaged place once, however often it is played."""

    def __init__(self) -> None:
        self._rows: set[int] = set()
        self._places = 0
        self._bytes = 0
        self._missing_us = 0

    def knows(self, row: int) -> bool:
        return row in self._rows

    def add(self, rows: Iterable[int], size: int, missing_us: int | None) -> None:
        """One place: its packets, their bytes, and the time missing, none where nobody can tell."""
        self._rows.update(rows)
        self._places += 1
        self._bytes += size
        self._missing_us += max(missing_us or 0, 0)

    def note(self) -> str | None:
        """Everything in words, or none."""
        if not self._places:
            return None
        return (
            f"damaged places skipped: {self._places} ({self._bytes:,} bytes and "
            f"{self._missing_us / 1e6:.3f} s are missing)"
        )
