"""Something that takes seconds, learnt in a thread of its own while the stream runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from app.pipeline.faults import fault_of

Result = TypeVar("Result")
Advance = Callable[[float], None]


class Lesson(Generic[Result]):
    """Does ``work``, which says its share from 0 to 1; then there is a ``result`` or a ``failure``
    in one sentence. Nobody need wait for it: the program may end meanwhile."""

    def __init__(self, work: Callable[[Advance], Result]) -> None:
        self._work = work
        self.share = 0.0
        self.result: Result | None = None
        self.failure: str | None = None
        self._thread = threading.Thread(target=self._run, name="lesson", daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        return not self._thread.is_alive()

    def _advance(self, share: float) -> None:
        self.share = share

    def _run(self) -> None:
        try:
            self.result = self._work(self._advance)
        except Exception as error:  # noqa: BLE001 - a thread must tell, whatever it is
            self.failure = fault_of(error, "learning").sentence
