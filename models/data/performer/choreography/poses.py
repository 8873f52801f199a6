"""Building blocks of choreography: a pose from numbers, how a hand is held, a hanging arm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.data.performer.body import RIGHT, Body
from models.data.performer.choreography.style import Path, Style, Wave
from models.data.performer.skeleton import ArmPose, reach, shoulder_position

Column = np.ndarray | float
Vector = tuple[float, float, float]
STRAIGHT_FROM, STRAIGHT = 0.9, 0.995


@dataclass(frozen=True, slots=True)
class Grip:
    """How a hand is held: ``curl`` of thumb to little finger, ``spread``, the way the palm faces.

    The palm's x counts outward; (0, 0, 0) is a relaxed palm.
    """

    curl: tuple[float, float, float, float, float] = (0.3, 0.35, 0.4, 0.45, 0.5)
    spread: float = 0.2
    palm: Vector = (0.0, 0.0, 0.0)


FIST = Grip((0.8, 0.95, 0.95, 0.95, 0.95), 0.0)
POINTING = Grip((0.7, 0.05, 0.9, 0.95, 0.95), 0.0)


def open_grip(style: Style, palm: Vector = (0.0, 0.0, 0.0)) -> Grip:
    """An open hand, more or less stretched and splayed."""
    bent = style.uniform(0.0, 0.35)
    curl = tuple(float(np.clip(bent + style.shift(0.06), 0.0, 1.0)) for _ in range(5))
    return Grip((curl[0], curl[1], curl[2], curl[3], curl[4]), style.uniform(0.0, 0.95), palm)


def turned_palm(style: Style) -> Vector:
    """The palm to the camera, mostly; else the edge or the back of the hand."""
    way = style.choose(("palm", "edge", "back"), (0.65, 0.22, 0.13))
    angle = {"palm": 0.0, "edge": 1.4, "back": np.pi}[way] + style.shift(0.3)
    return (-float(np.sin(angle)), 0.0, -float(np.cos(angle)))


def columns(x: Column, y: Column, z: Column) -> np.ndarray:
    """Vectors (F, 3) of what may be numbers or arrays (F,)."""
    return np.stack(np.broadcast_arrays(x, y, z), axis=-1).astype(float)


def within_reach(offset: np.ndarray) -> np.ndarray:
    """Offsets (F, 3) in reaches drawn in softly where they come to a straight arm's length."""
    length = np.maximum(np.linalg.norm(offset, axis=-1, keepdims=True), 1e-9)
    rest = STRAIGHT - STRAIGHT_FROM
    near = STRAIGHT_FROM + rest * np.tanh((length - STRAIGHT_FROM) / rest)
    return np.asarray(offset * np.where(length > STRAIGHT_FROM, near / length, 1.0))


def outward(side: int) -> np.ndarray:
    """What turns a vector whose x counts outward into body coordinates, and back."""
    return np.array([-1.0 if side == RIGHT else 1.0, 1.0, 1.0])


def pose(
    body: Body,
    side: int,
    offset: np.ndarray,
    hint: np.ndarray | Vector,
    fingers: np.ndarray | Vector = (0.0, 0.0, 0.0),
    grip: Grip | None = None,
) -> ArmPose:
    """A pose from wrist offsets (F, 3) to the shoulder, in reaches; x counts outward."""
    wrist = shoulder_position(body, side) + reach(body) * within_reach(offset) * outward(side)
    return held(side, wrist, hint, fingers, grip or Grip())


def held(
    side: int,
    wrist: np.ndarray,
    hint: np.ndarray | Vector,
    fingers: np.ndarray | Vector,
    grip: Grip,
) -> ArmPose:
    """A pose at wrists (F, 3) in body coordinates; x of all directions counts outward."""
    flip, frames = outward(side), len(wrist)

    def every(vector: np.ndarray | Vector) -> np.ndarray:
        return np.broadcast_to(np.asarray(vector) * flip, (frames, 3))

    return ArmPose(
        wrist=wrist,
        elbow_hint=every(hint),
        fingers=every(fingers),
        palm=every(grip.palm),
        curl=np.clip(np.broadcast_to(np.asarray(grip.curl), (frames, 5)), 0.0, 1.0),
        spread=np.full(frames, min(max(grip.spread, 0.0), 1.0)),
    )


def along_forearm(fingers: np.ndarray, forearm: np.ndarray) -> np.ndarray:
    """What makes ``solve_arm`` point the fingers (F, 3) that way, given the forearm's direction."""
    return np.asarray(fingers - 0.5 * forearm)


def hanging(style: Style, side: int, follow: Wave | None = None) -> Path:
    """The arm hangs down beside the body, bent a little, and sways; ``follow`` moves it, reaches.

    One in twenty holds the hand higher, on the belly or in a pocket.
    """
    down = style.uniform(0.88, 0.98) if not style.chance(0.05) else style.uniform(0.45, 0.75)
    out, ahead = 0.17 + style.shift(0.12), -0.12 + style.shift(0.13)
    size, rates = style.uniform(0.005, 0.035), style.rng.uniform(1.2, 4.0, 2)
    sways = [style.phase(float(period)) for period in rates]
    grip = Grip(spread=style.uniform(0.0, 0.3))

    def path(t: np.ndarray) -> ArmPose:
        a, b = (size * np.sin(phase(t)) for phase in sways)
        more = follow(t) if follow is not None else 0.0
        offset = columns(out + a + more, down - 0.3 * np.abs(a), ahead + b)
        return pose(style.body, side, offset, (0.4, 0.0, 1.0), grip=grip)

    return path
