from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kiosk.motions import arrows_of, props_of, track_of
from app.ui.kiosk.poses import (
    MIDDLE_X,
    PERIODS_S,
    POSES,
    Pose,
    mirror,
    phase_at,
    pose_of,
)
from models.data.gestures import CLASSES, MIRRORED


def test_every_gesture_can_be_performed() -> None:
    assert set(POSES) == set(PERIODS_S) == set(CLASSES)


def test_the_right_hand_is_at_the_left_of_who_faces_the_viewer() -> None:
    pose = pose_of("right_hand_wave", 0.25)
    assert pose.right.moves
    assert not pose.left.moves
    assert pose.right.hand[0] < pose.right.shoulder[0] < MIDDLE_X < pose.left.shoulder[0]
    assert pose.right.hand[1] < pose.right.shoulder[1], "raised"


def test_a_wave_swings_to_both_sides_of_its_elbow() -> None:
    """Elbow (44, 172), forearm 80, 26 degrees: 80 sin 26 = 35.07, 80 cos 26 = 71.90."""
    assert pose_of("right_hand_wave", 0.0).right.hand == pytest.approx((44, 92))
    assert pose_of("right_hand_wave", 0.25).right.hand == pytest.approx((79.07, 100.10), abs=0.01)
    assert pose_of("right_hand_wave", 0.75).right.hand == pytest.approx((8.93, 100.10), abs=0.01)


@pytest.mark.parametrize(
    ("gesture", "at_0", "at_quarter"),
    [
        # As the person sees it: clockwise is counter-clockwise for who looks at the person, so
        # from the viewer's right (83, 138) over the top (40, 62).
        ("right_arm_clockwise", (83, 138), (40, 62)),
        ("right_arm_counter_clockwise", (83, 138), (40, 214)),
        # The left arm begins at the viewer's left, and turns counter-clockwise through the bottom.
        ("left_arm_clockwise", (157, 138), (200, 214)),
        ("left_arm_counter_clockwise", (157, 138), (200, 62)),
    ],
)
def test_arms_turn_the_way_the_person_sees_it(
    gesture: str, at_0: tuple[float, float], at_quarter: tuple[float, float]
) -> None:
    def hand(phase: float) -> tuple[float, float]:
        pose = pose_of(gesture, phase)
        return (pose.right if gesture.startswith("right") else pose.left).hand

    assert hand(0.0) == pytest.approx(at_0)
    assert hand(0.25) == pytest.approx(at_quarter)


@pytest.mark.parametrize("gesture", [each for each in CLASSES if "clockwise" in each])
@pytest.mark.parametrize("phase", [0.0, 0.2, 0.45, 0.8])
def test_the_arrow_runs_ahead_of_the_hand(gesture: str, phase: float) -> None:
    points = arrows_of(gesture, phase)[0].points
    later = [pose_of(gesture, phase + ahead) for ahead in (0.11, 0.36)]
    hands = [(pose.right if "right" in gesture else pose.left).hand for pose in later]
    assert points[0] == pytest.approx(hands[0])
    assert points[-1] == pytest.approx(hands[1])


def test_clapping_hands_meet_and_part() -> None:
    together, apart = pose_of("hand_clapping", 0.5), pose_of("hand_clapping", 0.0)
    assert together.left.hand[0] - together.right.hand[0] == pytest.approx(22)
    assert apart.left.hand[0] - apart.right.hand[0] == pytest.approx(88)
    assert len(arrows_of("hand_clapping", 0.5)) == 5, "with rays where they meet"
    assert len(arrows_of("hand_clapping", 0.0)) == 2


def test_drums_are_beaten_by_turns() -> None:
    for phase, lower in ((0.0, "left"), (0.5, "right")):
        pose = pose_of("air_drums", phase)
        hands = {"right": pose.right.hand[1], "left": pose.left.hand[1]}
        assert max(hands, key=lambda side: hands[side]) == lower


@given(st.sampled_from(CLASSES), st.floats(-5, 5))
def test_a_gesture_is_periodic_and_stays_in_the_picture(gesture: str, phase: float) -> None:
    pose = pose_of(gesture, phase)
    for arm in (pose.right, pose.left):
        for x, y in (arm.shoulder, arm.elbow, arm.hand):
            assert -16 <= x <= 256
            assert -8 <= y <= 248
        assert arm.size > 0
    again = pose_of(gesture, phase + 1)
    assert again.right.hand == pytest.approx(pose.right.hand, abs=1e-6)
    for stroke in arrows_of(gesture, phase):
        assert all(-16 <= x <= 256 and -8 <= y <= 248 for x, y in stroke.points)
    assert len(props_of(gesture, phase)) <= 2


@pytest.mark.parametrize("one", range(1, 7))
def test_mirrored_gestures_look_mirrored(one: int) -> None:
    pose, other = pose_of(CLASSES[one], 0.2), pose_of(CLASSES[MIRRORED[one]], 0.2)
    assert isinstance(pose, Pose)
    assert other.left.hand == pytest.approx(pose.mirrored().left.hand)
    track = [mirror(point) for point in track_of(CLASSES[one])]
    for point, twin in zip(track, track_of(CLASSES[MIRRORED[one]]), strict=True):
        assert point == pytest.approx(twin)


def test_without_a_gesture_the_arms_hang() -> None:
    for nothing in (None, "no such gesture"):
        pose = pose_of(nothing, 0.3)
        assert not pose.right.moves
        assert not pose.left.moves
        assert arrows_of(nothing, 0.3) == []


def test_it_goes_at_its_natural_speed() -> None:
    assert phase_at("right_arm_clockwise", 1.25) == pytest.approx(0.25)
    assert phase_at("right_hand_wave", 0.11) == pytest.approx(0.25)
