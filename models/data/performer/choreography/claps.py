"""Clapping: from quick claps before the chest to slow, wide ones with open, stretched arms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.data.performer.body import LEFT, RIGHT
from models.data.performer.choreography.poses import Vector, columns, open_grip, pose
from models.data.performer.choreography.style import Gesture, Path, Style
from models.data.performer.skeleton import ArmPose, reach


@dataclass(frozen=True, slots=True)
class _Clap:
    """Seconds and reaches: ``width`` is half the hands' spread, ``height`` below the shoulders.

    ``closed`` above one keeps the hands together longer, below one apart longer.
    """

    period: float
    width: float
    height: float
    ahead: float
    closed: float


def _draw(style: Style) -> _Clap:
    """Quick and small as often as slow, wide and at any height."""
    tempo, size = style.manner
    quick = style.chance(0.42)
    height = 0.36 + style.shift(0.09)
    if quick:
        period = np.clip(style.around(0.37, 0.14) * tempo**0.5, 0.22, 0.6)
        width = np.clip(style.around(0.34, 0.2) * size**0.7, 0.12, 0.6)
        return _Clap(period, width, height, 0.53 + style.shift(0.07), 1.0)
    place = style.choose(("belly", "chest", "face"), (0.3, 0.4, 0.3))
    height = {"belly": 0.6, "chest": 0.22, "face": -0.08}[place] + style.shift(0.11)
    width = np.clip(style.around(0.9, 0.33) * size**0.4, 0.25, 1.35)
    # Wide claps take longer.
    period = np.clip(style.around(0.46 + 0.32 * width, 0.2) * tempo**0.4, 0.3, 1.3)
    stretched = style.chance(0.65) and place != "belly"
    ahead = (0.94 if stretched else 0.6) + style.shift(0.08)
    return _Clap(period, width, height, ahead, style.uniform(0.7, 1.8))


def clapping(style: Style) -> Gesture:
    """Both hands meet; one may travel further than the other, on a slant."""
    clap, swell = _draw(style), style.amplitude()
    phase, leader = style.phase(clap.period), style.leader()
    lead, lag = style.uniform(0.47, 0.66), style.shift(0.12)
    meet = style.shift(0.05) + 0.05 * (1 if leader == LEFT else -1)
    slant = style.uniform(-0.3, 0.7) if clap.width < 0.5 else style.shift(0.2)
    raised = style.uniform(0.3, 1.3)
    grip = open_grip(style, (-1.0, -0.2, 0.15))
    fingers: Vector = (-0.15, -style.uniform(0.0, 0.9), -0.45)

    def path(side: int) -> Path:
        share = 2 * (lead if side == leader else 1 - lead)
        tilt = -slant if side == leader else 0.3 * slant
        centre = (meet if side == LEFT else -meet) + 0.05
        centre -= style.body.shoulder_half / reach(style.body)
        late = 0.0 if side == leader else lag

        def arm(t: np.ndarray) -> ArmPose:
            apart = (0.5 + 0.5 * np.cos(phase(t) + late)) ** clap.closed
            spread = clap.width * share * swell(t) * apart
            # Wide arms swing on an arc about the shoulders, so they come back as they open.
            back = 0.15 * spread + 0.25 * np.maximum(spread - 0.4, 0.0)
            offset = columns(centre + spread, clap.height + tilt * spread, back - clap.ahead)
            return pose(style.body, side, offset, (0.8, raised, 0.3), fingers, grip)

        return arm

    least = 1.2 * clap.period
    onset = style.onset_s(0.45 if clap.width < 0.5 else 0.75)
    return Gesture("hand_clapping", path(RIGHT), path(LEFT), onset, style.bow(), least)
