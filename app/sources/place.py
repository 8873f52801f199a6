"""How far a recording has been handed on, to the event, so that another reader can go on there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.events import EventBatch

_LAST_FEW = 64


class Place:
    """``t_us`` is the time of the newest event that was handed on, or what was sought since.

    Of the events of that very time ``_told`` have been handed on already, and after a new start
    ``_again`` come once more.
    """

    def __init__(self, t_us: int) -> None:
        self.t_us = t_us
        self._is_sought = False  # and nothing has been handed on from there
        self._told = self._again = 0
        self._resumes = False  # a new reader has not given any events yet
        self._has_failed = False  # a reader has been lost here

    def seek(self, t_us: int) -> None:
        """The recording goes on at another place."""
        self.t_us, self._is_sought = t_us, True
        self._told = self._again = 0
        self._resumes = self._has_failed = False

    def lose(self) -> bool:
        """A reader is lost here; false if it is the second one since anything was handed on."""
        is_first, self._has_failed = not self._has_failed, True
        self._again, self._resumes = self._told, True
        return is_first

    def advance(self, batch: EventBatch) -> EventBatch:
        """What of a batch is to be handed on: what has been already is left out."""
        if self._resumes and not self._is_sought:
            # For whoever listens, nothing has happened.
            batch = replace(batch, events=self._untold(batch.events), restarted=False)
        if batch.events.size:
            self._resumes = self._has_failed = self._is_sought = False
            self._count(batch.events["t"])
        return batch

    def _untold(self, events: np.ndarray) -> np.ndarray:
        before = int(np.searchsorted(events["t"], self.t_us, side="left"))
        told = int(np.searchsorted(events["t"], self.t_us, side="right")) - before
        told = min(self._again, told)
        self._again -= told
        return events[before + told :]

    def _count(self, times: np.ndarray) -> None:
        last_us = int(times[-1])
        ending = times[-_LAST_FEW:] if times[-_LAST_FEW:][0] < last_us else times
        same = ending.size - int(np.searchsorted(ending, last_us))
        goes_on = same == times.size and last_us == self.t_us
        self._told = same + (self._told if goes_on else 0)
        self.t_us = last_us
