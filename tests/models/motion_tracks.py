"""A performer's arms as motion capture sees them, in reaches from their own shoulders.

Axes of one arm from its own shoulder: x outward, y up, z towards the camera.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.data.performer.body import RIGHT, draw_body
from models.data.performer.person import Person, Posture
from models.data.performer.programme import Act
from models.data.performer.scene import Scene, draw_scene
from models.data.performer.skeleton import unit

RATE_HZ = 120


@dataclass(frozen=True, slots=True)
class Track:
    """One arm and the head over F frames, in reaches from the arm's shoulder; ``t`` in seconds."""

    t: np.ndarray
    elbow: np.ndarray
    wrist: np.ndarray
    hand: np.ndarray
    head_x: np.ndarray
    body_wrist: np.ndarray
    fingers: np.ndarray

    @property
    def fore(self) -> np.ndarray:
        return unit(self.wrist - self.elbow)

    @property
    def elbow_deg(self) -> np.ndarray:
        cosine = np.sum(unit(-self.elbow) * self.fore, -1)
        return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


@dataclass(frozen=True, slots=True)
class Played:
    """A programme's acts, the times in seconds, and the posture at them."""

    person: Person
    scene: Scene
    acts: list[Act]
    times: np.ndarray
    posture: Posture


def somebody(seed: int, setting: str = "ordinary") -> tuple[Person, Scene]:
    """A performer's person and place, without what draws them."""
    rng, varied = np.random.default_rng(seed), setting != "ordinary"
    body = draw_body(rng, varied)
    scene = draw_scene(rng, setting, 128, 128, hand_m=body.hand)
    return Person(seed, body, scene, varied), scene


def play(programme: list[tuple[float, str]], seed: int, seconds: float, setting: str) -> Played:
    """Somebody goes through (start, name)."""
    person, scene = somebody(seed, setting)
    acts = [Act(start, person.draw(name)) for start, name in programme]
    times = np.arange(0, seconds, 1 / RATE_HZ)
    return Played(person, scene, acts, times, person.stand(acts, times))


def track(played: Played, side: int) -> Track:
    """One arm's track."""
    body, posture = played.person.body, played.posture
    arm = posture.arms[side]
    flip = np.array([-1.0 if side == RIGHT else 1.0, -1.0, -1.0])
    length = body.upper_arm + body.forearm

    def seen(points: np.ndarray) -> np.ndarray:
        return (points - arm.shoulder) * flip / length

    offset = posture.trunk.offset
    crown = offset + np.array([0.0, -body.neck - body.head_radius, 0.0])
    head = posture.trunk.carry(crown)
    return Track(
        played.times, seen(arm.elbow), seen(arm.wrist), seen(arm.wrist + 0.17 * length * arm.along),
        (head - offset)[:, 0] * flip[0] / length, (arm.wrist - offset) * flip / length,
        arm.along * flip,
    )  # fmt: skip


def turning_points(values: np.ndarray, share: float = 0.25) -> np.ndarray:
    """Where a signal turns back by more than a share of its range: indices in order."""
    least, points = share * np.ptp(values), []
    low = high = 0
    rising = None
    for i, value in enumerate(values):
        high = i if value > values[high] else high
        low = i if value < values[low] else low
        if rising is not False and values[high] - value > least:
            points.append(high)
            rising, low = False, i
        elif rising is not True and value - values[low] > least:
            points.append(low)
            rising, high = True, i
    return np.array(points)


def first_component(points: np.ndarray) -> np.ndarray:
    """The way along the direction of the most movement, (F,)."""
    centred = points - points.mean(0)
    return centred @ np.linalg.svd(centred, full_matrices=False)[2][0]


def speed(t: Track) -> np.ndarray:
    """The wrist's speed, (F - 1,) reaches a second."""
    return np.linalg.norm(np.diff(t.wrist, axis=0), axis=-1) * RATE_HZ


def harmonic(t: np.ndarray, points: np.ndarray, period: float) -> np.ndarray:
    """The complex first harmonic of points (F, D), (D,), over whole periods."""
    whole = int(min(len(t), round(int(t[-1] / period) * period * RATE_HZ)))
    centred = points[:whole] - points[:whole].mean(0)
    return 2 * (centred * np.exp(-2j * np.pi * t[:whole, None] / period)).mean(0)
