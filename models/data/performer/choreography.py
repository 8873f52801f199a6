"""The eleven gestures as wrist paths, after measurements on real recordings of a DVS128.

Every gesture is drawn once with its own style (tempo, height, width, tilt) and then gives both
arms' poses at any array of times. Distances are fractions of the arm's reach unless said
otherwise, so children and tall people perform alike. "Clockwise" is as the person sees it, which
is counter-clockwise in the image: there the angle of (cos, sin) with y down runs backwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.data.gestures import CLASSES
from models.data.performer.body import LEFT, RIGHT, Body
from models.data.performer.skeleton import ArmPose, reach, shoulder_position

Path = Callable[[np.ndarray], ArmPose]
Column = np.ndarray | float


@dataclass(frozen=True, slots=True)
class Gesture:
    """Both arms' paths: each maps times (F,) in seconds to an ``ArmPose`` of F frames."""

    name: str
    right: Path
    left: Path

    def arm(self, side: int) -> Path:
        return self.right if side == RIGHT else self.left


@dataclass(frozen=True, slots=True)
class Style:
    """One performer's way: random numbers and the wandering of tempo and amplitude."""

    rng: np.random.Generator
    body: Body
    varied: bool

    def around(self, value: float, spread: float) -> float:
        """``value`` with a relative spread, twice as wide in the varied setting."""
        return float(value * self.rng.normal(1.0, spread * (2.0 if self.varied else 1.0)))

    def shift(self, spread: float) -> float:
        """A random offset in fractions of reach."""
        return float(self.rng.normal(0.0, spread * (1.8 if self.varied else 1.0)))

    def phase(self, period_s: float) -> Callable[[np.ndarray], np.ndarray]:
        """A phase in radians that runs through 2 pi every ``period_s``, with wandering tempo."""
        period = max(self.around(period_s, 0.12), 0.3 * period_s)
        start = self.rng.uniform(0, 2 * np.pi)
        depth, rate = self.rng.uniform(0.0, 0.25), self.rng.uniform(0.2, 0.8)
        lag = self.rng.uniform(0, 2 * np.pi)

        def phase(t: np.ndarray) -> np.ndarray:
            wander = depth / rate * (np.sin(2 * np.pi * rate * t + lag) - np.sin(lag))
            return start + 2 * np.pi * t / period + wander

        return phase

    def amplitude(self) -> Callable[[np.ndarray], np.ndarray]:
        """A factor about one that breathes slowly."""
        depth, rate = self.rng.uniform(0.0, 0.15), self.rng.uniform(0.3, 1.0)
        lag = self.rng.uniform(0, 2 * np.pi)
        return lambda t: 1.0 + depth * np.sin(2 * np.pi * rate * t + lag)


def _columns(x: Column, y: Column, z: Column) -> np.ndarray:
    return np.stack(np.broadcast_arrays(x, y, z), axis=-1).astype(float)


def _pose(
    body: Body,
    side: int,
    offset: np.ndarray,
    hint: tuple[float, float, float],
    fingers: np.ndarray | tuple[float, float, float] = (0.0, 0.0, 0.0),
    open_hand: float = 0.5,
) -> ArmPose:
    """A pose from wrist offsets (F, 3) to the shoulder, in reaches; x counts outward."""
    outward = -1.0 if side == RIGHT else 1.0
    flip = np.array([outward, 1.0, 1.0])
    frames = len(offset)
    return ArmPose(
        wrist=shoulder_position(body, side) + reach(body) * offset * flip,
        elbow_hint=np.broadcast_to(np.array(hint) * flip, (frames, 3)),
        fingers=np.broadcast_to(np.asarray(fingers) * flip, (frames, 3)),
        palm=np.zeros((frames, 3)),
        curl=np.full((frames, 5), 1.0 - open_hand),
        spread=np.full(frames, 0.5 * open_hand),
    )


def hanging(style: Style, side: int) -> Path:
    """The arm hangs down beside the body and sways a little."""
    out, sway = 0.12 + abs(style.shift(0.05)), style.phase(style.rng.uniform(1.5, 4.0))

    def path(t: np.ndarray) -> ArmPose:
        s = 0.012 * np.sin(sway(t))
        return _pose(style.body, side, _columns(out + s, 0.96, -0.10 + s), (0.3, 0.0, 1.0))

    return path


def clapping(style: Style) -> Gesture:
    """Both hands meet before the chest; the leading hand travels further, on a slant."""
    phase, swell = style.phase(0.36), style.amplitude()
    height, ahead = 0.36 + style.shift(0.09), -0.52 + style.shift(0.07)
    meet, lead = style.shift(0.04) - 0.06, style.rng.uniform(0.55, 0.75)
    leader = LEFT if style.body.left_handed else RIGHT
    width, slant = style.around(0.30, 0.15), style.rng.uniform(-0.1, 0.8)
    ratio = style.body.shoulder_half / reach(style.body)

    def path(side: int) -> Path:
        share = 2 * (lead if side == leader else 1 - lead)
        tilt = -slant if side == leader else 0.3 * slant

        def arm(t: np.ndarray) -> ArmPose:
            spread = width * share * swell(t) * (0.5 + 0.5 * np.cos(phase(t)))
            centre = meet if side == LEFT else -meet
            out = centre - ratio + 0.05 + spread
            return _pose(
                style.body, side, _columns(out, height + tilt * spread, ahead + 0.15 * spread),
                (0.8, 1.0, 0.3), (-0.15, -0.5, -0.3), 1.0,
            )  # fmt: skip

        return arm

    return Gesture("hand_clapping", path(RIGHT), path(LEFT))


def waving(style: Style, side: int) -> Gesture:
    """The forearm stands upright beside the head and swings about the elbow or the wrist."""
    phase, swell = style.phase(0.36 if style.rng.random() < 0.6 else 0.5), style.amplitude()
    # From the elbow, or mostly from the wrist with the forearm nearly still.
    from_wrist = style.rng.random() < 0.2
    swing = style.around(0.2 if from_wrist else 0.42, 0.2)
    wrist_part = style.rng.uniform(1.2, 2.2) if from_wrist else style.rng.uniform(0.0, 0.6)
    elbow = (0.20 + style.shift(0.07), 0.40 + style.shift(0.10), -0.22 + style.shift(0.08))
    lean, length = 0.02 + style.shift(0.10), style.body.forearm / reach(style.body)

    def arm(t: np.ndarray) -> ArmPose:
        angle = lean + swing * swell(t) * np.sin(phase(t))
        late = swing * np.sin(phase(t) - 0.6) * (0.5 + wrist_part)
        forearm = length * _columns(np.sin(angle), -np.cos(angle), -0.25 * np.cos(angle))
        fingers = _columns(np.sin(late), -np.cos(late), -0.1)
        return _pose(style.body, side, np.array(elbow) + forearm, (0.35, 1.0, 0.2), fingers, 1.0)

    still = hanging(style, 1 - side)
    name = "right_hand_wave" if side == RIGHT else "left_hand_wave"
    return Gesture(name, *((arm, still) if side == RIGHT else (still, arm)))


def circling(style: Style, side: int, clockwise: bool) -> Gesture:
    """The stretched arm turns on a cone about an axis that points forward and outward."""
    phase, swell = style.phase(0.98), style.amplitude()
    cone = np.clip(style.around(0.62, 0.14), 0.25, 1.0)
    yaw, pitch = 0.42 + style.shift(0.16), 0.08 + style.shift(0.12)
    bend = style.rng.uniform(0.86, 0.99)
    # Outward is image left for the right arm, so the turning sense flips with the side.
    sense = (-1.0 if clockwise else 1.0) * (-1.0 if side == RIGHT else 1.0)
    axis = np.array([np.sin(yaw) * np.cos(pitch), np.sin(pitch), -np.cos(yaw) * np.cos(pitch)])
    across = np.array([np.cos(yaw), 0.0, np.sin(yaw)])
    downward = np.cross(axis, across) * np.sign(np.cross(axis, across)[1])

    def arm(t: np.ndarray) -> ArmPose:
        angle, open_ = sense * phase(t), cone * swell(t)
        ring = np.cos(angle)[:, None] * across + np.sin(angle)[:, None] * downward
        direction = np.cos(open_)[:, None] * axis + np.sin(open_)[:, None] * ring
        return _pose(style.body, side, bend * direction, (0.6, 1.0, 0.4), open_hand=0.3)

    still = hanging(style, 1 - side)
    turn = "clockwise" if clockwise else "counter_clockwise"
    name = f"{'right' if side == RIGHT else 'left'}_arm_{turn}"
    return Gesture(name, *((arm, still) if side == RIGHT else (still, arm)))


def rolling(style: Style) -> Gesture:
    """Both forearms lie level before the chest and roll round each other."""
    phase, swell = (
        style.phase(style.rng.choice([0.46, 0.62, 0.9], p=[0.5, 0.35, 0.15])),
        style.amplitude(),
    )
    radius, sense = style.around(0.17, 0.15), style.rng.choice([-1.0, 1.0])
    height, ahead = 0.40 + style.shift(0.06), -0.48 + style.shift(0.06)
    inward, aside = style.rng.uniform(0.12, 0.32), style.shift(0.08)

    def path(side: int) -> Path:
        shift = 0.0 if side == RIGHT else np.pi

        def arm(t: np.ndarray) -> ArmPose:
            angle = sense * phase(t) + shift
            r = radius * swell(t)
            offset = _columns(
                (aside if side == LEFT else -aside) - inward + 0.25 * r * np.cos(angle),
                height + r * np.sin(angle),
                ahead + r * np.cos(angle),
            )
            return _pose(style.body, side, offset, (1.0, 0.5, 0.3), (-0.6, 0.0, 0.0), 0.4)

        return arm

    return Gesture("arm_roll", path(RIGHT), path(LEFT))


def drumming(style: Style) -> Gesture:
    """Both forearms beat up and down by turns: a quick stroke down, a slower one up."""
    phase, swell = style.phase(0.54), style.amplitude()
    height, stroke = 0.33 + style.shift(0.07), style.around(0.55, 0.15)
    out, ahead = -0.08 + style.shift(0.05), -0.52 + style.shift(0.06)
    lag = np.pi if style.rng.random() < 0.9 else style.rng.uniform(0, 0.6)

    def path(side: int) -> Path:
        def arm(t: np.ndarray) -> ArmPose:
            angle = phase(t) + (0.0 if side == RIGHT else lag)
            beat = np.sin(angle + 0.45 * np.sin(angle))
            y = height + 0.5 * stroke * swell(t) * beat
            drop = _columns(np.zeros_like(t), 0.7 * beat, -0.5 + 0.0 * beat)
            offset = _columns(out + 0.03 * beat, y, ahead - 0.05 * beat)
            return _pose(style.body, side, offset, (0.6, 1.0, 0.5), drop, 0.2)

        return arm

    return Gesture("air_drums", path(RIGHT), path(LEFT))


def strumming(style: Style) -> Gesture:
    """One hand strums at the hip, the other arm is stretched out along the neck."""
    phase, swell = style.phase(0.28 if style.rng.random() < 0.75 else 0.42), style.amplitude()
    hip, stroke = 0.68 + style.shift(0.05), style.around(0.13, 0.25)
    out, slant = 0.10 + style.shift(0.07), style.rng.uniform(-0.2, 0.9)
    neck_y, neck_out = 0.12 + style.shift(0.09), style.rng.uniform(0.68, 0.9)
    slide = style.phase(style.rng.uniform(1.5, 4.0))
    strummer = LEFT if style.body.left_handed and style.rng.random() < 0.5 else RIGHT

    def strum(t: np.ndarray) -> ArmPose:
        beat = stroke * swell(t) * np.sin(phase(t))
        offset = _columns(out + slant * 0.4 * beat, hip + beat, -0.38)
        fingers = _columns(np.full_like(t, -0.5), 0.25 + 1.5 * beat, np.full_like(t, -0.1))
        return _pose(style.body, strummer, offset, (0.9, 0.3, 0.8), fingers, 0.4)

    def fret(t: np.ndarray) -> ArmPose:
        move = 0.03 * np.sin(slide(t))
        offset = _columns(neck_out + move, neck_y + 0.3 * move, -0.35)
        return _pose(style.body, 1 - strummer, offset, (0.2, 1.0, 0.3), (0.2, -0.3, 0.0), 0.4)

    return Gesture("air_guitar", *((strum, fret) if strummer == RIGHT else (fret, strum)))


def _free_arm(style: Style, side: int) -> Path:
    """A movement of its own for one arm: a closed curve somewhere within reach."""
    rng = style.rng
    kind = rng.choice(["point", "swipe", "figure", "stretch", "scratch", "push", "beckon", "flap"])
    phase = style.phase(rng.uniform(0.5, 1.8))
    centre = {
        "point": (0.1, 0.05, -0.8),
        "swipe": (0.0, 0.25, -0.55),
        "figure": (0.25, 0.2, -0.55),
        "stretch": (0.45, -0.45, -0.2),
        "scratch": (-0.15, -0.45, -0.2),
        "push": (0.0, 0.15, -0.6),
        "beckon": (0.1, 0.10, -0.55),
        "flap": (0.75, 0.30, -0.1),
    }[kind]
    sizes = {
        "point": (0.05, 0.05, 0.2),
        "swipe": (0.45, 0.08, 0.05),
        "figure": (0.25, 0.25, 0.05),
        "stretch": (0.15, 0.5, 0.05),
        "scratch": (0.05, 0.04, 0.03),
        "push": (0.05, 0.1, 0.35),
        "beckon": (0.03, 0.18, 0.22),
        "flap": (0.15, 0.45, 0.05),
    }[kind]
    spot = np.array(centre) + rng.normal(0, 0.08, 3)
    size = np.array(sizes) * rng.uniform(0.7, 1.3)
    # An eight, never a ring: a ring drawn by one arm is a gesture of its own.
    ratio, lag = (2.0, rng.uniform(0, 2 * np.pi)) if kind == "figure" else (1.0, 0.0)

    def arm(t: np.ndarray) -> ArmPose:
        p = phase(t)
        wave = _columns(np.sin(p), np.sin(ratio * p + lag), np.cos(p))
        return _pose(style.body, side, spot + size * wave, (0.6, 1.0, 0.3), open_hand=0.7)

    return arm


def other(style: Style) -> Gesture:
    """None of the ten: one arm or both do something of their own."""
    which = style.rng.choice(
        ["right", "left", "both", "both_circles", "both_wave"], p=[0.28, 0.28, 0.24, 0.1, 0.1]
    )
    if which == "both_circles":
        clockwise = bool(style.rng.random() < 0.5)
        right, left = circling(style, RIGHT, clockwise), circling(style, LEFT, not clockwise)
        return Gesture("other_gestures", right.right, left.left)
    if which == "both_wave":
        return Gesture("other_gestures", waving(style, RIGHT).right, waving(style, LEFT).left)
    arms = [
        _free_arm(style, side) if which in (name, "both") else hanging(style, side)
        for side, name in ((RIGHT, "right"), (LEFT, "left"))
    ]
    return Gesture("other_gestures", *arms)


def resting(style: Style) -> Gesture:
    """Both arms hang: what is seen before, between and after gestures."""
    return Gesture("rest", hanging(style, RIGHT), hanging(style, LEFT))


def _held(style: Style, side: int, spot: tuple[float, float, float], fidget: float) -> Path:
    """The hand stays near ``spot`` (in reaches from the shoulder, x outward), never quite still."""
    where = np.array(spot) + style.rng.normal(0, 0.04, 3)
    drift = [style.phase(style.rng.uniform(1.5, 5.0)) for _ in range(3)]

    def path(t: np.ndarray) -> ArmPose:
        wave = np.stack([np.sin(phase(t)) for phase in drift], -1)
        return _pose(style.body, side, where + fidget * wave, (0.9, 0.6, 0.4))

    return path


POSES = {
    "crossed": ((-0.25, 0.42, -0.40), (-0.25, 0.46, -0.36)),
    "hips": ((0.22, 0.78, -0.12), (0.22, 0.78, -0.12)),
    "folded": ((-0.22, 0.80, -0.30), (-0.22, 0.80, -0.30)),
    "phone": ((-0.12, 0.40, -0.45), (0.12, 0.95, -0.10)),
    "behind": ((0.05, 0.85, 0.15), (0.05, 0.85, 0.15)),
    "chin": ((-0.18, -0.02, -0.30), (-0.20, 0.50, -0.35)),
}


def posing(style: Style) -> Gesture:
    """Standing about: arms crossed, hands on hips, folded, a phone in the hand, and the like."""
    right, left = POSES[str(style.rng.choice(sorted(POSES)))]
    if style.rng.random() < 0.5:
        right, left = left, right
    fidget = float(style.rng.uniform(0.003, 0.02))
    return Gesture("pose", _held(style, RIGHT, right, fidget), _held(style, LEFT, left, fidget))


def walking(style: Style) -> Gesture:
    """The arms swing beside the body as they do in walking."""
    swing, phase = style.rng.uniform(0.05, 0.22), style.phase(style.rng.uniform(0.9, 1.3))

    def path(side: int) -> Path:
        sign = 1.0 if side == RIGHT else -1.0

        def arm(t: np.ndarray) -> ArmPose:
            s = sign * swing * np.sin(phase(t))
            return _pose(style.body, side, _columns(0.12, 0.93, -0.10 + s), (0.3, 0.0, 1.0))

        return arm

    return Gesture("walk", path(RIGHT), path(LEFT))


# What is no gesture at all.
IDLE_MAKERS: dict[str, Callable[[Style], Gesture]] = {
    "rest": resting,
    "pose": posing,
    "walk": walking,
}


_MAKERS: tuple[Callable[[Style], Gesture], ...] = (
    clapping,
    lambda style: waving(style, RIGHT),
    lambda style: waving(style, LEFT),
    lambda style: circling(style, RIGHT, True),
    lambda style: circling(style, RIGHT, False),
    lambda style: circling(style, LEFT, True),
    lambda style: circling(style, LEFT, False),
    rolling,
    drumming,
    strumming,
    other,
)


def draw_gesture(name: str, style: Style) -> Gesture:
    """A gesture of class ``name`` in a style of its own.

    Raises:
        ValueError: there is no such class.
    """
    if name not in CLASSES:
        raise ValueError(f"expected a gesture out of {', '.join(CLASSES)}, got {name!r}")
    return _MAKERS[CLASSES.index(name)](style)
