"""The performer: bones keep their length, sides and senses are right, runs repeat."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from models.data.events import EVENT_DTYPE
from models.data.gestures import CLASSES, MIRRORED, class_index
from models.data.performer import Performer, perform, stream_acts
from models.data.performer.body import LEFT, RIGHT
from models.data.performer.pixel import PixelArray, PixelParameters, lin_log
from models.data.performer.programme import Act, min_jerk
from models.data.performer.session import deal_gestures, perform_session

QUIET = PixelParameters(
    threshold=0.2, threshold_spread=0.0, cutoff_hz=1e9, leak_hz=0.0, shot_noise_hz=0.0,
    refractory_s=0.0, jitter_s=0.0, hot_pixels=0.0,
)  # fmt: skip


def pixels(parameters: PixelParameters, shape: tuple[int, int] = (4, 5)) -> PixelArray:
    return PixelArray(shape, parameters, np.random.default_rng(0))


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


def test_lin_log_is_continuous_and_logarithmic_above() -> None:
    values = lin_log(torch.tensor([0.0, 19.999, 20.0, 200.0])).tolist()
    assert values[0] == 0
    assert values[1] == pytest.approx(values[2], abs=1e-3)
    assert values[3] - values[2] == pytest.approx(np.log(10), rel=1e-5)


def test_a_still_scene_sends_nothing_without_noise() -> None:
    assert len(pixels(QUIET).expose(torch.full((50, 4, 5), 90.0), 0.0, 0.001)) == 0


def test_a_step_of_light_gives_contrast_over_threshold_events() -> None:
    array = pixels(QUIET)
    array.expose(torch.full((1, 4, 5), 50.0), 0.0, 0.001)
    array._base[:] = array._low
    frame = torch.full((1, 4, 5), 50.0)
    frame[0, 2, 3] = 50.0 * np.exp(0.65)
    frame[0, 1, 0] = 50.0 * np.exp(-0.45)
    events = array.expose(frame, 0.001, 0.001)
    on, off = events[events["p"] == 1], events[events["p"] == 0]
    assert len(on) == 3  # floor(0.65 / 0.2)
    assert set(zip(on["x"].tolist(), on["y"].tolist(), strict=True)) == {(3, 2)}
    assert len(off) == 2
    assert on["t"].tolist() == [1250, 1500, 1750]


def test_refractory_period_holds_events_apart() -> None:
    array = pixels(PixelParameters(**{**_fields(QUIET), "refractory_s": 0.005}))
    ramp = 50.0 * torch.exp(torch.arange(40) * 0.25)[:, None, None].expand(40, 4, 5) / 1e3
    events = array.expose(ramp.contiguous() + 20, 0.0, 0.001)
    one = events[(events["x"] == 2) & (events["y"] == 1)]["t"]
    assert len(one) > 2
    assert (np.diff(one) >= 5000 - 1).all()


def test_darkness_slows_the_pixel() -> None:
    """After a step the dark pixel is still on its way when the bright one has arrived."""
    low = {}
    for grey in (10.0, 200.0):
        array = pixels(PixelParameters(**{**_fields(QUIET), "cutoff_hz": 30.0}), (1, 1))
        array.expose(torch.full((1, 1, 1), grey), 0.0, 0.001)
        array.expose(torch.full((8, 1, 1), grey * 1.2), 0.0, 0.001)
        whole = lin_log(torch.tensor(grey * 1.2)) - lin_log(torch.tensor(grey))
        low[grey] = float((array._low[0] - lin_log(torch.tensor(grey))) / whole)
    assert low[10.0] < 0.5 < low[200.0]


def test_noise_rate_is_the_parameter() -> None:
    noisy = PixelParameters(**{**_fields(QUIET), "shot_noise_hz": 20.0})
    events = pixels(noisy, (32, 32)).expose(torch.full((500, 32, 32), 0.0), 0.0, 0.001)
    # 1.4 events per draw: four in ten come back as their opposite.
    assert len(events) / (32 * 32 * 0.5) == pytest.approx(20.0 * 1.4, rel=0.1)


def _fields(parameters: PixelParameters) -> dict[str, float]:
    from dataclasses import asdict

    return asdict(parameters)
