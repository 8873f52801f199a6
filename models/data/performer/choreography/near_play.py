"""Hand play that is none of the ten: beckoning, pointing, snapping, counting, fists, turning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from models.data.performer.body import LEFT, RIGHT
from models.data.performer.choreography.moves import TALKING, draw_moves
from models.data.performer.choreography.near import (
    Entry,
    away,
    draw_entry,
    draw_single_entry,
    near_pose,
    view,
)
from models.data.performer.choreography.poses import (
    FIST,
    POINTING,
    Grip,
    columns,
    turned_palm,
)
from models.data.performer.choreography.style import Gesture, Path, Style
from models.data.performer.skeleton import ArmPose, unit

OPEN = np.zeros(5)
CLOSED = np.array(FIST.curl)
POINT = np.array(POINTING.curl)
THUMB = np.array([0.0, 0.95, 0.95, 0.95, 0.95])


@dataclass(frozen=True, slots=True)
class Hold:
    """What a hand does at one moment: ``curl`` (F, 5), ``moved`` (F, 3) metres, x outward.

    ``turn`` (F,) rolls the palm about the hand, radians; ``nod`` (F,) bends the wrist.
    """

    curl: np.ndarray
    moved: np.ndarray
    turn: np.ndarray
    nod: np.ndarray


Play = Callable[[np.ndarray], Hold]


def _hold(
    p: np.ndarray,
    curl: np.ndarray,
    moved: np.ndarray | None = None,
    turn: np.ndarray | None = None,
    nod: np.ndarray | None = None,
) -> Hold:
    none = np.zeros_like(p)
    still = np.zeros((len(p), 3)) if moved is None else moved
    curl = np.broadcast_to(curl, (len(p), 5))
    return Hold(curl, still, none if turn is None else turn, none if nod is None else nod)


def _between(a: np.ndarray, b: np.ndarray, share: np.ndarray) -> np.ndarray:
    return np.asarray(a + (b - a) * share[:, None])


def _draw_play(style: Style) -> Play:
    """One of the plays, as a function of its phase in radians."""
    size = style.uniform(0.1, 0.45) * view(style) * style.manner[1] ** 0.5
    deep, start = style.uniform(0.5, 1.0), style.rng.uniform(0, 2 * np.pi)

    def half(p: np.ndarray) -> np.ndarray:
        return np.asarray(0.5 - 0.5 * np.cos(p))

    def beckon(p: np.ndarray) -> Hold:
        lag = np.array([0.5, 0.0, 0.3, 0.6, 0.9])
        return _hold(p, deep * 0.9 * half(p[:, None] - lag), nod=0.4 * deep * np.sin(p))

    def point(p: np.ndarray) -> Hold:
        poke = columns(0.3 * size * np.sin(0.5 * p), 0.2 * size * half(p), -0.12 * deep * half(p))
        return _hold(p, POINT, poke)

    def snap(p: np.ndarray) -> Hold:
        quick = half(p) ** 4
        curl = _between(
            np.array([0.6, 0.3, 0.35, 0.6, 0.7]), np.array([0.5, 0.3, 0.95, 0.9, 0.9]), quick
        )
        return _hold(p, curl, columns(0.0, 0.25 * size * quick, 0.0), nod=0.35 * quick)

    def count(p: np.ndarray) -> Hold:
        turns = (p + start) / (2 * np.pi) % 6.0
        order = np.array([4.5, 0.5, 1.5, 2.5, 3.5])
        up = np.clip(4.0 * (turns[:, None] - order), 0.0, 1.0) * np.clip(5.8 - turns[:, None], 0, 1)
        return _hold(p, 0.95 * (1 - up), columns(0.0, 0.1 * size * np.sin(p), 0.0))

    def fists(p: np.ndarray) -> Hold:
        return _hold(p, _between(OPEN, CLOSED, half(p) ** 0.7))

    def thumb_up(p: np.ndarray) -> Hold:
        return _hold(
            p, THUMB, columns(0.0, 0.5 * size * deep * np.sin(p), 0.0), nod=0.15 * np.sin(p)
        )

    def turn(p: np.ndarray) -> Hold:
        return _hold(p, OPEN + 0.2, turn=(0.7 + 0.8 * deep) * np.sin(p))

    def grasp(p: np.ndarray) -> Hold:
        move = columns(0.3 * size * np.sin(p), 0.2 * size * np.sin(p), -0.1 * np.sin(p))
        return _hold(p, _between(OPEN + 0.1, 0.8 * CLOSED, half(p + 0.8)), move)

    def typing(p: np.ndarray) -> Hold:
        lag = np.array([0.0, 1.9, 3.7, 0.9, 2.8])
        curl = 0.35 + 0.3 * np.maximum(np.sin(2 * p[:, None] + lag * (2 + start)), 0.0)
        return _hold(p, curl, columns(0.2 * size * np.sin(0.3 * p), 0.0, 0.0), nod=0.3 + 0 * p)

    def ripple(p: np.ndarray) -> Hold:
        lag = np.array([0.0, 0.8, 1.6, 2.4, 3.2])
        return _hold(p, 0.1 + 0.7 * deep * half(p[:, None] - lag))

    plays = (beckon, point, snap, count, fists, thumb_up, turn, grasp, typing, ripple)
    names = tuple(str(index) for index in range(len(plays)))
    return plays[int(style.choose(names))]


def _hand(style: Style, side: int, entry: Entry, play: Play) -> Path:
    phase = style.phase(float(np.clip(style.around(0.75, 0.4) * style.manner[0], 0.25, 2.5)))
    palm = np.array(turned_palm(style)) + np.array([0.0, style.shift(0.4), 0.0])
    along = entry.along
    third, grip = np.cross(along, palm), Grip(spread=style.uniform(0.0, 0.9))
    size = style.uniform(0.0, 0.15) * view(style)

    def spot(rng: np.random.Generator, here: np.ndarray) -> np.ndarray:
        return np.asarray(0.5 * here + size * rng.normal(0, 1, 3) * np.array([1.0, 1.0, 0.5]))

    drift = draw_moves(style.rng, spot, TALKING, 0.6)

    def arm(t: np.ndarray) -> ArmPose:
        hold = play(phase(t))
        nod, turn = hold.nod[:, None], hold.turn[:, None]
        fingers = unit(np.cos(nod) * along + np.sin(nod) * palm)
        wrist = entry.wrist + drift(t) + hold.moved
        pose = near_pose(side, wrist, entry.elbow, fingers, grip)
        way = np.cos(turn) * palm + np.sin(turn) * third
        mirrored = way * np.array([-1.0 if side == RIGHT else 1.0, 1.0, 1.0])
        return replace(pose, palm=mirrored, curl=np.clip(hold.curl, 0.0, 1.0))

    return arm


def near_other(style: Style) -> Gesture:
    """One hand or both play."""
    both, leader = style.chance(0.3), style.leader()
    play = _draw_play(style)
    entry = draw_entry(style, style.uniform(0.3, 0.6)) if both else draw_single_entry(style)
    arms = {side: away(style, side) for side in (RIGHT, LEFT)}
    for side in (RIGHT, LEFT) if both else (leader,):
        arms[side] = _hand(style, side, entry, play)
    onset = style.onset_s(0.5)
    return Gesture("other_gestures", arms[RIGHT], arms[LEFT], onset, style.bow())
