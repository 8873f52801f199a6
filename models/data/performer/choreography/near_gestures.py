"""The ten gestures as hands alone before the lens play them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.data.performer.body import LEFT, RIGHT
from models.data.performer.choreography.circles import sense_of
from models.data.performer.choreography.instruments import FRET, PICK
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
    open_grip,
    turned_palm,
)
from models.data.performer.choreography.style import Gesture, Path, Style, Wave
from models.data.performer.skeleton import ArmPose, unit


def _alone(style: Style, side: int, name: str, arm: Path, least: float) -> Gesture:
    other = away(style, 1 - side)
    arms = (arm, other) if side == RIGHT else (other, arm)
    return Gesture(name, *arms, style.onset_s(0.5), style.bow(), least)


def _period(style: Style, usual: float, spread: float, low: float, high: float) -> float:
    return float(np.clip(style.around(usual, spread) * style.manner[0] ** 0.5, low, high))


def near_waving(style: Style, side: int) -> Gesture:
    """From the elbow, with the forearm, or from the wrist, with the hand alone."""
    entry, period = draw_single_entry(style), _period(style, 0.5, 0.32, 0.28, 1.4)
    phase, swell = style.phase(period), style.amplitude()
    arm_length = entry.forearm + 0.5 * entry.hand
    wished = style.uniform(0.3, 0.95) * view(style) * style.manner[1] ** 0.5 / arm_length
    swing = np.arcsin(np.clip(wished, 0.08, 0.62))
    bend, lag = np.radians(style.uniform(3, 22)), style.uniform(-0.5, 0.0)
    if style.chance(0.4):
        swing, bend, lag = style.uniform(0.0, 0.06), np.radians(style.uniform(16, 42)), 0.0
    grip, plane = open_grip(style, turned_palm(style)), _plane(style, entry)

    def arm(t: np.ndarray) -> ArmPose:
        p, size = phase(t), swell(t)
        turn = (swing * size * np.sin(p))[:, None]
        elbow = np.cos(turn) * entry.elbow - np.sin(turn) * plane
        late = turn + (bend * size * np.sin(p + lag))[:, None]
        along = np.cos(late) * entry.along + np.sin(late) * plane
        wrist = entry.wrist + entry.forearm * (entry.elbow - elbow)
        return near_pose(side, wrist, elbow, along, grip)

    name = "right_hand_wave" if side == RIGHT else "left_hand_wave"
    return _alone(style, side, name, arm, 1.1 * period)


def _plane(style: Style, entry: Entry) -> np.ndarray:
    """The way a stroke goes: across the hand, in the picture but for a little depth."""
    along = entry.along
    across = np.array([-along[1], along[0], style.shift(0.25)])
    return np.asarray(unit(across - along * np.dot(across, along)))


def near_circling(style: Style, side: int, clockwise: bool) -> Gesture:
    """The hand circles, or a finger about the wrist; the turning sense is the person's own."""
    entry, period = draw_single_entry(style), _period(style, 0.85, 0.22, 0.45, 1.6)
    angle, swell = _turning(style, period, sense_of(side, clockwise)), style.amplitude()
    finger = style.chance(0.3)
    radius = np.clip(style.uniform(0.25, 0.65) * view(style) * style.manner[1] ** 0.5, 0.02, 0.24)
    wide, tilt = np.radians(style.uniform(18, 38)), style.shift(0.2)
    flat = style.uniform(0.75, 1.0)
    grip = POINTING if finger or style.chance(0.5) else open_grip(style, turned_palm(style))
    elbow_at = entry.wrist + entry.forearm * entry.elbow
    size = 0.1 * radius if finger else radius
    # A ring drawn by a finger is seen as one where the finger points at the camera.
    axis = unit(0.35 * entry.along + np.array([0.0, 0.0, -1.0])) if finger else entry.along

    def arm(t: np.ndarray) -> ArmPose:
        a, s = angle(t), swell(t)[:, None]
        ring = columns(np.cos(a), flat * np.sin(a + tilt), 0.15 * np.sin(a))
        along = axis + (np.tan(wide) if finger else 0.15) * s * ring
        wrist = entry.wrist + size * s * ring
        return near_pose(side, wrist, elbow_at - wrist, unit(along), grip)

    turn = "clockwise" if clockwise else "counter_clockwise"
    name = f"{'right' if side == RIGHT else 'left'}_arm_{turn}"
    return _alone(style, side, name, arm, 1.15 * period)


def _turning(style: Style, period: float, sense: float) -> Wave:
    phase, uneven, lag = style.phase(period), style.uniform(0.0, 0.3), style.shift(2.0)
    return lambda t: sense * (phase(t) + uneven * np.sin(phase(t) + lag))


def near_clapping(style: Style) -> Gesture:
    """Palm on palm with the fingers up, or one hand on the other from above."""
    period, swell = _period(style, 0.45, 0.35, 0.24, 1.2), style.amplitude()
    phase, leader, level = style.phase(period), style.leader(), style.chance(0.75)
    width = np.clip(style.uniform(0.25, 1.0) * view(style) * style.manner[1] ** 0.5, 0.03, 0.5)
    closed, lead = style.uniform(0.8, 1.8), style.uniform(0.45, 0.7)
    aside, centre = style.shift(0.15) * view(style), draw_entry(style).centre
    angle = style.uniform(0.1, 1.1) if level else style.uniform(0.9, 1.5)
    elbow = unit(np.array([np.sin(angle), np.cos(angle), style.uniform(0.1, 0.6)]))
    along = np.array([style.shift(0.1), -1.0, -0.2 + style.shift(0.3)])
    along = (
        unit(along) if level else unit(np.array([-1.0, style.shift(0.2), -style.uniform(0, 0.5)]))
    )
    grip = open_grip(style)

    def path(side: int) -> Path:
        share = 2 * (lead if side == leader else 1 - lead)
        sign = -1.0 if side == leader else 1.0
        way = np.array([1.0, 0.15 * sign, 0.1]) if level else np.array([0.25, sign, 0.1])
        palm = (-1.0, 0.0, 0.1) if level else (0.0, -sign, 0.0)
        # Palms meet half a hand's thickness from the middle.
        middle = centre * np.array([0.0, 1.0, 1.0]) + 0.16 * style.body.hand * way
        middle = middle + np.array([aside if side == LEFT else -aside, 0.0, 0.0])
        wrist, mine = middle - 0.5 * style.body.hand * along, replace(grip, palm=palm)

        def arm(t: np.ndarray) -> ArmPose:
            apart = width * share * swell(t) * (0.5 + 0.5 * np.cos(phase(t))) ** closed
            return near_pose(side, wrist + apart[:, None] * way, elbow, along, mine)

        return arm

    onset, least = style.onset_s(0.5), 1.2 * period
    return Gesture("hand_clapping", path(RIGHT), path(LEFT), onset, style.bow(), least)


def near_rolling(style: Style) -> Gesture:
    """Both hands roll round each other, the forearms from the sides."""
    period = _period(style, 0.6, 0.28, 0.32, 1.4)
    phase, swell, sense = style.phase(period), style.amplitude(), 1.0 if style.chance(0.5) else -1.0
    radius = np.clip(style.uniform(0.25, 0.6) * view(style) * style.manner[1] ** 0.5, 0.03, 0.16)
    flat, reach_ = style.uniform(0.6, 1.1), style.uniform(-0.1, 0.1)
    elbow = unit(np.array([1.0, style.uniform(0.0, 0.7), max(0.08, 0.3 + style.shift(0.2))]))
    along = unit(np.array([-1.0, style.shift(0.2), style.shift(0.2)]))
    centre = draw_entry(style).centre
    grip = FIST if style.chance(0.5) else open_grip(style, (0.0, 0.3, 1.0))

    def path(side: int) -> Path:
        late = 0.0 if side == RIGHT else np.pi
        base = centre * np.array([0.0, 1.0, 1.0]) + np.array([0.5 * style.body.hand, 0.0, 0.0])
        base = base + np.array([reach_ * view(style), 0.0, 0.0])

        def arm(t: np.ndarray) -> ArmPose:
            angle, r = sense * phase(t) + late, radius * swell(t)
            ring = columns(0.2 * np.cos(angle), np.sin(angle), flat * np.cos(angle))
            return near_pose(side, base + r[:, None] * ring, elbow, along, grip)

        return arm

    least = 1.1 * period
    return Gesture("arm_roll", path(RIGHT), path(LEFT), style.onset_s(0.5), style.bow(), least)


def near_drumming(style: Style) -> Gesture:
    """Two fists beat by turns."""
    period = _period(style, 0.58, 0.25, 0.34, 1.2)
    phase, swell, leader = style.phase(period), style.amplitude(), style.leader()
    stroke = np.clip(style.uniform(0.2, 0.55) * view(style) * style.manner[1] ** 0.5, 0.03, 0.24)
    entry = draw_entry(style, style.uniform(0.3, 0.6), 0.1)
    quick, wrist = style.uniform(0.05, 0.5), style.uniform(0.1, 0.7)
    lag = np.pi + style.shift(0.3) if style.chance(0.9) else style.uniform(0.0, 0.6)
    grip = FIST if style.chance(0.8) else open_grip(style, (0.0, 1.0, 0.0))

    def path(side: int) -> Path:
        def arm(t: np.ndarray) -> ArmPose:
            angle = phase(t) + (0.0 if side == leader else lag)
            beat = swell(t) * np.sin(angle + quick * np.sin(angle))
            wrist_at = entry.wrist + columns(0.0, stroke * beat, -0.2 * stroke * beat)
            along = unit(entry.along + columns(0.0, wrist * beat, -0.3))
            return near_pose(side, wrist_at, entry.elbow, along, grip)

        return arm

    least = 1.1 * period
    return Gesture("air_drums", path(RIGHT), path(LEFT), style.onset_s(0.5), style.bow(), least)


def near_strumming(style: Style) -> Gesture:
    """One hand strums low, the other one lies on the neck further up."""
    period, strummer = _period(style, 0.36, 0.28, 0.2, 0.9), style.leader()
    phase, swell = style.phase(period), style.amplitude()
    strum_at = draw_entry(style, 0.35, 0.3)
    fret_at = draw_entry(style, 0.45, -0.35)
    stroke = np.clip(style.uniform(0.15, 0.4) * view(style) * style.manner[1] ** 0.5, 0.02, 0.15)
    size, slide = style.uniform(0.0, 0.06) * view(style), style.phase(style.rng.uniform(1.0, 4.0))
    slant, wrist = style.uniform(-0.2, 0.9), style.uniform(1.0, 5.0)

    def strum(t: np.ndarray) -> ArmPose:
        beat = stroke * swell(t) * np.sin(phase(t))
        along = unit(columns(-0.6, 0.3 + wrist * beat, -0.1))
        at = strum_at.centre + columns(0.4 * slant * beat, beat, 0.0)
        return _held(strummer, at, along, (0.8, 0.4, 0.4), PICK)

    def fret(t: np.ndarray) -> ArmPose:
        move = size * np.sin(slide(t))
        at = fret_at.centre + columns(move, 0.4 * move, 0.0)
        return _held(1 - strummer, at, np.array([-0.3, -0.9, 0.1]), (0.4, 0.9, 0.3), FRET)

    def _held(
        side: int, at: np.ndarray, along: np.ndarray, elbow: tuple[float, float, float], grip: Grip
    ) -> ArmPose:
        wrist = at - 0.5 * style.body.hand * along
        return near_pose(side, wrist, np.array(elbow), along, grip)

    right, left = (strum, fret) if strummer == RIGHT else (fret, strum)
    return Gesture("air_guitar", right, left, style.onset_s(0.5), style.bow(), 1.2 * period)
