"""Somebody's own way of a known gesture counts as that gesture, in the mirror image too."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.description import spec_of
from models.engine.session import EngineSession
from models.live import open_network
from models.mirrored import mirrored
from models.model_file import DEFAULT_CHECKPOINT, load_model, save_model
from models.networks.torch_session import load_torch_session
from models.spec import ModelError, TickEvents
from models.teaching.lesson import Shown, class_spikes
from models.teaching.taught import (
    WEIGHT,
    delays_of,
    forget,
    read_out_of,
    renamed,
    teach,
    told_apart,
)
from models.teaching.ways import check_ways, known_class, teach_ways

RIGHT, LEFT, CLAP = "right_hand_wave", "left_hand_wave", "hand_clapping"


def firing(first: int, seed: int, ticks: int = 2500) -> np.ndarray:
    """Both looks, of which each has other hidden neurons that fire."""
    rng = np.random.default_rng(seed)
    shown = np.zeros((ticks, 512), np.uint8)
    for begin in (first, 256 + first + 8):
        shown[:, begin : begin + 248 : 16] = rng.random((ticks, 16))[:, : 16 - (first > 8)] < 0.1
    return shown


@pytest.fixture(scope="module")
def lesson():
    spec, weights = load_model(DEFAULT_CHECKPOINT)
    other = np.zeros((2500, 256), np.uint8)
    other[:, 5::16] = np.random.default_rng(2).random((2500, 16)) < 0.1
    shown = {RIGHT: firing(0, 1), CLAP: firing(2, 3)}
    told: list[float] = []
    wider, learnt = teach_ways(spec, weights, shown, [Shown(other, np.full(2500, -1))], told.append)
    return spec, weights, wider, learnt, shown, told


def test_ways_are_listed_and_sides_come_in_pairs(lesson) -> None:
    spec, _, wider, _, _, told = lesson
    known = len(spec.classes)
    right, left, clap = (spec.classes.index(name) for name in (RIGHT, LEFT, CLAP))
    assert wider.taught == ("right_hand_wave (mine)", "hand_clapping (mine)")
    assert wider.classes[known:] == (
        "right_hand_wave (mine)", "left_hand_wave (mine)", "hand_clapping (mine)",
    )  # fmt: skip
    assert wider.counts_as == (*range(known), right, left, clap)
    assert wider.mirror[known:] == (known + 1, known, known + 2)
    assert wider.told == list(range(known))
    assert told[-1] == 1.0


def test_a_way_is_told_as_the_known_gesture(lesson) -> None:
    spec, weights, wider, learnt, shown, _ = lesson
    for name, hidden in shown.items():
        number = spec.classes.index(name)
        assert told_apart(wider, learnt, hidden, number) > 0.6
        assert told_apart(spec, weights, hidden, number) < 0.5


def test_neurons_of_known_gestures_stay(lesson) -> None:
    spec, weights, wider, learnt, _, _ = lesson
    neurons = len(spec.classes) * spec.parameters["population"]
    assert learnt[WEIGHT][:neurons].tobytes() == weights[WEIGHT].tobytes()
    assert learnt[WEIGHT].shape[0] == len(wider.classes) * spec.parameters["population"]


def test_forgetting_takes_the_other_side_along_bit_for_bit(lesson) -> None:
    spec, weights, wider, learnt, _, _ = lesson
    fewer, less = forget(wider, learnt, "right_hand_wave (mine)")
    assert fewer.classes == (*spec.classes, "hand_clapping (mine)")
    assert fewer.counts_as[-1] == spec.classes.index(CLAP)
    assert fewer.mirror == (*spec.mirror, len(spec.classes))
    again, same = forget(fewer, less, "hand_clapping (mine)")
    assert (again.classes, again.mirror, again.counts_as) == (spec.classes, spec.mirror, ())
    assert again.parameters == spec.parameters
    assert all(same[n].tobytes() == weights[n].tobytes() for n in weights)
    assert forget(renamed(wider, wider.taught[0], "hello"), learnt, "hello")[0] == fewer


def ticks_of(seed: int) -> TickEvents:
    """More on the left side than on the right one."""
    rng = np.random.default_rng(seed)
    rows, columns = rng.integers(0, 64, 30_000), rng.integers(0, 40, 30_000)
    places = (rows * 64 + columns) * 2 + rng.integers(0, 2, 30_000)
    return TickEvents(np.arange(0, 30_001, 75), places.astype(np.int32), (2, 64, 64))


def test_saved_it_runs_and_a_mirror_swaps_its_sides(lesson, tmp_path: Path) -> None:
    spec, _, wider, learnt, _, _ = lesson
    save_model(tmp_path / "mine.safetensors", wider, learnt)
    network = open_network(tmp_path / "mine.safetensors")
    assert network.spec.counts_as == wider.counts_as
    straight = network.run(ticks_of(1)).output
    network.reset()
    turned = network.run(mirrored(ticks_of(1))).output
    assert np.array_equal(turned, straight[:, list(wider.mirror)])
    assert not straight[:, len(spec.classes) :].any()  # it never wins by itself
    known = open_network().run(ticks_of(1)).output
    assert (straight[:, : len(spec.classes)] >= known).all()


def test_the_reference_network_says_what_the_engine_says(lesson, tmp_path: Path) -> None:
    _, _, wider, learnt, _, _ = lesson
    path = tmp_path / "mine.safetensors"
    loud = {**learnt, "projections.4.drive": learnt["projections.4.drive"].copy()}
    loud["projections.4.drive"][len(learnt["projections.4.drive"]) - 12 :] = 0.5
    save_model(path, wider, loud)
    network, reference = open_network(path), load_torch_session(path)
    ours, its = network.run(ticks_of(1)).output, reference.run(ticks_of(1)).output
    assert np.array_equal(ours, its)
    assert ours[:, wider.counts_as[-1]].any()


def test_one_look_s_right_is_not_another_s(lesson) -> None:
    """What only the mirror image's neurons of the right hand say, counts for the left one."""
    spec, _, wider, learnt, _, _ = lesson
    known, each = len(spec.classes), spec.parameters["population"]
    loud = {**learnt, "projections.4.drive": learnt["projections.4.drive"].copy()}
    loud["projections.4.drive"][known * each : (known + 1) * each] = 1.0
    right, left = spec.classes.index(RIGHT), spec.classes.index(LEFT)
    alone = replace(wider, mirror=())
    said = EngineSession(alone, loud).run(ticks_of(1)).output
    quiet = EngineSession(alone, learnt).run(ticks_of(1)).output
    assert (said[50:, right] - quiet[50:, right]).mean() > 6
    assert np.array_equal(said[:, left], quiet[:, left])


def test_what_it_hears_is_what_the_engine_hears(lesson) -> None:
    _, _, wider, learnt, _, _ = lesson
    run = EngineSession(wider, learnt).run(ticks_of(4))
    hidden = run.layers[-2].spikes
    ours = class_spikes(read_out_of(wider, learnt), hidden, delays_of(wider), len(wider.classes))
    assert np.mean(ours == run.output) > 0.999  # but for the order of one sum


def test_a_new_gesture_after_a_way_counts_as_itself(lesson) -> None:
    _, _, wider, learnt, shown, _ = lesson
    both, weights = teach(wider, learnt, "salute", shown[CLAP], [])
    assert both.counts_as[-1] == len(wider.classes) == both.told[-1]
    assert known_class(both, "salute") is None
    more, _ = teach_ways(both, weights, {CLAP: shown[CLAP]}, [])
    assert more.classes[-1] == "hand_clapping (mine 2)"


def test_what_cannot_be_a_way_is_refused(lesson) -> None:
    spec, weights, wider, *_ = lesson
    assert known_class(spec, "Right-hand wave") == RIGHT
    assert known_class(wider, "right_hand_wave (mine)") is None
    for name in ("salute", "right_hand_wave (mine)", "Right hand wave"):
        with pytest.raises(ModelError, match="knows"):
            check_ways(wider, [name])
    with pytest.raises(ModelError, match="at most 20"):
        check_ways(spec, [RIGHT] * 21)
    with pytest.raises(ModelError, match="conv_lif"):
        check_ways(replace(spec, system="slayer"), [RIGHT])
    for shown in ({}, {RIGHT: np.zeros((1999, 512), np.uint8)}):
        with pytest.raises(ModelError, match="at least 2000"):
            teach_ways(spec, weights, shown, [])


@pytest.mark.parametrize("counts_as", [(0,), (1, 0), (0, 2), (-1, 1)])
def test_a_file_cannot_say_what_nothing_counts_as(counts_as: tuple[int, ...]) -> None:
    plain = {
        "name": "x", "system": "conv_lif", "classes": ["a", "b"], "input_shape": [2, 8, 8],
        "tick_us": 1000, "parameters": {}, "training": {},
    }  # fmt: skip
    assert spec_of(json.loads(json.dumps(plain))).counts_as == ()
    with pytest.raises(ModelError, match="count as"):
        spec_of({**plain, "counts_as": counts_as})
