"""``export``: what is written, what is told, and what is refused with exit code 2."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import nir
import onnx
import pytest
import torch

from app.commands.export import FORMATS
from models.data.gestures import CLASSES
from models.exporting import export
from models.networks.c3d import SMALL, C3d
from models.networks.catalogue import FAMILIES
from models.networks.checkpoint import save_checkpoint
from models.spec import ModelSpec
from tests.commands.conftest import Type
from tests.models.tiny_systems import SIZES


def test_nir_tells_what_it_cannot_say(type_in: Type, untrained_model: Path, tmp_path: Path) -> None:
    out = tmp_path / "m.nir"
    result = type_in("export", untrained_model, "--format", "nir", "--out", out)
    assert result.exit_code == 0, result.stderr
    assert result.stderr.startswith(f"Wrote {out}.\n")
    assert "NIR cannot say that neurons subtract the threshold" in result.stderr
    assert "NIR cannot say that the gain follows the event rate" in result.stderr
    assert nir.read(out).metadata["name"] == "untrained"


@pytest.mark.parametrize(
    ("system", "told"),
    [
        ("eedn", "NIR cannot say that the traces of the events are bounded"),
        ("slayer", "The nodes hold the whole network"),
        ("decolle", "above the threshold only the highest one fires"),
    ],
)
def test_nir_of_the_other_spiking_systems(
    system: str, told: str, type_in: Type, tmp_path: Path
) -> None:
    torch.manual_seed(0)
    sizes = SIZES[system]
    network = FAMILIES[system].build(asdict(sizes))
    network.finish(1.0)
    spec = ModelSpec("tiny", system, CLASSES, (2, 16, 16), parameters=asdict(sizes))
    save_checkpoint(tmp_path / "m.safetensors", network, spec)
    out = tmp_path / "m.nir"
    result = type_in("export", tmp_path / "m.safetensors", "--format", "nir", "--out", out)
    assert result.exit_code == 0, result.stderr
    assert result.stderr.startswith(f"Wrote {out}.\n")
    assert told in result.stderr
    assert nir.read(out).metadata["system"] == system


def test_onnx_tells_what_goes_in_and_out(
    type_in: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = replace(SMALL, channels=((2,), (2,), (2,), (2,), (2,)), hidden=(4,))
    torch.manual_seed(0)
    network = C3d(sizes)
    network.finish(1.0)
    spec = ModelSpec("clips", "c3d", CLASSES, (2, 32, 32), parameters=asdict(sizes))
    monkeypatch.setattr(export, "load_checkpoint", lambda path: (network, spec))
    out = tmp_path / "m.onnx"
    result = type_in("export", "clips.safetensors", "--format", "onnx", "--out", out)
    assert result.exit_code == 0, result.stderr
    assert "event counts (N, 2, 16, 32, 32) of frames of 40 ms" in result.stderr
    assert "onnxruntime's scores agree within" in result.stderr
    onnx.checker.check_model(onnx.load(out))


def test_forms_are_those_that_can_be_written() -> None:
    assert set(FORMATS) == {form for form, _ in export.WRITERS}


def test_a_model_without_that_form(type_in: Type, untrained_model: Path, tmp_path: Path) -> None:
    out = tmp_path / "m.onnx"
    result = type_in("export", untrained_model, "--format", "onnx", "--out", out)
    assert result.exit_code == 2
    sentence = "Error: expected a model of system c3d for onnx, got one of conv_lif\n"
    assert result.stderr == sentence
    assert not out.exists()


def test_a_model_that_is_none(type_in: Type, tmp_path: Path) -> None:
    out, model = tmp_path / "m.nir", tmp_path / "m.safetensors"
    result = type_in("export", model, "--format", "nir", "--out", out)
    assert result.exit_code == 2
    assert result.stderr == f"Error: expected a model file, but {model} does not exist\n"
    model.write_bytes(b"no model")
    result = type_in("export", model, "--format", "nir", "--out", out)
    assert result.exit_code == 2
    assert "is damaged or not a model" in result.stderr


def test_nothing_is_overwritten_by_accident(
    type_in: Type, untrained_model: Path, tmp_path: Path
) -> None:
    out = tmp_path / "m.nir"
    out.write_text("dear")
    result = type_in("export", untrained_model, "--format", "nir", "--out", out)
    assert result.exit_code == 2
    assert "would be overwritten, which needs --force" in result.stderr
    assert out.read_text() == "dear"
    result = type_in("export", untrained_model, "--format", "nir", "--out", out, "--force")
    assert result.exit_code == 0
    assert nir.read(out).nodes
    model = untrained_model
    result = type_in("export", model, "--format", "nir", "--out", model, "--force")
    assert result.exit_code == 2
    assert "an output file other than the model" in result.stderr


def test_a_place_that_cannot_be_written(
    type_in: Type, untrained_model: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    out = tmp_path / "file" / "m.nir"
    result = type_in("export", untrained_model, "--format", "nir", "--out", out)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: cannot write ")


@pytest.mark.parametrize("words", [("--format", "nir"), ("--out", "x"), ("--format", "tflite")])
def test_words_that_are_missing_or_wrong(type_in: Type, words: tuple[str, ...]) -> None:
    assert type_in("export", "m.safetensors", *words).exit_code == 2
