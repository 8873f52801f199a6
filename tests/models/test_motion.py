"""How the performer moves: nothing breaks, left is right mirrored, people differ and stay alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.data.gestures import CLASSES, MIRRORED, SETTINGS
from models.data.performer.body import LEFT, RIGHT, draw_body
from models.data.performer.choreography import IDLE
from models.data.performer.person import Person
from models.data.performer.posture import draw_give, follow_arms
from models.data.performer.programme import STROKE_FROM, Act, raising, stroke_time
from models.data.performer.session import PREPARED
from models.data.performer.skeleton import ArmPose, Joints, reach, shoulder_position, solve_arm
from tests.models import motion_measures as measure
from tests.models.motion_report import report
from tests.models.motion_tracks import play, somebody, track

MIRROR = np.array([-1.0, 1.0, 1.0])
TIMES = np.linspace(0.0, 2.0, 161)
ONE_SIDED = [name for name in CLASSES if name.startswith("right_")]
ALL = (*CLASSES, *IDLE)


def person(seed: int, setting: str = "ordinary") -> Person:
    return somebody(seed, setting)[0]


def inside(seed: int, name: str, setting: str) -> np.ndarray:
    """In which share of the time the right and the left hand are in the picture, (2,)."""
    played = play([(0.0, name)], seed, 2.0, setting)
    shares = []
    for arm in played.posture.arms:
        pixels, _ = played.scene.camera.project(arm.knuckles)
        shares.append(((pixels > 0) & (pixels < 128)).all(-1).mean())
    return np.array(shares)


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from(ALL), st.sampled_from(ALL), st.sampled_from(SETTINGS))
def test_no_posture_breaks(seed: int, before: str, after: str, setting: str) -> None:
    """Bones keep their length, wrists stay within reach, and nothing jumps from act to act."""
    she = person(seed, setting)
    acts = [Act(0.0, she.draw(before)), Act(0.3, she.draw(after), (0.1, 0.05))]
    posture = she.stand(acts, TIMES)
    assert np.isfinite(posture.trunk.offset).all()
    for arm in posture.arms:
        check_arm(she, arm)
        ways = np.linalg.norm(np.diff(arm.wrist, axis=0), axis=-1)
        assert ways.max() / np.diff(TIMES)[0] < 22 * reach(she.body)


def check_arm(she: Person, arm: Joints) -> None:
    body = she.body
    upper = np.linalg.norm(arm.elbow - arm.shoulder, axis=-1)
    fore = np.linalg.norm(arm.wrist - arm.elbow, axis=-1)
    np.testing.assert_allclose(upper, body.upper_arm, rtol=1e-6)
    np.testing.assert_allclose(fore, body.forearm, rtol=1e-6)
    assert np.linalg.norm(arm.wrist - arm.shoulder, axis=-1).max() < upper.max() + fore.max() + 1e-9
    np.testing.assert_allclose(np.linalg.norm(arm.palm, axis=-1), 1.0, atol=1e-6)
    np.testing.assert_allclose(np.sum(arm.palm * arm.along, -1), 0.0, atol=1e-2)
    for share in (arm.curl, arm.spread):
        assert 0.0 <= share.min() <= share.max() <= 1.0


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("name", CLASSES)
def test_hands_are_in_the_picture_most_of_the_time(name: str, setting: str) -> None:
    each = np.array([inside(seed, name, setting) for seed in range(16)])
    shares = np.mean(each, axis=0)
    # As in the data set, a turning left arm runs over the edge.
    if name.startswith(("right", "left")):
        assert shares[LEFT if name.startswith("left") else RIGHT] > 0.5
    elif name == "other_gestures":  # which hand plays differs from one person to the next
        assert each.max(axis=1).mean() > 0.7
    else:
        assert shares.max() > 0.7


@pytest.mark.parametrize("setting", ["ordinary", "hand"])
@pytest.mark.parametrize("name", ONE_SIDED)
def test_left_is_right_mirrored(name: str, setting: str) -> None:
    """The same dice make the same movement on the other side, the turning sense mirrored too."""
    twin = CLASSES[MIRRORED[CLASSES.index(name)]]
    for seed in range(6):
        right, left = (person(seed, setting).draw(each) for each in (name, twin))
        for side in (RIGHT, LEFT):
            a, b = right.arm(side)(TIMES), left.arm(1 - side)(TIMES)
            for field in ("wrist", "elbow_hint", "fingers", "palm"):
                np.testing.assert_allclose(
                    getattr(a, field), getattr(b, field) * MIRROR, atol=1e-12, err_msg=field
                )
            np.testing.assert_array_equal(a.curl, b.curl)
        assert (right.onset_s, right.bow) == (left.onset_s, left.bow)


@pytest.mark.parametrize("setting", ["wild", "hand"])
@pytest.mark.parametrize("name", [name for name in CLASSES if "clockwise" in name])
def test_circles_turn_the_persons_own_way_in_every_setting(name: str, setting: str) -> None:
    """Clockwise as the person sees it is counter-clockwise in the image, where y points down."""
    side = RIGHT if name.startswith("right") else LEFT
    sense = 1.0 if "counter" in name else -1.0
    for seed in range(16):
        played = play([(0.0, name)], seed, 3.0, setting)
        path, _ = played.scene.camera.project(played.posture.arms[side].fingertips)
        centred = path - (path.max(0) + path.min(0)) / 2
        angle = np.unwrap(np.arctan2(centred[:, 1], centred[:, 0]))
        assert sense * (angle[-1] - angle[0]) > 0.8 * 2 * np.pi, seed


def test_the_trunk_follows_mirrored_arms_mirrored() -> None:
    body, give = draw_body(np.random.default_rng(1), False), draw_give(np.random.default_rng(2))
    gesture = person(3).draw("right_hand_wave")
    offset = np.zeros((len(TIMES), 3))

    def arms(flip: bool) -> list[Joints]:
        joints = []
        for side in (RIGHT, LEFT):
            pose = gesture.arm(1 - side if flip else side)(TIMES)
            way = MIRROR if flip else 1.0
            mirrored = ArmPose(
                pose.wrist * way, pose.elbow_hint * way, pose.fingers * way, pose.palm * way,
                pose.curl, pose.spread,
            )  # fmt: skip
            joints.append(solve_arm(body, side, shoulder_position(body, side), mirrored))
        return joints

    a, b = (follow_arms(body, give, offset, *arms(flip)) for flip in (False, True))
    np.testing.assert_allclose(a.shoulder(RIGHT), b.shoulder(LEFT) * MIRROR, atol=1e-12)
    assert np.ptp(a.shoulder(RIGHT), axis=0).max() > 1e-3, "the trunk moves at all"


def test_heads_lean_against_the_waving_hand() -> None:
    for seed in range(8):
        played = play([(0.0, "left_hand_wave")], seed, 6.0, "ordinary")
        numbers = measure.wave(track(played, LEFT))
        assert numbers.get("head against hand", 1.0) == 1.0


def test_one_person_differs_less_from_herself_than_from_others() -> None:
    def heights(seed: int) -> list[float]:
        she = person(seed)
        return [
            float(she.draw("right_hand_wave").right(TIMES).wrist[:, 1].mean()) for _ in range(6)
        ]

    people = np.array([heights(seed) for seed in range(30)])
    within = np.median(people.std(axis=1))
    assert 0.0 < within < 0.35 * np.median(people, axis=1).std()


def test_waves_cover_what_real_people_do() -> None:
    """Fast and low, as in the data set, stays common; slow, high and wide are as common."""
    found = []
    for seed in range(40):
        played = play([(0.0, "right_hand_wave")], seed, 5.0, "ordinary")
        found.append(measure.wave(track(played, RIGHT)))
    found = [numbers for numbers in found if numbers]
    high = np.array([numbers["elbow height, R"] > 0 for numbers in found])
    slow = np.array([numbers["period, s"] > 0.75 for numbers in found])
    wide = np.array([numbers["hand amplitude, R"] > 0.45 for numbers in found])
    for share in (high, slow, wide):
        assert 0.15 < share.mean() < 0.7


def test_arms_are_raised_quickly_at_first_and_strokes_wait_for_them() -> None:
    s = np.linspace(0, 1, 501)
    way = raising(s)
    assert (way[0], way[-1]) == (0.0, 1.0)
    assert (np.diff(way) >= 0).all()
    assert 0.33 < s[np.argmax(np.diff(way))] < 0.47
    assert raising(np.array([PREPARED]))[0] > 0.85, "a label begins when the hands are there"
    times = np.linspace(0, 3, 301)
    own = stroke_time(times, 1.0, 0.8)
    assert (own[times <= 1.0 + STROKE_FROM * 0.8] == 1.0).all()
    assert (np.diff(own) >= 0).all()
    np.testing.assert_allclose(np.diff(own[times > 1.8]), 0.01, atol=1e-9)
    rate = np.interp(1.0 + PREPARED * 0.8, times[1:], np.diff(own) / 0.01)
    assert 0.2 < rate < 0.7, "and the stroke is on its way"


def test_both_hands_wave_and_circle_as_mirror_images() -> None:
    """None of the ten has both arms do the same; drawn apart they would be two gestures."""
    alike = 0
    for seed in range(60):
        gesture = person(seed).draw("other_gestures")
        right, left = (gesture.arm(side)(TIMES).wrist for side in (RIGHT, LEFT))
        apart = np.abs(right - left * MIRROR).max()
        alike += bool(apart < 0.12 and np.ptp(right, axis=0).max() > 0.1)
    assert alike > 5


def test_idle_people_move_in_short_moves() -> None:
    shares = []
    for seed in range(12):
        numbers = measure.stillness(track(play([(0.0, "pose")], seed, 8.0, "ordinary"), RIGHT))
        shares.append(numbers["share over 0.25 R/s"])
    assert 0.08 < np.mean(shares) < 0.6


def test_an_unknown_gesture_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected a gesture out of hand_clapping, .*'dancing'"):
        person(1).draw("dancing")


def test_the_report_sets_ours_beside_the_real() -> None:
    text = report("wild", 2)
    assert "wave     period, s" in text
    assert "% in" in text
