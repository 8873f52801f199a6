"""Measures arms as motion capture of real people was measured: reaches, seconds, degrees."""

from __future__ import annotations

import numpy as np

from models.data.performer.body import LEFT, RIGHT
from tests.models.motion_tracks import (
    RATE_HZ,
    Played,
    Track,
    first_component,
    harmonic,
    speed,
    turning_points,
)

LEAVES, THERE = 0.05, 0.95


def wave(t: Track) -> dict[str, float]:
    """One steady wave."""
    signal = first_component(t.hand)
    turns = turning_points(signal)
    if len(turns) < 3:
        return {}
    period = 2 * float(np.median(np.diff(t.t[turns])))
    sizes = np.abs(np.diff(signal[turns])) / 2
    fit = harmonic(t.t, t.hand, period)
    singular = np.linalg.svd(np.stack([fit.real, fit.imag]), compute_uv=False)
    swing = np.unwrap(np.arctan2(t.fore[:, 0], t.fore[:, 1]))
    bend = np.arccos(np.clip(np.sum(t.fore * t.fingers, -1), -1, 1))
    head, hand = harmonic(t.t, t.head_x[:, None], period)[0], fit[0]
    elbow = np.linalg.norm(harmonic(t.t, t.elbow, period))
    return {
        "period, s": period,
        "hand amplitude, R": float(np.median(sizes)),
        "amplitude CV": float(sizes.std() / sizes.mean()),
        "elbow height, R": float(np.median(t.elbow[:, 1])),
        "elbow x, R": float(np.median(t.elbow[:, 0])),
        "wrist height, R": float(np.median(t.wrist[:, 1])),
        "wrist x, R": float(np.median(t.wrist[:, 0])),
        "elbow angle, deg": float(np.median(t.elbow_deg)),
        "elbow angle +-, deg": float(np.ptp(t.elbow_deg) / 2),
        "forearm +-, deg": float(np.degrees(np.ptp(swing) / 2)),
        "hand bend, max deg": float(np.degrees(bend.max())),
        "elbow/hand": float(elbow / np.linalg.norm(fit)),
        "minor/major axis": float(singular[1] / singular[0]),
        "wrist peak speed, R/s": float(speed(t).max()),
        "head/hand": float(abs(head) / max(abs(hand), 1e-9)),
        "head against hand": float(np.cos(np.angle(head / hand)) < 0),
    }


def circle(t: Track) -> dict[str, float]:
    """One steady circle."""
    centred = t.wrist - t.wrist.mean(0)
    axes = np.linalg.svd(centred, full_matrices=False)[2]
    a, b = centred @ axes[0], centred @ axes[1]
    wide, high = np.ptp(a) / 2, np.ptp(b) / 2
    angle = np.unwrap(np.arctan2(b / high, a / wide))
    rate = np.gradient(angle, t.t)
    return {
        "period, s": float(2 * np.pi * t.t[-1] / abs(angle[-1] - angle[0])),
        "radius, R": float(np.sqrt(wide * high)),
        "axis ratio": float(min(wide, high) / max(wide, high)),
        "centre x, R": float(t.wrist[:, 0].mean()),
        "centre y, R": float(t.wrist[:, 1].mean()),
        "centre z, R": float(t.wrist[:, 2].mean()),
        "angular speed CV": float(rate.std() / abs(rate.mean())),
        "elbow angle, deg": float(t.elbow_deg.mean()),
        "elbow angle +-, deg": float(np.ptp(t.elbow_deg) / 2),
        "elbow height, R": float(np.median(t.elbow[:, 1])),
    }


def clap(right: Track, left: Track) -> dict[str, float]:
    """Steady claps."""
    gap = np.linalg.norm((right.body_wrist - left.body_wrist * np.array([-1, 1, 1])), axis=-1)
    turns = turning_points(gap)
    if len(turns) < 3:
        return {}
    closed = turns[gap[turns] < gap.mean()]
    opened = turns[gap[turns] >= gap.mean()]
    at, ways = closed[0], [np.ptp(arm.wrist[:, 0]) for arm in (right, left)]
    return {
        "period, s": 2 * float(np.median(np.diff(right.t[turns]))),
        "half spread, R": float(gap[opened].mean() / 2),
        "height at contact, R": float(right.wrist[at, 1]),
        "before the chest, R": float(right.wrist[at, 2]),
        "elbow angle at contact, deg": float(right.elbow_deg[at]),
        "right hand's share": float(ways[0] / sum(ways)),
    }  # fmt: skip


def onset(t: Track, start_s: float, onset_s: float) -> dict[str, float]:
    """From rest to the first stroke, which takes the arm ``onset_s`` from ``start_s`` on."""
    begins, steady = int(start_s * RATE_HZ), int((start_s + onset_s) * RATE_HZ) + 1
    way = t.wrist[begins:] - t.wrist[begins]
    leaves = int(np.argmax(np.linalg.norm(way, axis=-1) > LEAVES))
    raised = np.median(t.wrist[steady:, 1]) - t.wrist[begins, 1]
    centred = t.hand[steady:] - t.hand[steady:].mean(0)
    stroke = t.hand[begins:] @ np.linalg.svd(centred, full_matrices=False)[2][0]
    there, up = (int(np.argmax(way[:, 1] > share * raised)) for share in (THERE, 0.8))
    turns = turning_points(stroke[up:], 0.15)
    if raised < 0.3 or up <= leaves or not len(turns):
        return {}
    path = way[: steady - begins]
    chord = np.linalg.norm(path[-1] - path[0])
    steps = np.linalg.norm(np.diff(path, axis=0), axis=-1)
    line = (path[-1] - path[0]) / chord
    off = np.linalg.norm(path - np.outer(path @ line, line), axis=-1)
    return {
        "to 95 % of the height, s": (there - leaves) / RATE_HZ,
        "to the first turning point, s": (up + turns[0] - leaves) / RATE_HZ,
        "peak/mean speed": float(steps.max() / steps.mean()),
        "time of peak": float(np.argmax(steps) / len(steps)),
        "path/chord": float(steps.sum() / chord),
        "bow/chord": float(off.max() / chord),
        "peak speed, R/s": float(steps.max() * RATE_HZ),
    }


def shoulders(played: Played, side: int) -> dict[str, float]:
    """The shoulder line, the moving arm's own side counted upward and forward."""
    body, posture = played.person.body, played.posture
    line = posture.trunk.shoulder(LEFT) - posture.trunk.shoulder(RIGHT)
    sign = 1.0 if side == RIGHT else -1.0
    roll = np.degrees(np.arctan2(line[:, 1], line[:, 0])) * sign
    yaw = np.degrees(np.arctan2(line[:, 2], line[:, 0])) * sign
    length = body.upper_arm + body.forearm
    return {
        "shoulder roll, deg": float(roll.mean()),
        "shoulder roll +-, deg": float(np.ptp(roll) / 2),
        "shoulder yaw +-, deg": float(np.ptp(yaw) / 2),
        "lift of the shoulder, R": float(posture.trunk.lift[:, side].mean() / length),
    }


def stillness(t: Track) -> dict[str, float]:
    """Somebody who stands about, talks or walks."""
    fast = speed(t)
    return {
        "wrist speed 50 %, R/s": float(np.median(fast)),
        "wrist speed 95 %, R/s": float(np.percentile(fast, 95)),
        "share over 0.25 R/s": float((fast > 0.25).mean()),
        "wrist x, R": float(np.median(t.wrist[:, 0])),
        "wrist y, R": float(np.median(t.wrist[:, 1])),
        "wrist z, R": float(np.median(t.wrist[:, 2])),
        "swing of z, R": float(np.ptp(t.wrist[:, 2]) / 2),
        "elbow angle, deg": float(np.median(t.elbow_deg)),
    }


def stroke_y(t: Track) -> dict[str, float]:
    """Strokes up and down."""
    turns = turning_points(t.wrist[:, 1])
    return {
        "period, s": 2 * float(np.median(np.diff(t.t[turns]))),
        "wrist y +-, R": float(np.ptp(t.wrist[:, 1]) / 2),
        "elbow angle, deg": float(t.elbow_deg.mean()),
    }
