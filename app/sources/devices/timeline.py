"""One growing time over a source whose clock begins anew."""

from __future__ import annotations

import numpy as np

from app.events import EventBatch
from app.sources.contract import SourceError
from app.sources.formats.clock import LAST_US


class Timeline:
    """Lets sensor time go on where a source is repeated or opened again."""

    def __init__(self) -> None:
        self._shift_us = 0
        self._newest_us: int | None = None

    def straighten(self, batch: EventBatch) -> np.ndarray:
        """The batch's events, none before the last of the previous batch.

        Raises:
            SourceError: its clock has begun anew so often, and so far off, that time runs out.
        """
        events = batch.events
        if not events.size:
            return events
        first_us = int(events["t"][0]) + self._shift_us
        if self._newest_us is not None and first_us < self._newest_us:
            self._shift_us += self._newest_us + max(batch.gap_us, 1) - first_us
        if int(events["t"][-1]) + self._shift_us > 2 * LAST_US:
            raise SourceError("the source sets its clock back again and again, by ages")
        if self._shift_us:
            events = events.copy()
            events["t"] += self._shift_us
        self._newest_us = int(events["t"][-1])
        return events
