"""What model files say of themselves, and that a bad one does no harm."""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.pipeline.systems import DEFAULT_MODEL
from app.ui.model_file import MOST_BYTES, UNREADABLE, read_model_file

ROOT = Path(__file__).resolve().parents[2]


def test_name_system_size_and_parameters(checkpoints: dict[str, Path]) -> None:
    import torch

    file = read_model_file(checkpoints["far"])
    weights = torch.load(checkpoints["far"], weights_only=True)["weights"]
    numbers = sum(tensor.numel() for tensor in weights.values())
    assert file.line == f"Far: convolutional LIF, {numbers:,} parameters, 32 × 32"


def test_the_bundled_default_is_read() -> None:
    assert read_model_file(DEFAULT_MODEL).name == "Default"
    assert "parameters" in read_model_file(DEFAULT_MODEL).description


def archive(path: Path, content: object, member: str = "x/data.pkl") -> Path:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(member, pickle.dumps(content, protocol=2))
    return path


def content(name: str = "mine", system: str = "conv_lif") -> dict[str, object]:
    spec = {"name": name, "system": system, "input_shape": (2, 8, 8), "training": {}}
    return {"spec": spec, "weights": {"a": (3, 4), "b": ()}}


@pytest.mark.parametrize(
    ("name", "system", "line"),
    [
        ("mine", "conv_lif", "Mine: convolutional LIF, 13 parameters, 8 × 8"),
        ("slayer", "slayer", "SLAYER: 13 parameters, 8 × 8"),
        ("mine", "brand_new", "Mine: brand_new, 13 parameters, 8 × 8"),
    ],
)
def test_words(tmp_path: Path, name: str, system: str, line: str) -> None:
    assert read_model_file(archive(tmp_path / "m.safetensors", content(name, system))).line == line


def test_what_was_not_learnt_is_no_parameter(tmp_path: Path) -> None:
    described = content()
    described["spec"] = {**described["spec"], "training": {"parameters": 7}}  # type: ignore[dict-item]
    file = read_model_file(archive(tmp_path / "m.safetensors", described))
    assert file.description == "convolutional LIF, 7 parameters, 8 × 8"


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("evil",)


def test_a_file_cannot_run_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = archive(tmp_path / "m.safetensors", {**content(), "more": Evil()})
    assert read_model_file(path).line == f"m: {UNREADABLE}"
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize(
    "bad", [None, [], {}, {"spec": {}}, {**content(), "weights": None}, {**content(), "spec": 3}]
)
def test_other_pickles_are_no_models(tmp_path: Path, bad: object) -> None:
    assert read_model_file(archive(tmp_path / "m.safetensors", bad)).description == UNREADABLE


def test_other_files_are_no_models(tmp_path: Path) -> None:
    (tmp_path / "text.safetensors").write_text("hello")
    (tmp_path / "empty.safetensors").write_bytes(b"")
    archive(tmp_path / "zip.safetensors", content(), member="readme.txt")
    archive(tmp_path / "huge.safetensors", {**content(), "more": "x" * MOST_BYTES})
    for name in ("text", "empty", "zip", "huge", "missing"):
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
                data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(bytes(data))
        read_model_file(path)


def test_torch_is_not_imported() -> None:
    code = (
        "import sys; from app.pipeline.systems import DEFAULT_MODEL;"
        "from app.ui.model_file import read_model_file; print(read_model_file(DEFAULT_MODEL).name);"
        "sys.exit('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "Default\n"), done.stderr
