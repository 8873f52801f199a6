"""``train``: from rendered sessions to a model file that the program can use; refusals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from app.commands.cli import cli
from models.data.gestures import CLASSES
from models.data.performer_set import VERSION
from models.model_file import load_model
from models.networks.torch_session import load_torch_session
from models.spec import as_ticks
from models.training.recipes import RECIPES
from tests.commands.conftest import home_in
from tests.models.dvs_sets import write_set
from tests.models.tiny_systems import tiny_recipe


def write_sessions(folder: Path, split: str, count: int) -> None:
    """Sessions as rendering leaves them, but of noise and short, so that nothing is rendered."""
    target = folder / f"v{VERSION}" / split
    target.mkdir(parents=True)
    for index in range(count):
        rng, n, length_ms = np.random.default_rng(index), 20_000, 1500
        label = np.full(length_ms, -1, np.int8)
        label[500:1300] = index % len(CLASSES)
        np.savez(
            target / f"{index:05d}.npz",
            t_ms=np.sort(rng.integers(0, length_ms, n)).astype(np.uint16),
            x=rng.integers(0, 128, n).astype(np.uint8),
            y=rng.integers(0, 128, n).astype(np.uint8),
            p=rng.integers(0, 2, n).astype(np.uint8),
            label=label,
        )


@pytest.fixture(autouse=True, scope="module")
def _tiny_recipes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, recipes in RECIPES.items():
            system = "conv_lif" if name == "default" else name
            for recipe in recipes:
                patch.setitem(recipes, recipe, tiny_recipe(system))
        yield


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_sessions(folder, "train", 2)
    write_sessions(folder, "val", 1)
    return folder


def train(folder: Path, data: Path, *words: str) -> Result:
    run, out = folder / "run", folder / "model.safetensors"
    words = ("--data", str(data), "--run", str(run), "--out", str(out), "--sessions", "2", *words)
    return CliRunner().invoke(cli, ["train", "--steps", "2", *words])


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, data: Path) -> tuple[Path, Result]:
    """A finished run: its folder, and what it said."""
    folder = tmp_path_factory.mktemp("trained")
    with home_in(folder):
        return folder, train(folder, data)


def test_a_model_comes_out_that_streams(trained: tuple[Path, Result]) -> None:
    folder, result = trained
    assert result.exit_code == 0, result.stderr
    assert "gesture_steps" in result.stdout
    assert "stage 1" in result.stderr
    session = load_torch_session(folder / "model.safetensors")
    assert session.spec.classes == CLASSES
    assert session.spec.training["recipe"]["stages"][0]["steps"] == 2
    output = session.run(as_ticks(np.ones((7, *session.spec.input_shape), np.uint8)))
    assert output.output.shape == (7, 11)
    assert output.synaptic_operations.min() > 0


@pytest.mark.parametrize("system", ["eedn", "slayer", "decolle", "c3d"])
def test_every_other_system_is_trained_by_the_same_command(
    system: str, tmp_path: Path, data: Path
) -> None:
    result = train(tmp_path, data, "--system", system)
    assert result.exit_code == 0, result.stderr
    assert "gesture_steps" in result.stdout
    session = load_torch_session(tmp_path / "model.safetensors")
    assert session.spec.system == system
    assert session.spec.name == system
    output = session.run(as_ticks(np.ones((7, *session.spec.input_shape), np.uint8)))
    assert output.output.shape == (7, 11)
    assert output.layers[-1].name == "output"


def test_a_data_set_in_the_layout_of_dvs128_gesture(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set")
    result = train(tmp_path, folder, "--system", "eedn", "--cache", str(tmp_path / "cache"))
    assert result.exit_code == 0, result.stderr
    assert "gathering val sessions" in result.stderr
    assert {p.name for p in (tmp_path / "cache").iterdir()} == {
        "user01_led.session.npz", "user01_lab.session.npz", "user02_led.session.npz",
    }  # fmt: skip
    training = load_torch_session(tmp_path / "model.safetensors").spec.training
    assert training["validation"]["rest_steps"] == 0


def test_the_course_of_a_run_is_there_for_tensorboard(trained: tuple[Path, Result]) -> None:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(trained[0] / "run"))
    events.Reload()
    assert [e.step for e in events.Scalars("training/loss")] == [1, 2, 3, 4]
    assert set(events.Tags()["scalars"]) == {
        "training/loss", "training/accuracy", "training/learning_rate",
        "validation/gesture_steps", "validation/rest_steps",
    }  # fmt: skip
    # At the end of each of two stages.
    assert [e.step for e in events.Scalars("validation/gesture_steps")] == [2, 4]


def test_a_second_run_repeats_the_first(
    trained: tuple[Path, Result], tmp_path: Path, data: Path
) -> None:
    assert train(tmp_path, data).exit_code == 0
    first, second = (
        load_torch_session(folder / "model.safetensors") for folder in (trained[0], tmp_path)
    )
    x = as_ticks(np.random.default_rng(0).poisson(0.2, (50, *first.spec.input_shape)))
    for a, b in zip(first.run(x).layers, second.run(x).layers, strict=True):
        np.testing.assert_array_equal(a.spikes, b.spikes)


def test_a_run_that_is_given_minutes_goes_on_later(
    trained: tuple[Path, Result], tmp_path: Path, data: Path
) -> None:
    stopped = train(tmp_path, data, "--minutes", "0.0001")
    assert stopped.exit_code == 0
    assert "stopped after 0.0001 minutes; the same command goes on" in stopped.output
    assert not (tmp_path / "model.safetensors").exists()
    assert train(tmp_path, data).exit_code == 0
    weights = [load_model(f / "model.safetensors")[1] for f in (trained[0], tmp_path)]
    for name, value in weights[0].items():
        np.testing.assert_array_equal(weights[1][name], value)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--recipe", "magic"), "expected a recipe out of default"),
        (("--system", "eedn", "--recipe", "default"), "expected a recipe out of small"),
        (("--system", "abacus"), "'abacus' is not one of 'default', 'eedn'"),
        (("--data", "nowhere"), "nowhere is neither a data set like DVS128 Gesture"),
        (("--device", "abacus"), "expected the device cpu, cuda or auto"),
    ],
)
def test_refusals(tmp_path: Path, data: Path, words: tuple[str, ...], sentence: str) -> None:
    result = train(tmp_path, data, *words)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_nothing_is_overwritten_and_no_run_is_mixed_up(
    trained: tuple[Path, Result], data: Path
) -> None:
    folder, _ = trained
    assert "--force" in train(folder, data).stderr
    other = train(folder, data, "--force", "--seed", "9")
    assert other.exit_code == 2
    assert "another recipe" in other.stderr
