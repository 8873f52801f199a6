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
from models.networks.conv_lif import ConvLifParameters
from models.recipes import RECIPES
from models.session import load_session
from models.train import Recipe, Stage
from tests.commands.conftest import home_in


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


TINY = Recipe(
    sizes=ConvLifParameters(channels=(4, 4, 4), hidden=8, population=2),
    stages=(
        Stage(3, step_ms=5, batch=2, window_ms=400, learning_rate=1e-3, sessions=2),
        Stage(2, step_ms=5, batch=2, window_ms=400, learning_rate=1e-4, sessions=2),
    ),
)


@pytest.fixture(autouse=True, scope="module")
def _tiny_recipe() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(RECIPES, "default", TINY)
        yield


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_sessions(folder, "train", 2)
    write_sessions(folder, "val", 1)
    return folder


def train(folder: Path, data: Path, *words: str) -> Result:
    run, out = folder / "run", folder / "model.pt"
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
    session = load_session(folder / "model.pt")
    assert session.spec.classes == CLASSES
    assert session.spec.training["recipe"]["stages"][0]["steps"] == 2
    output = session.run(np.ones((7, *session.spec.input_shape), np.uint8))
    assert output.output.shape == (7, 11)
    assert output.synaptic_operations.min() > 0


def test_a_second_run_repeats_the_first(
    trained: tuple[Path, Result], tmp_path: Path, data: Path
) -> None:
    assert train(tmp_path, data).exit_code == 0
    first, second = (load_session(folder / "model.pt") for folder in (trained[0], tmp_path))
    x = np.random.default_rng(0).poisson(0.2, (50, *first.spec.input_shape))
    for a, b in zip(first.run(x).layers, second.run(x).layers, strict=True):
        np.testing.assert_array_equal(a.spikes, b.spikes)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--recipe", "magic"), "expected a recipe out of default"),
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
