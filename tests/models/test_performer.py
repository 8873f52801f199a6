"""The performer: bones keep their length, sides and senses are right, runs repeat."""

from __future__ import annotations

import numpy as np
import pytest

from models.data.events import EVENT_DTYPE
from models.data.gestures import CLASSES, MIRRORED, class_index
from models.data.performer import Performer, perform, stream_acts
from models.data.performer.body import LEFT, RIGHT
from models.data.performer.programme import Act, min_jerk
from models.data.performer.session import deal_gestures, perform_session, plan_gestures


def arm_path(name: str, seed: int, side: int) -> np.ndarray:
    """Where the fingertips are in the image, (F, 2) pixels over 1.5 s."""
    performer = Performer(seed)
    acts = [Act(0.0, performer.draw(name))]
    joints = performer.person.stand(acts, np.linspace(0, 1.5, 300)).arms[side]
    return performer.scene.camera.project(joints.fingertips)[0]


@pytest.mark.parametrize("name", CLASSES)
def test_bones_keep_their_length(name: str) -> None:
    for seed in range(5):
        performer = Performer(seed, "wild")
        acts = [Act(0.0, performer.draw(name))]
        for side in (RIGHT, LEFT):
            joints = performer.person.stand(acts, np.linspace(0, 2, 100)).arms[side]
            upper = np.linalg.norm(joints.elbow - joints.shoulder, axis=1)
            fore = np.linalg.norm(joints.wrist - joints.elbow, axis=1)
            np.testing.assert_allclose(upper, performer.body.upper_arm, rtol=1e-6)
            np.testing.assert_allclose(fore, performer.body.forearm, rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "moving", "image_sense"),
    [
        ("right_arm_clockwise", RIGHT, -1),
        ("right_arm_counter_clockwise", RIGHT, 1),
        ("left_arm_clockwise", LEFT, -1),
        ("left_arm_counter_clockwise", LEFT, 1),
    ],
)
def test_circles_turn_as_the_person_sees_it(name: str, moving: int, image_sense: int) -> None:
    """With y down, clockwise in the image is a growing angle; the person sees the reverse."""
    for seed in range(10):
        path = arm_path(name, seed, moving)
        centred = path - path.mean(0)
        angle = np.unwrap(np.arctan2(centred[:, 1], centred[:, 0]))
        turns = (angle[-1] - angle[0]) / (2 * np.pi)
        assert turns * image_sense > 0.8, (seed, turns)


@pytest.mark.parametrize(("name", "side"), [("right_hand_wave", RIGHT), ("left_hand_wave", LEFT)])
def test_the_right_hand_waves_at_image_left(name: str, side: int) -> None:
    middles = []
    for seed in range(10):
        path, still = arm_path(name, seed, side), arm_path(name, seed, 1 - side)
        middles.append(path[:, 0].mean())
        assert np.ptp(path[:, 0]) > 2 * np.ptp(still[:, 0])
    # Some wave before their faces.
    assert (np.median(middles) < 55) if side == RIGHT else (np.median(middles) > 80)


def test_perform_repeats_and_keeps_its_promises() -> None:
    a, b = perform("air_drums", 0.4, seed=7), perform("air_drums", 0.4, seed=7)
    np.testing.assert_array_equal(a.events, b.events)
    assert a.events.dtype == EVENT_DTYPE
    assert (np.diff(a.events["t"]) >= 0).all()
    assert a.events["t"][0] >= 0
    assert a.events["t"][-1] < 400_000
    assert {0, 1} == set(np.unique(a.events["p"]))
    assert a.events["x"].min() >= 0
    assert a.events["x"].max() < 128
    assert [(la.gesture, la.start_us, la.end_us) for la in a.labels] == [("air_drums", 0, 400_000)]
    other = perform("air_drums", 0.4, seed=8)
    assert len(other.events) != len(a.events)


@pytest.mark.parametrize("bad", [("dancing", 1.0), ("arm_roll", 0.0), ("arm_roll", float("nan"))])
def test_perform_refuses_nonsense(bad: tuple[str, float]) -> None:
    with pytest.raises(ValueError, match="expected a"):
        perform(bad[0], bad[1], 1)


def test_stream_goes_on_in_time_order_in_short_pieces() -> None:
    stream, last = stream_acts(seed=3), -1
    for _ in range(40):
        doing, events = next(stream)
        assert doing == "rest"
        if len(events):
            assert events["t"][0] >= last
            assert (np.diff(events["t"]) >= 0).all()
            assert events["t"][-1] - events["t"][0] <= 40_000
            last = int(events["t"][-1])
    assert last > 100_000


def test_session_labels_cover_the_gestures_in_order() -> None:
    names = ["arm_roll", "left_hand_wave"]
    performance = perform_session(names, 5, gesture_s=(0.3, 0.4), rest_s=(0.1, 0.2))
    assert [la.gesture for la in performance.labels] == names
    first, second = performance.labels
    assert 0 < first.start_us < first.end_us <= second.start_us < second.end_us
    assert 300_000 <= first.end_us - first.start_us <= 400_001
    assert performance.events["t"][-1] > second.start_us
    ways = performance.on_the_way
    assert [end for _, end in ways if end in (first.start_us, second.start_us)] == [
        first.start_us,
        second.start_us,
    ]
    assert {first.end_us, second.end_us} <= {start for start, _ in ways}
    for label in performance.labels:
        assert all(end <= label.start_us or start >= label.end_us for start, end in ways)


def test_short_gestures_are_long_enough_to_be_told() -> None:
    performer = Performer(4)
    names = ["right_arm_clockwise", "hand_clapping", "right_hand_wave"] * 6
    plan = plan_gestures(performer, names, np.random.default_rng(1), (0.2, 4.0), (0.1, 2.0))
    gestures = [act.gesture for act in plan.acts if act.gesture.name in CLASSES]
    for gesture, label in zip(gestures, plan.labels, strict=True):
        assert label.end_us - label.start_us >= 1e6 * gesture.least_s - 1
        assert 0.3 < gesture.least_s < 2.0


def test_dealt_gestures_are_even_and_a_larger_deal_begins_with_the_smaller() -> None:
    few = deal_gestures(np.random.default_rng(1), 11, 3)
    many = deal_gestures(np.random.default_rng(1), 22, 3)
    assert many[:11] == few
    flat = [name for hand in few for name in hand]
    assert all(flat.count(name) == 3 for name in CLASSES)


def test_min_jerk_ends_and_middle() -> None:
    assert min_jerk(np.array([-1.0, 0.0, 0.5, 1.0, 2.0])).tolist() == [0, 0, 0.5, 1, 1]


def test_mirroring_twice_changes_nothing() -> None:
    assert [MIRRORED[i] for i in MIRRORED] == list(range(len(CLASSES)))
    assert CLASSES[MIRRORED[class_index("right arm clockwise")]] == "left_arm_counter_clockwise"
