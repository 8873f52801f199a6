"""Air drums and air guitar."""

from __future__ import annotations

import numpy as np

from models.data.performer.body import LEFT, RIGHT
from models.data.performer.choreography.poses import (
    FIST,
    Grip,
    columns,
    open_grip,
    pose,
)
from models.data.performer.choreography.style import Gesture, Path, Style
from models.data.performer.skeleton import ArmPose

PICK = Grip((0.5, 0.6, 0.8, 0.85, 0.85), 0.0, (-0.3, 0.0, 0.9))
FRET = Grip((0.2, 0.5, 0.55, 0.6, 0.6), 0.2, (0.0, -0.3, 0.9))


def drumming(style: Style) -> Gesture:
    """Both forearms beat up and down by turns, some slowly like a hammer, some both at once."""
    tempo, size = style.manner
    usual = 0.54 if style.chance(0.6) else 0.75
    period = float(np.clip(style.around(usual, 0.16) * tempo**0.7, 0.34, 1.3))
    phase, swell = style.phase(period), style.amplitude()
    height, out, ahead = (
        0.32 + style.shift(0.11),
        -0.06 + style.shift(0.08),
        -0.52 + style.shift(0.07),
    )
    stroke = float(np.clip(style.around(0.31, 0.28) * size**0.8, 0.1, 0.52))
    quick, across = style.uniform(0.05, 0.5), style.shift(0.08)
    lag = np.pi + style.shift(0.3) if style.chance(0.9) else style.uniform(0.0, 0.6)
    wrist, leader = style.uniform(0.2, 0.9), style.leader()
    grip = FIST if style.chance(0.75) else open_grip(style, (0.0, 1.0, 0.0))

    def path(side: int) -> Path:
        def arm(t: np.ndarray) -> ArmPose:
            angle = phase(t) + (0.0 if side == leader else lag)
            # A quick stroke down, a slower one up.
            beat = np.sin(angle + quick * np.sin(angle))
            y = height + stroke * swell(t) * beat
            drop = columns(0.0, wrist * beat, -0.5)
            offset = columns(out + across * beat, y, ahead - 0.1 * stroke * beat)
            return pose(style.body, side, offset, (0.6, 1.0, 0.5), drop, grip)

        return arm

    onset, least = style.onset_s(0.5), 1.1 * period
    return Gesture("air_drums", path(RIGHT), path(LEFT), onset, style.bow(), least)


def strumming(style: Style) -> Gesture:
    """One hand strums at the hip, the other arm is stretched out along the neck."""
    strummer = style.leader()
    period, strum = _strum(style, strummer)
    arms = (strum, _fret(style, 1 - strummer))
    right, left = arms if strummer == RIGHT else arms[::-1]
    return Gesture("air_guitar", right, left, style.onset_s(0.6), style.bow(), 1.2 * period)


def _strum(style: Style, side: int) -> tuple[float, Path]:
    tempo, size = style.manner
    usual = 0.29 if style.chance(0.6) else 0.46
    period = float(np.clip(style.around(usual, 0.15) * tempo**0.7, 0.2, 0.9))
    phase, swell = style.phase(period), style.amplitude()
    hip, stroke = 0.66 + style.shift(0.08), style.around(0.13, 0.3) * size**0.6
    out, slant = 0.08 + style.shift(0.09), style.uniform(-0.2, 0.9)
    ahead, wrist = -0.38 + style.shift(0.06), style.uniform(0.5, 2.2)

    def strum(t: np.ndarray) -> ArmPose:
        beat = stroke * swell(t) * np.sin(phase(t))
        offset = columns(out + slant * 0.4 * beat, hip + beat, ahead)
        fingers = columns(-0.5, 0.25 + wrist * beat, -0.1)
        return pose(style.body, side, offset, (0.9, 0.3, 0.8), fingers, PICK)

    return period, strum


def _fret(style: Style, side: int) -> Path:
    height, out = 0.14 + style.shift(0.13), style.uniform(0.55, 0.9)
    size, ahead = style.uniform(0.005, 0.06), -0.35 + style.shift(0.06)
    slide, shake = (
        style.phase(style.rng.uniform(1.0, 4.0)),
        style.phase(style.rng.uniform(0.2, 0.5)),
    )
    vibrato = style.uniform(0.0, 0.015)

    def fret(t: np.ndarray) -> ArmPose:
        move = size * np.sin(slide(t)) + vibrato * np.sin(shake(t))
        offset = columns(out + move, height + 0.4 * move, ahead)
        return pose(style.body, side, offset, (0.2, 1.0, 0.3), (0.2, -0.3, 0.0), FRET)

    return fret
