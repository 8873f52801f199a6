"""What model files say of themselves, and that a bad one does no harm."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.pipeline.systems import DEFAULT_MODEL
from app.ui.logic.model_file import GRAPH, OLD, UNREADABLE, read_model_file
from models.model_file import load_model, save_model
from models.spec import ModelSpec

ROOT = Path(__file__).resolve().parents[2]


def test_name_system_size_and_parameters(checkpoints: dict[str, Path]) -> None:
    file = read_model_file(checkpoints["far"])
    numbers = sum(array.size for array in load_model(checkpoints["far"])[1].values())
    assert file.line == f"Far: convolutional LIF, {numbers:,} parameters, 32 × 32"


def test_the_bundled_default_is_read() -> None:
    assert read_model_file(DEFAULT_MODEL).name == "Default"
    assert "parameters" in read_model_file(DEFAULT_MODEL).description


def model(path: Path, name: str = "mine", system: str = "conv_lif", **training: object) -> Path:
    """A file of 13 numbers."""
    spec = ModelSpec(name, system, ("left", "right"), (2, 8, 8), training=training)
    save_model(path, spec, {"a": np.zeros((3, 4), np.float32), "b": np.zeros((), np.float32)})
    return path


@pytest.mark.parametrize(
    ("name", "system", "line"),
    [
        ("mine", "conv_lif", "Mine: convolutional LIF, 13 parameters, 8 × 8"),
        ("slayer", "slayer", "SLAYER: 13 parameters, 8 × 8"),
        ("mine", "brand_new", "Mine: brand_new, 13 parameters, 8 × 8"),
    ],
)
def test_words(tmp_path: Path, name: str, system: str, line: str) -> None:
    assert read_model_file(model(tmp_path / "m.safetensors", name, system)).line == line


def test_what_was_taught_goes_by_the_name_of_what_it_was_made_of(tmp_path: Path) -> None:
    path = model(tmp_path / "default+you.safetensors", "default")
    assert read_model_file(path).line == "Default, taught: convolutional LIF, 13 parameters, 8 × 8"


def test_what_was_not_learnt_is_no_parameter(tmp_path: Path) -> None:
    file = read_model_file(model(tmp_path / "m.safetensors", parameters=7))
    assert file.description == "convolutional LIF, 7 parameters, 8 × 8"


def test_a_file_of_the_format_before_says_so(tmp_path: Path) -> None:
    (tmp_path / "mine.pt").write_bytes(b"PK\x03\x04 and more")
    assert read_model_file(tmp_path / "mine.pt").line == f"mine: {OLD}"


def test_a_graph_is_listed_without_being_read(tmp_path: Path) -> None:
    (tmp_path / "mine.nir").write_bytes(b"anything")
    assert read_model_file(tmp_path / "mine.nir").line == f"mine: {GRAPH}"
    assert read_model_file(tmp_path / "missing.nir").description == UNREADABLE


def test_other_files_are_no_models(tmp_path: Path) -> None:
    (tmp_path / "text.safetensors").write_text("hello")
    (tmp_path / "empty.safetensors").write_bytes(b"")
    (tmp_path / "huge.safetensors").write_bytes((1 << 60).to_bytes(8, "little") + b"{}")
    for name in ("text", "empty", "huge", "missing"):
        file = read_model_file(tmp_path / f"{name}.safetensors")
        assert (file.name, file.description) == (name, UNREADABLE)
    assert read_model_file(tmp_path).description == UNREADABLE


def test_damage_of_any_kind_is_survived(checkpoints: dict[str, Path], tmp_path: Path) -> None:
    whole, chance = checkpoints["near"].read_bytes(), random.Random(0)
    path = tmp_path / "m.safetensors"
    for _ in range(300):
        data = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(1, 20)):
            if data:
                data[chance.randrange(min(len(data), 3000))] = chance.randrange(256)
        path.write_bytes(bytes(data))
        read_model_file(path)


def test_torch_is_not_imported() -> None:
    code = (
        "import sys; from app.pipeline.systems import DEFAULT_MODEL;"
        "from app.ui.logic.model_file import read_model_file;"
        "print(read_model_file(DEFAULT_MODEL).name);"
        "sys.exit('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "Default\n"), done.stderr
