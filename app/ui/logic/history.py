"""Every decision of one system, kept by sensor time to the millisecond."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from app.recognition.decision import Recognition

MS_US = 1_000
PAGE_MS = 1_000
# An hour; of more, what was decided first is forgotten.
MOST_PAGES = 3_600
UNKNOWN, NOTHING = -2, -1  # nobody has been there; nothing was decided


def _unknown() -> np.ndarray:
    return np.full(PAGE_MS, UNKNOWN, np.int16)


@dataclass(slots=True)
class _Page:
    gestures: np.ndarray = field(default_factory=_unknown)
    winners: np.ndarray = field(default_factory=_unknown)
    shares: np.ndarray = field(default_factory=lambda: np.zeros(PAGE_MS))


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: ``t_us`` is the exclusive end of its millisecond, ``gesture`` none if none."""

    t_us: int
    gesture: int | None
    share: float


class DecisionHistory:
    """What was decided last at each millisecond, in bounded memory.

    A recording that is played again is written over where it was decided anew; the warm-up after a
    loop or a seek decides nothing and takes nothing away.
    """

    def __init__(self) -> None:
        self._pages: dict[int, _Page] = {}

    def __bool__(self) -> bool:
        return bool(self._pages)

    def clear(self) -> None:
        """Forget everything; another source begins."""
        self._pages.clear()

    def add(self, recognitions: Iterable[Recognition]) -> None:
        """Write down decisions, one a tick; of several in a millisecond the last stays."""
        for each in recognitions:
            if each.warming_up:
                continue
            number, place = divmod((each.t_us - 1) // MS_US, PAGE_MS)
            page = self._pages.get(number) or self._new_page(number)
            page.gestures[place] = NOTHING if each.gesture is None else each.gesture
            page.winners[place] = NOTHING if each.winner is None else each.winner
            page.shares[place] = each.share

    def _new_page(self, number: int) -> _Page:
        if len(self._pages) >= MOST_PAGES:
            del self._pages[next(iter(self._pages))]
        return self._pages.setdefault(number, _Page())

    def gestures_at(self, times_ms: np.ndarray) -> np.ndarray:
        """(N,) int16 what was decided in the milliseconds (N,) int64, or ``UNKNOWN``."""
        found = np.full(len(times_ms), UNKNOWN, np.int16)
        numbers = times_ms // PAGE_MS
        for number in np.unique(numbers).tolist():
            page = self._pages.get(number)
            if page is not None:
                here = numbers == number
                found[here] = page.gestures[times_ms[here] % PAGE_MS]
        return found

    def winners_before(self, t_us: int, count: int) -> np.ndarray:
        """(count,) int16 who won each millisecond until ``t_us``, oldest first, or ``UNKNOWN``."""
        end = -(-t_us // MS_US)
        found = np.full(count, UNKNOWN, np.int16)
        for place, time_ms in enumerate(range(end - count, end)):
            page = self._pages.get(time_ms // PAGE_MS)
            if page is not None:
                found[place] = page.winners[time_ms % PAGE_MS]
        return found

    def at(self, t_us: int) -> Decided | None:
        """The decision of the millisecond in which ``t_us`` lies, none if there was none."""
        number, place = divmod(t_us // MS_US, PAGE_MS)
        page = self._pages.get(number)
        if page is None or page.gestures[place] == UNKNOWN:
            return None
        return _decided(page, number, place)

    def sampled(self, every_us: int) -> Iterator[Decided]:
        """The first known decision of every ``every_us`` of sensor time, in order of time."""
        last_period: int | None = None
        for number in sorted(self._pages):
            page = self._pages[number]
            for place in np.flatnonzero(page.gestures != UNKNOWN).tolist():
                decided = _decided(page, number, place)
                period = decided.t_us // every_us
                if period != last_period:
                    last_period = period
                    yield decided


def _decided(page: _Page, number: int, place: int) -> Decided:
    gesture = int(page.gestures[place])
    t_us = (number * PAGE_MS + place + 1) * MS_US
    return Decided(t_us, None if gesture == NOTHING else gesture, float(page.shares[place]))
