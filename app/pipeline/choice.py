"""Which systems shall recognise: wished for by the screen, corrected where one cannot be used."""

from __future__ import annotations

import threading

from app.pipeline.systems import System, Systems


class Choice:
    """One system, or two that see the same stream; shared by all runs of a pipeline.

    Args:
        systems: whom to begin with.
        fallback: stands in when the first cannot be used and nothing else recognises yet.

    Raises:
        ValueError: these are not one or two different systems.
    """

    def __init__(self, systems: Systems, fallback: System | None = None) -> None:
        self.fallback = fallback
        self._lock = threading.Lock()
        self._wanted: Systems = ()
        self._refusal: str | None = None
        self.make(systems)

    def make(self, systems: Systems) -> None:
        """Wish for ``systems``, the leading one first; what was refused before is forgotten.

        Raises:
            ValueError: these are not one or two different systems.
        """
        if not 1 <= len(systems) <= 2 or len(set(systems)) != len(systems):
            raise ValueError(f"expected one or two different systems, got {systems}")
        with self._lock:
            self._wanted, self._refusal = systems, None

    def refuse(self, refused: Systems, instead: Systems, sentence: str) -> None:
        """Put ``instead`` in the place of ``refused``, unless the wish has changed already."""
        with self._lock:
            if self._wanted == refused:
                self._wanted, self._refusal = instead, sentence

    @property
    def state(self) -> tuple[Systems, str | None]:
        """What is wanted now, and why it is not what was wished for last, if it is not."""
        with self._lock:
            return self._wanted, self._refusal

    @property
    def wanted(self) -> Systems:
        return self.state[0]
