"""Who may leave the booth: tries of the PIN are counted, and five wrong ones lock for a minute."""

from __future__ import annotations

import enum
import json
import time
from collections.abc import Callable
from pathlib import Path

from app.booth.pin import is_hash, matches
from models.atomic import replacing

MOST_WRONG = 5
LOCKED_S = 60.0


class Answer(enum.Enum):
    """What the gate says to a PIN."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


class PinGate:
    """Compares PINs with the ``stored`` hash; none lets everybody through.

    Wrong tries are remembered in ``state_path``, so that a restart does not unlock; where that
    cannot be written they are remembered in memory alone. ``wall_clock`` gives seconds that go on
    across restarts.
    """

    def __init__(
        self,
        stored: str | None,
        state_path: Path | None = None,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._stored = stored
        self._path = state_path
        self._clock = wall_clock
        self._wrong, self._locked_until_s = self._remembered()

    @property
    def is_open(self) -> bool:
        """Whether no PIN is set."""
        return self._stored is None

    @property
    def is_stuck(self) -> bool:
        """Whether a PIN is set that nobody can know, as it is no hash of one."""
        return self._stored is not None and not is_hash(self._stored)

    @property
    def locked_s(self) -> float:
        """How long it stays locked; 0 if it is not."""
        left_s = self._locked_until_s - self._clock()
        if left_s > LOCKED_S:  # the wall clock was set back
            self._locked_until_s = self._clock() + LOCKED_S
            left_s = LOCKED_S
        return max(left_s, 0.0)

    def answer(self, pin: str) -> Answer:
        """Try ``pin``; while it is locked, tries are not even compared."""
        if self.locked_s > 0:
            return Answer.LOCKED
        if self._stored is None or matches(pin, self._stored):
            self._remember(0, 0.0)
            return Answer.RIGHT
        if self._wrong + 1 < MOST_WRONG:
            self._remember(self._wrong + 1, 0.0)
            return Answer.WRONG
        self._remember(0, self._clock() + LOCKED_S)
        return Answer.LOCKED

    def _remembered(self) -> tuple[int, float]:
        if self._path is None:
            return 0, 0.0
        try:
            state = json.loads(self._path.read_text(encoding="utf-8"))
            return min(max(int(state["wrong"]), 0), MOST_WRONG - 1), float(state["locked_until_s"])
        except (OSError, ValueError, KeyError, TypeError, OverflowError):
            return 0, 0.0  # none yet, or damaged

    def _remember(self, wrong: int, locked_until_s: float) -> None:
        if (wrong, locked_until_s) == (self._wrong, self._locked_until_s):
            return
        self._wrong, self._locked_until_s = wrong, locked_until_s
        if self._path is None:
            return
        text = json.dumps({"wrong": wrong, "locked_until_s": locked_until_s})
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self._path) as partial:
                partial.write_text(text, encoding="utf-8")
        except OSError:
            self._path = None  # disk full or read-only: from here on in memory
