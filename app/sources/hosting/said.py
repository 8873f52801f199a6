"""What is said about a source whose child is slow, or lost."""

from __future__ import annotations

from app.sources.contract import SourceInfo
from app.sources.place import Place


def waits_for(name: str, place: Place | None) -> str:
    """What a source that is slow is waiting for; only a recording has a ``place``."""
    if place is not None:
        return f"{name} is slow: waiting for its drive"
    return f"{name} is slow: waiting until it is set up"


def lost(name: str, info: SourceInfo, place: Place | None, what: str) -> str:
    """``what`` has happened to the reader of a source, and where or what follows."""
    if place is None:
        return f"{name} is opened anew: {what}"
    place_s = (place.t_us - (info.start_us or 0)) / 1e6
    return f"{name} cannot be read near {max(place_s, 0):.2f} s: {what}"
