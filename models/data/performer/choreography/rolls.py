"""Arm roll: both forearms before the body roll round each other."""

from __future__ import annotations

import numpy as np

from models.data.performer.body import LEFT, RIGHT
from models.data.performer.choreography.poses import FIST, columns, open_grip, pose
from models.data.performer.choreography.style import Gesture, Path, Style
from models.data.performer.skeleton import ArmPose

PERIODS = {"quick": 0.46, "usual": 0.62, "slow": 0.95}


def rolling(style: Style) -> Gesture:
    """Large or small, quick or slow, from the belly up to the face."""
    tempo, size = style.manner
    usual = PERIODS[style.choose(tuple(PERIODS), (0.4, 0.35, 0.25))]
    period = float(np.clip(style.around(usual, 0.14) * tempo**0.7, 0.3, 1.5))
    phase, swell = style.phase(period), style.amplitude()
    radius = np.clip(style.around(0.18, 0.2) * size**0.8, 0.08, 0.3)
    flat, sense = style.uniform(0.65, 1.1), 1.0 if style.chance(0.5) else -1.0
    height, ahead = 0.38 + style.shift(0.12), -0.50 + style.shift(0.07)
    inward, aside = style.uniform(0.12, 0.32), style.shift(0.07)
    elbows, lag = style.uniform(0.1, 0.8), np.pi + style.shift(0.15)
    grip = FIST if style.chance(0.5) else open_grip(style, (-0.3, 0.6, 0.6))

    def path(side: int) -> Path:
        late = 0.0 if side == RIGHT else lag
        middle = (aside if side == LEFT else -aside) - inward

        def arm(t: np.ndarray) -> ArmPose:
            angle, r = sense * phase(t) + late, radius * swell(t)
            offset = columns(
                middle + 0.25 * r * np.cos(angle),
                height + r * np.sin(angle),
                ahead + flat * r * np.cos(angle),
            )
            return pose(style.body, side, offset, (1.0, elbows, 0.3), (-0.6, 0.0, 0.0), grip)

        return arm

    onset, least = style.onset_s(0.55), 1.1 * period
    return Gesture("arm_roll", path(RIGHT), path(LEFT), onset, style.bow(), least)
