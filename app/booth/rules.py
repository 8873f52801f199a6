"""How the booth is played: what it asks for, how long it waits, what counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

# The easier ones first: what everybody does without thinking opens a round.
EASIEST_FIRST = (
    "right_hand_wave", "left_hand_wave", "hand_clapping", "air_drums", "right_arm_clockwise",
    "left_arm_counter_clockwise", "right_arm_counter_clockwise", "left_arm_clockwise",
    "air_guitar", "arm_roll",
)  # fmt: skip
# How long the asked gesture has to be decided on without a break.
HOLD_S = {"easy": 0.15, "normal": 0.3, "hard": 0.6}
MOST_POINTS = 100


class Wishes(Protocol):
    """What an operator may set; the settings of the kiosk."""

    @property
    def gestures(self) -> tuple[str, ...]: ...
    @property
    def round_length(self) -> int: ...
    @property
    def difficulty(self) -> str: ...
    @property
    def ask_s(self) -> float: ...
    @property
    def still_s(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """Times in seconds. ``start_hold_s`` is how long a gesture is held to start a round,
    ``pause_s`` how long after a round no gesture starts the next one."""

    gestures: tuple[str, ...]
    round_length: int = 5
    ask_s: float = 10.0
    hold_s: float = 0.3
    still_s: float = 20.0
    start_hold_s: float = 1.0
    hit_s: float = 1.8
    missed_s: float = 1.8
    score_s: float = 8.0
    pause_s: float = 4.0
    lost_s: float = 10.0
    invite_s: float = 8.0

    def __post_init__(self) -> None:
        if not self.gestures or self.round_length < 1:
            raise ValueError(
                "expected a gesture at least and a round of one at least, got "
                f"{self.gestures} and {self.round_length}"
            )

    @classmethod
    def of(cls, wishes: Wishes) -> Rules:
        """The rules that an operator has set."""
        return cls(
            tuple(dict.fromkeys(wishes.gestures)),
            wishes.round_length,
            wishes.ask_s,
            HOLD_S[wishes.difficulty],
            wishes.still_s,
        )


def points_for(after_s: float, ask_s: float) -> int:
    """100 for a hit at once, 10 for one at the last moment."""
    left = min(max(1.0 - after_s / ask_s, 0.0), 1.0)
    return round(10 + (MOST_POINTS - 10) * left)
