"""The eleven classes of DVS128 Gesture in the data set's order, and their mirror images."""

from __future__ import annotations

from dataclasses import dataclass

CLASSES: tuple[str, ...] = (
    "hand_clapping",
    "right_hand_wave",
    "left_hand_wave",
    "right_arm_clockwise",
    "right_arm_counter_clockwise",
    "left_arm_clockwise",
    "left_arm_counter_clockwise",
    "arm_roll",
    "air_drums",
    "air_guitar",
    "other_gestures",
)

# Labels of time that shows no gesture, and of time in which no answer is right or wrong: the arms
# are on their way to a gesture or back from one.
NO_GESTURE, ON_THE_WAY = -1, -2

# How the performer is shown: framed as in the data set, any person, place and light, or hands close
# by.
SETTINGS: tuple[str, ...] = ("ordinary", "wild", "hand")

# Left and right change places and every turn changes its sense; air guitar is played by
# right-handed and left-handed people alike, so it stays what it is.
MIRRORED: tuple[int, ...] = (0, 2, 1, 6, 5, 4, 3, 7, 8, 9, 10)


def class_index(name: str) -> int:
    """The index of a class, spelled with underscores, hyphens or spaces, in any case.

    Raises:
        ValueError: there is no such class.
    """
    key = name.strip().lower().replace(" ", "_").replace("-", "_")
    if key not in CLASSES:
        raise ValueError(f"expected a gesture out of {', '.join(CLASSES)}, got {name!r}")
    return CLASSES.index(key)


@dataclass(frozen=True, slots=True)
class Label:
    """A gesture's name and its interval in microseconds, end exclusive."""

    gesture: str
    start_us: int
    end_us: int
