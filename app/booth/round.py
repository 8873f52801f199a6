"""A round: which gestures are asked for, one by one, and what was made of them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from app.booth.messages import Hit, Message, Miss, Round
from app.booth.rules import EASIEST_FIRST, Rules, points_for

# So many of the easiest may open a round.
OPENERS = 3
# A gesture that was being done when it was asked for counts after a break of so long.
BREAK_S = 0.3


def deal(
    gestures: Sequence[str], length: int, random: Random, after: str | None = None
) -> list[str]:
    """``length`` gestures in random order, none twice in a row, an easy one first.

    The first is not ``after`` either, as the visitor is doing that already.
    """
    by_ease = sorted(gestures, key=_difficulty)
    openers = [each for each in by_ease if each != after] or by_ease
    dealt = [random.choice(openers[:OPENERS])]
    deck = [each for each in random.sample(list(gestures), len(gestures)) if each != dealt[0]]
    while len(dealt) < length:
        if not deck:
            deck = random.sample(list(gestures), len(gestures))
        others = [each for each in deck if each != dealt[-1]]
        if not others and len(set(gestures)) > 1:
            deck = []
            continue
        chosen = (others or deck)[0]
        deck.remove(chosen)
        dealt.append(chosen)
    return dealt


def _difficulty(gesture: str) -> int:
    known = gesture in EASIEST_FIRST
    return EASIEST_FIRST.index(gesture) if known else len(EASIEST_FIRST)


class Game:
    """One round from its first gesture to its score; told of moments of the asking only.

    ``after`` is the gesture by which the visitor began it, ``after_s`` how long the last hit took.
    """

    def __init__(self, rules: Rules, random: Random, after: str | None = None) -> None:
        self._rules = rules
        self.gestures = deal(rules.gestures, rules.round_length, random, after)
        self.number = 1
        self.hits = 0
        self.points = 0
        self.after_s: float | None = None
        self._expect()

    @property
    def asked(self) -> str:
        """The gesture that is asked for."""
        return self.gestures[self.number - 1]

    @property
    def is_over(self) -> bool:
        """Whether the gesture that is asked for is the last."""
        return self.number == len(self.gestures)

    def next(self) -> None:
        """Ask for the next gesture."""
        self.number += 1
        self.after_s = None
        self._expect()

    def _expect(self) -> None:
        self._since_s: float | None = None  # the asked gesture has been decided on since then
        self._break_s: float | None = None  # or has not been done since then
        self.counts = False  # once it has not been done for a while

    def hears(self, gesture: str | None, now_s: float) -> float:
        """What is decided on now: how much of the time that it must hold is over, 0..1.

        What was being done already when it was asked for does not count until it has stopped.
        """
        if gesture != self.asked:
            self._since_s = None
            self._break_s = now_s if self._break_s is None else self._break_s
            self.counts = self.counts or now_s - self._break_s >= BREAK_S
            return 0.0
        self._break_s = None
        if not self.counts:
            return 0.0
        if self._since_s is None:
            self._since_s = now_s
        return min((now_s - self._since_s) / self._rules.hold_s, 1.0)

    def hit(self, after_s: float) -> Hit:
        """The gesture was made."""
        self.hits += 1
        self.points += points_for(after_s, self._rules.ask_s)
        self.after_s = after_s
        return Hit(self.asked, round(1000 * after_s))

    def miss(self) -> Miss:
        """It was not made in time."""
        return Miss(self.asked)

    def result(self) -> Message:
        """What the round came to."""
        return Round(self.hits, len(self.gestures), self.points)
