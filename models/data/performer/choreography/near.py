"""Hands alone before the lens: where they are, where the forearm comes from, where they rest.

Distances are metres in body coordinates with x outward; the camera looks at ``MIDDLE``. In poses
of this kind ``elbow_hint`` points from the wrist to the elbow, which may lie anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from models.data.performer.body import LEFT, RIGHT
from models.data.performer.choreography.moves import WAITING, draw_moves
from models.data.performer.choreography.poses import (
    FIST,
    POINTING,
    Grip,
    held,
    open_grip,
    outward,
    turned_palm,
)
from models.data.performer.choreography.style import Gesture, Path, Style
from models.data.performer.skeleton import ArmPose, unit

# How far from the middle of the picture a hand's own place is, in shares of the view.
SEEN = 0.6
MIDDLE = np.array([0.0, -0.05, -0.45])


@dataclass(frozen=True, slots=True)
class Entry:
    """How an arm comes into the picture: unit vectors to the elbow and along the hand, and where.

    ``centre`` (3,) is the middle of the hand's place, metres, x outward.
    """

    elbow: np.ndarray
    along: np.ndarray
    centre: np.ndarray
    hand: float
    forearm: float

    @property
    def wrist(self) -> np.ndarray:
        """Where the wrist is when the hand's middle is at ``centre``."""
        return np.asarray(self.centre - 0.5 * self.hand * self.along)


def view(style: Style) -> float:
    """Half the picture's height in metres.

    Raises:
        ValueError: the style is not one for hands alone.
    """
    if style.view_m is None:
        raise ValueError("expected a style for hands alone, got one without view_m")
    return style.view_m


def draw_entry(style: Style, apart: float = 0.0, height: float = 0.0) -> Entry:
    """From below or from the side, never from before.

    ``apart`` (outward) and ``height`` (down) move its place, in shares of the view.
    """
    half = view(style)
    angle = 0.15 + style.shift(0.22) if style.chance(0.6) else style.uniform(0.7, 1.4)
    if apart > 0.0:
        # Two forearms do not cross, and one in the middle shows by its slant whose it is.
        angle = max(abs(angle), 0.3 - apart)
    elbow = unit(np.array([np.sin(angle), np.cos(angle), max(0.08, 0.28 + style.shift(0.22))]))
    # The wrist is not quite straight.
    along = unit(-elbow + np.array([style.shift(0.15), style.shift(0.15), style.shift(0.2)]))
    aside = np.array([apart + style.shift(0.14), height + style.shift(0.14), 0.0])
    centre = MIDDLE + half * np.clip(aside, -SEEN, SEEN) + np.array([0.0, 0.0, style.shift(0.03)])
    return Entry(elbow, along, centre, style.body.hand, style.body.forearm)


def draw_single_entry(style: Style) -> Entry:
    """Of one hand without the other: mostly on its own side, as nothing else tells whose it is."""
    return draw_entry(style, style.uniform(0.02, 0.55), style.uniform(-0.2, 0.2))


def near_pose(
    side: int, wrist: np.ndarray, elbow: np.ndarray, along: np.ndarray, grip: Grip
) -> ArmPose:
    """A pose from wrists (F, 3), directions to the elbow and along the hand; x counts outward."""
    fingers = along + 0.5 * unit(elbow)
    return held(side, wrist * outward(side), unit(elbow), fingers, grip)


def away(style: Style, side: int) -> Path:
    """The hand is out of the picture, below it or beside it."""
    entry = draw_entry(style)
    spot = entry.wrist + entry.elbow * (2.2 * view(style) + 0.12)
    grip = Grip()

    def path(t: np.ndarray) -> ArmPose:
        wrist = np.broadcast_to(spot, (len(t), 3))
        return near_pose(side, wrist, entry.elbow, entry.along, grip)

    return path


def _still(style: Style, side: int) -> Path:
    """A hand that is just there, with short moves and pauses; its fingers move a little too."""
    entry = draw_entry(style, style.uniform(0.0, 0.5), style.uniform(-0.2, 0.5))
    palm = turned_palm(style)
    grip = {
        "fist": FIST,
        "point": POINTING,
        "open": open_grip(style, palm),
        "loose": Grip(palm=palm),
    }[style.choose(("fist", "point", "open", "loose"), (0.15, 0.1, 0.4, 0.35))]
    size = float(np.exp(style.rng.uniform(np.log(0.002), np.log(0.02))))

    def spot(rng: np.random.Generator, here: np.ndarray) -> np.ndarray:
        return np.asarray(0.6 * here + size * rng.normal(0, 1, 3))

    moves, bends = (draw_moves(style.rng, spot, WAITING, 0.4) for _ in range(2))

    def path(t: np.ndarray) -> ArmPose:
        pose = near_pose(side, entry.wrist + moves(t), entry.elbow, entry.along, grip)
        return replace(pose, curl=np.clip(pose.curl + 4.0 * bends(t)[:, :1], 0.0, 1.0))

    return path


def near_rest(style: Style) -> Gesture:
    """No hand in the picture."""
    arms = away(style, RIGHT), away(style, LEFT)
    return Gesture("rest", *arms, style.onset_s(0.5), 0.1)


def near_posing(style: Style) -> Gesture:
    """One hand or both are in the picture and do nothing."""
    which = style.choose(("leading", "other", "both"), (0.45, 0.3, 0.25))
    leader = style.leader()
    shown = {"leading": (leader,), "other": (1 - leader,), "both": (RIGHT, LEFT)}[which]
    right, left = (
        _still(style, side) if side in shown else away(style, side) for side in (RIGHT, LEFT)
    )
    return Gesture("pose", right, left, style.onset_s(0.5), style.bow())
