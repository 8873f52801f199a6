"""Waving: seven ways measured on people beside the fast, low wave of DVS128 Gesture.

The height of the elbow, the size of the stroke and the share of the upper arm go together, so a
way of waving is drawn as a whole and varied about its middle.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.data.performer.body import RIGHT
from models.data.performer.choreography.poses import (
    Grip,
    along_forearm,
    hanging,
    open_grip,
    pose,
    turned_palm,
)
from models.data.performer.choreography.style import Gesture, Path, Style, Wave
from models.data.performer.skeleton import ArmPose, reach, unit


@dataclass(frozen=True, slots=True)
class Way:
    """Middle of one way of waving: seconds, degrees, and reaches above the shoulder.

    ``swing`` and ``bend`` are half the forearm's and the wrist's angle; ``share`` is the elbow's
    part of the hand's stroke; ``ahead`` turns the upper arm from outward (0) to forward (90).
    """

    period: float
    swing: float
    elbow: float
    share: float
    bend: float
    onset: float
    ahead: float = 28.0
    forward: float = 23.0


LOW = {
    "quick": Way(0.36, 17, -0.36, 0.25, 9, 0.40, 36, 15),
    "unhurried": Way(0.50, 19, -0.32, 0.25, 9, 0.45, 36, 15),
    "from the wrist": Way(0.38, 7, -0.36, 0.15, 20, 0.40, 36, 15),
}
MEASURED = {
    "active": Way(0.47, 58, 0.28, 0.30, 13, 0.36),
    "normal": Way(0.61, 29, 0.33, 0.09, 15, 0.45),
    "youthful": Way(0.89, 38, 0.50, 0.30, 42, 0.70, 62, 30),
    "stiff": Way(1.20, 45, 0.36, 0.26, 4, 0.94),
    "wrist only": Way(0.40, 4, -0.50, 0.10, 24, 0.70, 45, 25),
    "low": Way(1.20, 24, -0.25, 0.15, 5, 0.84, 45, 15),
    "slow": Way(1.30, 47, 0.25, 0.26, 5, 1.12),
    "level": Way(0.87, 36, -0.19, 0.30, 8, 0.70, 68, 80),
    "across the face": Way(0.75, 34, 0.10, 0.25, 12, 0.60, 85, 12),
}
WAYS = {**LOW, **MEASURED}
# The low ones are the data set's own.
SHARES = (0.18, 0.13, 0.08, 0.09, *(0.065,) * 8)


@dataclass(frozen=True, slots=True)
class _Stroke:
    """One person's wave as it moves: unit vectors with x outward, angles in radians."""

    upper: np.ndarray
    fore: np.ndarray
    across: np.ndarray
    along: np.ndarray
    lift: float
    swing: float
    round: float
    bend: float
    lag: float


def _towards(base: np.ndarray, way: np.ndarray) -> np.ndarray:
    """The unit vector at right angles to ``base`` nearest to ``way``."""
    return np.asarray(unit(way - base * np.dot(base, way)))


def _draw_stroke(style: Style, way: Way) -> _Stroke:
    size = style.around(1.0, 0.2)
    body, length = style.body, reach(style.body)
    upper_length, hand = body.upper_arm / length, body.forearm / length + 0.17
    height = np.clip((way.elbow + style.shift(0.08)) / upper_length, -0.97, 0.97)
    ahead = np.radians(way.ahead) + style.shift(0.26)
    level = np.sqrt(1 - height**2)
    upper = np.array([level * np.cos(ahead), -height, -level * np.sin(ahead)])
    tilt = style.shift(0.2) + (0.0 if way.elbow > 0 else -0.12)
    forward = np.radians(way.forward) + style.shift(0.16)
    fore = np.array(
        [np.sin(tilt), -np.cos(tilt) * np.cos(forward), -np.cos(tilt) * np.sin(forward)]
    )
    # The outer end lies a little low and back.
    stroke = np.array([1.0, 0.17 + style.shift(0.25), 0.12 + style.shift(0.12)])
    across, along = _towards(fore, stroke), _towards(upper, stroke)
    swing = np.radians(way.swing) * size
    share = np.clip(style.around(way.share, 0.25), 0.02, 0.4)
    lift = share / (1 - share) * hand * np.sin(swing) / upper_length
    bend = np.radians(max(2.0, style.around(way.bend, 0.3)))
    # A loose wrist trails behind the forearm; a stiff one gives way against it.
    loose = way.bend > 10 or style.chance(0.5)
    lag = style.uniform(-0.5, -0.2) if loose else np.pi + style.shift(0.2)
    round_ = swing * style.uniform(0.0, 0.32) * (1 if style.chance(0.5) else -1)
    return _Stroke(upper, fore, across, along, float(lift), float(swing), round_, float(bend), lag)


def _arm(style: Style, side: int, stroke: _Stroke, phase: Wave, swell: Wave, grip: Grip) -> Path:
    """The arm's path for one drawn stroke."""
    length = reach(style.body)
    upper_length, fore_length = style.body.upper_arm / length, style.body.forearm / length
    third = _towards(stroke.fore, np.cross(stroke.fore, stroke.across))

    def turned(base: np.ndarray, way: np.ndarray, angle: np.ndarray) -> np.ndarray:
        return np.asarray(np.cos(angle)[:, None] * base + np.sin(angle)[:, None] * way)

    def arm(t: np.ndarray) -> ArmPose:
        p, size = phase(t), swell(t)
        elbow = upper_length * turned(stroke.upper, stroke.along, stroke.lift * size * np.sin(p))
        angle = stroke.swing * size * np.sin(p)
        fore = turned(stroke.fore, stroke.across, angle)
        fore = unit(fore + (stroke.round * size * np.cos(p))[:, None] * third)
        late = angle + stroke.bend * size * np.sin(p + stroke.lag)
        fingers = along_forearm(turned(stroke.fore, stroke.across, late), fore)
        return pose(style.body, side, elbow + fore_length * fore, elbow, fingers, grip)

    return arm


def _draw(style: Style) -> tuple[Way, _Stroke, float, Wave]:
    way = WAYS[style.choose(tuple(WAYS), SHARES)]
    period = float(np.clip(style.around(way.period, 0.13), 0.28, 1.6))
    return way, _draw_stroke(style, way), period, style.phase(period)


def waving(style: Style, side: int) -> Gesture:
    """One hand waves; the other arm hangs and moves along a little."""
    way, stroke, period, phase = _draw(style)
    size = np.sin(stroke.swing) * 0.6
    along, behind = size * style.uniform(0.01, 0.18), style.rng.uniform(0, 2 * np.pi)
    other = hanging(style, 1 - side, lambda t: along * np.sin(phase(t) + behind))
    grip = open_grip(style, turned_palm(style))
    arm = _arm(style, side, stroke, phase, style.amplitude(), grip)
    name = "right_hand_wave" if side == RIGHT else "left_hand_wave"
    arms = (arm, other) if side == RIGHT else (other, arm)
    return Gesture(name, *arms, style.onset_s(way.onset), style.bow(), 1.1 * period)


def waving_both(style: Style) -> Gesture:
    """Both hands wave as mirror images, in step: none of the ten."""
    way, stroke, _, phase = _draw(style)
    grip, swell, lag = open_grip(style, turned_palm(style)), style.amplitude(), style.shift(0.15)
    right = _arm(style, RIGHT, stroke, phase, swell, grip)
    left = _arm(style, 1 - RIGHT, stroke, lambda t: phase(t) + lag, swell, grip)
    return Gesture("other_gestures", right, left, style.onset_s(way.onset), style.bow())
