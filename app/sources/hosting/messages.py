"""What parent and child say to each other besides events."""

from __future__ import annotations

from dataclasses import dataclass

from app.sources.contract import SourceInfo


@dataclass(frozen=True, slots=True)
class Loaded:
    """Child: everything is imported, the source is being opened."""


@dataclass(frozen=True, slots=True)
class Info:
    """Child: the source is open, or what is known about it has changed."""

    info: SourceInfo


@dataclass(frozen=True, slots=True)
class Failed:
    """Child: the source cannot be opened or cannot go on."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Seek:
    """Parent: go to ``t_us``; slots filled from then on bear ``generation``."""

    generation: int
    t_us: int


ChildMessage = Loaded | Info | Failed
