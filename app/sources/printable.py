"""Names that strangers gave, as they stand in sentences and lists."""

from __future__ import annotations

LONGEST = 64


def printable(text: str) -> str:
    """What of a text can be read: no control characters, and no more than a name needs."""
    return "".join(letter for letter in text[: 16 * LONGEST] if letter.isprintable())[:LONGEST]
