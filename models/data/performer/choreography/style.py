"""A person's own way of moving: habits that stay, and what differs from one time to the next.

Distances are fractions of the arm's reach unless said otherwise, so children and tall people
perform alike. Everything is drawn for an arm whose x counts outward, so that what the left hand
does is what the right hand does, mirrored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from models.data.performer.body import LEFT, RIGHT, Body
from models.data.performer.skeleton import ArmPose

Path = Callable[[np.ndarray], ArmPose]
Wave = Callable[[np.ndarray], np.ndarray]

# How much of a habit's spread is drawn anew each time: people repeat themselves within a tenth.
ANEW = 0.25
# Tempo (times the period) and size: textbook versions are no commoner than the others.
MANNERS = {
    "textbook": (1.0, 1.0),
    "small": (1.0, 0.6),
    "slow": (1.5, 1.0),
    "lazy": (1.3, 0.7),
    "hurried": (0.75, 0.8),
}


@dataclass(frozen=True, slots=True)
class Gesture:
    """Both arms' paths: each maps times (F,) in seconds to an ``ArmPose`` of F frames.

    ``onset_s`` is how long the arms take to get there, ``bow`` how far they swing out and forward
    on the way, as a share of it, and ``least_s`` the shortest time in which it can be told.
    """

    name: str
    right: Path
    left: Path
    onset_s: float = 0.5
    bow: float = 0.25
    least_s: float = 0.0

    def arm(self, side: int) -> Path:
        return self.right if side == RIGHT else self.left


@dataclass(frozen=True, slots=True)
class Style:
    """One rendering: ``habit`` draws the same every time for a person, ``rng`` draws anew.

    ``steps_hz`` is the person's double steps a second in walking; ``view_m`` half the picture's
    height in metres where hands alone are shown, else none. A circle that is turned outward by
    more than ``seen_to`` radians would be seen from its edge or from behind.
    """

    rng: np.random.Generator
    habit: np.random.Generator
    body: Body
    varied: bool
    steps_hz: float = 0.95
    view_m: float | None = None
    seen_to: float = 0.6
    manner: tuple[float, float] = field(init=False)

    def __post_init__(self) -> None:
        manner = MANNERS[self.choose(tuple(MANNERS))]
        object.__setattr__(self, "manner", manner)

    def uniform(self, low: float, high: float) -> float:
        """A habit between ``low`` and ``high``; repeats differ by 6 % of it."""
        return float(self.habit.uniform(low, high) * self.rng.normal(1.0, 0.06))

    def around(self, value: float, spread: float) -> float:
        """``value`` times a factor near one with a relative ``spread``, never below a fifth."""
        spread *= 1.3 if self.varied else 1.0
        habit, anew = self.habit.normal(0.0, spread), self.rng.normal(0.0, 0.08)
        return float(value * max(0.2, np.exp(habit + anew)))

    def shift(self, spread: float) -> float:
        """An offset about zero with a standard deviation of ``spread``."""
        spread *= 1.3 if self.varied else 1.0
        return float(self.habit.normal(0.0, spread) + self.rng.normal(0.0, ANEW * spread))

    def choose(self, options: Sequence[str], p: Sequence[float] | None = None) -> str:
        """The person's usual choice; one time in five another may come."""
        usual, now = self.habit.choice(len(options), p=p), self.rng.choice(len(options), p=p)
        return options[int(now if self.rng.random() < 0.2 else usual)]

    def chance(self, probability: float) -> bool:
        return self.choose(("yes", "no"), (probability, 1.0 - probability)) == "yes"

    def leader(self) -> int:
        """The hand that does more: the better one in four people of five."""
        better = LEFT if self.body.left_handed else RIGHT
        return better if self.chance(0.8) else 1 - better

    def phase(self, period_s: float) -> Wave:
        """A phase in radians that runs through 2 pi every ``period_s``, with wandering tempo."""
        start, lag = self.rng.uniform(0, 2 * np.pi, 2)
        depth, rate = self.rng.uniform(0.0, 0.12), self.rng.uniform(0.2, 0.8)
        depth *= 2 * np.pi / period_s * 0.5

        def phase(t: np.ndarray) -> np.ndarray:
            slow = 2 * np.pi * rate
            wander = depth / slow * (np.sin(slow * t + lag) - np.sin(lag))
            return start + 2 * np.pi * t / period_s + wander

        return phase

    def amplitude(self) -> Wave:
        """A factor about one that drifts over several cycles."""
        depth, rate = self.rng.uniform(0.0, 0.24), self.rng.uniform(0.15, 0.6)
        lag = self.rng.uniform(0, 2 * np.pi)
        return lambda t: 1.0 + depth * np.sin(2 * np.pi * rate * t + lag)

    def onset_s(self, typical: float = 0.62) -> float:
        """How long the arms take from where they are to the stroke, in seconds."""
        slow = 0.5 + 0.5 * self.manner[0]
        return float(np.clip(1.2 * self.around(typical, 0.42) * slow, 0.25, 1.8))

    def bow(self) -> float:
        """How far the hands swing out and forward on their way, as a share of it."""
        return float(np.clip(self.uniform(0.08, 0.33), 0.0, 0.4))
