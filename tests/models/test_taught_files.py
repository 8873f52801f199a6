"""Model files that say odd things of what they were taught: read, forgotten from, or refused."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file

from models.data.gestures import CLASSES
from models.live import open_network
from models.model_file import Weights, checksum, load_model, save_model
from models.networks.catalogue import FAMILIES
from models.spec import ModelError, ModelSpec, TickEvents
from models.teaching.taught import (
    DRIVE,
    LOG_TAU,
    WEIGHT,
    check_teachable,
    forget,
    renamed,
    teach,
    with_class,
)
from models.teaching.ways import teach_ways
from tests.models.tiny_systems import SIZES

SHOWN = np.zeros((2500, SIZES["conv_lif"].hidden), np.uint8)


def small() -> tuple[ModelSpec, dict[str, np.ndarray]]:
    torch.manual_seed(0)
    network = FAMILIES["conv_lif"].network(SIZES["conv_lif"])
    network.finish(1.0)
    side = SIZES["conv_lif"].side
    spec = ModelSpec("s", "conv_lif", CLASSES, (2, side, side), 1000, asdict(SIZES["conv_lif"]))
    return spec, {name: value.numpy() for name, value in network.state_dict().items()}


BASE = small()
TAUGHT = with_class(*with_class(*BASE, "bow"), "arm_roll (mine)", CLASSES.index("arm_roll"))


def written(path: Path, spec: ModelSpec, weights: Weights, **values: Any) -> Path:
    """A file without a checksum over its description, so that it may say anything."""
    described = json.dumps(asdict(spec) | values)
    metadata = {"format": "2", "spec": described, "checksum": checksum(weights)}
    save_file(dict(weights), path, metadata)
    return path


def test_what_is_sound_opens_and_forgets(tmp_path: Path) -> None:
    spec, weights = load_model(written(tmp_path / "m", *TAUGHT))
    assert spec.taught == ("bow", "arm_roll (mine)")
    for name in spec.taught:
        spec, weights = forget(spec, weights, name)
    assert (spec.classes, spec.counts_as) == (CLASSES, ())
    assert all(weights[name].tobytes() == array.tobytes() for name, array in BASE[1].items())


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"training": {"taught": ["bow", "bow"]}}, "each named once"),
        ({"training": {"taught": ["b\x1b[2Jow"]}}, "that are classes of the model"),
        ({"classes": [*CLASSES, "b\x1bow", "b\x1cow"], "training": {}}, "different classes"),
        ({"classes": [*CLASSES, "bow", "bow"], "training": {}}, "different classes"),
        ({"classes": [*CLASSES, "bow", "hand_clapping"], "training": {}}, "different classes"),
        ({"classes": [*CLASSES, "bow", "x" * 81]}, "at most 80 letters"),
        ({"counts_as": [*range(11), 11, 12, 13]}, "count as"),
        ({"counts_as": [*range(11), 12, 11]}, "count as"),
        ({"mirror": [*range(11), 12]}, "mirror"),
    ],
)
def test_a_description_that_nobody_can_mean_gets_a_sentence(
    tmp_path: Path, values: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ModelError, match=sentence):
        load_model(written(tmp_path / "m", *TAUGHT, **values))


NAN = np.where(np.arange(3)[:, None] < 1, np.float32("nan"), TAUGHT[1][WEIGHT][:3])
SPOILT = {
    "NaN": {WEIGHT: np.concatenate([NAN, TAUGHT[1][WEIGHT][3:]])},
    "half the neurons": {WEIGHT: TAUGHT[1][WEIGHT][:20]},
    "flat": {WEIGHT: TAUGHT[1][WEIGHT].ravel()},
    "a drive too short": {DRIVE: TAUGHT[1][DRIVE][:5]},
    "no time constants": {LOG_TAU: TAUGHT[1][LOG_TAU][:0]},
}


@pytest.mark.parametrize("arrays", SPOILT.values(), ids=SPOILT)
def test_weights_that_do_not_fit_get_a_sentence(
    tmp_path: Path, arrays: dict[str, np.ndarray]
) -> None:
    """Whoever is first to look: reading, opening, forgetting or teaching."""
    path = written(tmp_path / "m", TAUGHT[0], {**TAUGHT[1], **arrays})
    with pytest.raises(ModelError):
        open_network(path)
    for change in (
        lambda spec, weights: forget(spec, weights, "bow"),
        lambda spec, weights: teach(spec, weights, "salute", SHOWN, []),
        lambda spec, weights: teach_ways(spec, weights, {"arm_roll": SHOWN}, []),
    ):
        with pytest.raises(ModelError):
            change(*load_model(path))


@pytest.mark.parametrize("population", [0, -1, 10**9, "many", None, 3.5])
def test_a_crafted_population_takes_no_memory(population: object) -> None:
    spec = replace(TAUGHT[0], parameters={**TAUGHT[0].parameters, "population": population})
    with pytest.raises(ModelError, match="do not fit its system"):
        forget(spec, TAUGHT[1], "bow")
    with pytest.raises(ModelError, match="do not fit its system"):
        teach(spec, TAUGHT[1], "salute", SHOWN, [])


def test_a_class_named_like_a_known_one_is_told_from_it(tmp_path: Path) -> None:
    spec, weights = load_model(written(tmp_path / "m", *with_class(*BASE, "Hand clapping")))
    with pytest.raises(ModelError, match="does not know yet"):
        check_teachable(spec, "hand-clapping")
    with pytest.raises(ModelError, match="does not know yet"):
        renamed(spec, "Hand clapping", "hand_clapping")
    assert forget(spec, weights, "Hand clapping")[0].classes == CLASSES


def test_two_hundred_taught_gestures_run_and_are_forgotten(tmp_path: Path) -> None:
    spec, weights = BASE
    for number in range(200):
        spec, weights = with_class(spec, weights, f"gesture {number}")
    save_model(tmp_path / "m", spec, weights)
    network = open_network(tmp_path / "m")
    assert network.run(TickEvents.silence(spec.input_shape)).output.shape == (1, 211)
    with pytest.raises(ModelError, match="at most 20"):
        check_teachable(spec, "one more")
    fewer, left = forget(*load_model(tmp_path / "m"), "gesture 7")
    assert "gesture 7" not in fewer.classes
    assert len(left[DRIVE]) == 210 * spec.parameters["population"]


@st.composite
def descriptions(draw: st.DrawFn) -> ModelSpec:
    """Classes that are paired in a mirror, count as one another, and were taught, at random."""
    numbers = range(len(TAUGHT[0].classes))
    order = draw(st.permutations(numbers))
    mirror = list(numbers)
    for one, other in zip(order[::2], order[1 : 2 * draw(st.integers(0, 6)) : 2], strict=False):
        mirror[one], mirror[other] = other, one
    themselves = sorted(draw(st.sets(st.sampled_from(numbers), min_size=1)))
    counts_as = tuple(n if n in themselves else draw(st.sampled_from(themselves)) for n in numbers)
    taught = draw(st.lists(st.sampled_from(TAUGHT[0].classes), unique=True))
    training = {"taught": ("bow", *(name for name in taught if name != "bow"))}
    mirrors = draw(st.sampled_from(((), tuple(mirror))))
    return replace(TAUGHT[0], mirror=mirrors, counts_as=counts_as, training=training)


@given(descriptions())
@settings(max_examples=150, deadline=None)
def test_whatever_a_description_says_forgetting_it_is_a_model_or_a_sentence(
    spec: ModelSpec,
) -> None:
    try:
        fewer, weights = forget(spec, TAUGHT[1], "bow")
    except ModelError:
        return
    assert "bow" not in fewer.classes
    assert len(weights[DRIVE]) == len(fewer.classes) * spec.parameters["population"]
