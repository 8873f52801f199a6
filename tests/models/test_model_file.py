"""Model files: exact, whole or refused, and nothing in them can run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from models.model_file import (
    CHECKPOINTS,
    DEFAULT_CHECKPOINT,
    SUFFIX,
    checksum,
    is_old,
    load_model,
    load_spec,
    save_model,
)
from models.spec import ModelError, ModelSpec

ROOT = Path(__file__).resolve().parents[2]
SPEC = ModelSpec(
    "mine",
    "conv_lif",
    ("left", "right"),
    (2, 8, 8),
    parameters={"delays_ms": ((0,), (0, 4))},
    training={"recipe": {"stages": ({"steps": 3},)}},
    calibration=((0.25, 0.5),),
    min_count=7,
)
WEIGHTS = {
    "a": np.arange(12, dtype=np.float32).reshape(3, 4),
    "b": np.array(True),
    "c": np.array([-1, 0, 1], np.int8),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save_model(tmp_path / "m.safetensors", SPEC, WEIGHTS)
    return tmp_path / "m.safetensors"


def test_what_was_written_comes_back(path: Path) -> None:
    spec, weights = load_model(path)
    assert spec == SPEC
    assert weights.keys() == WEIGHTS.keys()
    for name, array in WEIGHTS.items():
        assert weights[name].dtype == array.dtype
        np.testing.assert_array_equal(weights[name], array)
    assert load_spec(path) == (SPEC, 16)
    assert [file.name for file in path.parent.iterdir()] == ["m.safetensors"]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_flipped_bit_gives_other_weights(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("flip") / "m.safetensors"
    save_model(path, SPEC, WEIGHTS)
    content = bytearray(path.read_bytes())
    bit = data.draw(st.integers(0, 8 * len(content) - 1))
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)
    try:
        spec, weights = load_model(path)
    except ModelError:
        return
    assert spec == SPEC  # the bit was in a key that nobody needs
    for name, array in WEIGHTS.items():
        np.testing.assert_array_equal(weights[name], array)


def test_a_flipped_weight_is_named_as_damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelError, match="its checksum does not fit its weights"):
        load_model(path)


def test_weights_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    save_model(tmp_path / "m", SPEC, {"w": np.array([0.0, np.nan], np.float32)})
    with pytest.raises(ModelError, match="weights that are no numbers, in w"):
        load_model(tmp_path / "m")


@pytest.mark.parametrize(
    ("metadata", "sentence"),
    [
        ({}, "not a Spikehand model of format 2"),
        ({"format": "2", "spec": json.dumps(asdict(SPEC)), "checksum": ""}, "checksum does not"),
        ({"format": "3"}, "not a Spikehand model of format 2"),
        ({"format": "2", "spec": "{"}, "does not fit this program"),
        ({"format": "2", "spec": "[]"}, "does not fit this program"),
        ({"format": "2", "spec": json.dumps({"name": "x"})}, "does not fit this program"),
    ],
)
def test_other_files_get_a_sentence(path: Path, metadata: dict[str, str], sentence: str) -> None:
    save_file(load_file(path), path, metadata or None)
    with pytest.raises(ModelError, match=sentence):
        load_spec(path) if "checksum" not in metadata else load_model(path)


def described(path: Path, **values: object) -> Path:
    """A file of an older kind, without a checksum over its description, that says other things."""
    spec = json.dumps(asdict(SPEC) | values)
    metadata = {"format": "2", "spec": spec, "checksum": checksum(WEIGHTS)}
    save_file(WEIGHTS, path, metadata)
    return path


def test_an_older_file_without_a_checksum_over_its_description_opens(tmp_path: Path) -> None:
    assert load_model(described(tmp_path / "m"))[0] == SPEC


def test_another_description_is_named_as_damage(path: Path) -> None:
    content = path.read_bytes()
    assert content.count(rb"left") == 1
    path.write_bytes(content.replace(rb"left", rb"deft"))
    for load in (load_model, load_spec):
        with pytest.raises(ModelError, match="its checksum does not fit its description"):
            load(path)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"calibration": [[0.1, float("nan")]]}, "expected a calibration of at most 1000 points"),
        ({"calibration": [[0.5, 0.5], [0.4, 0.6]]}, "that rise from 0 to 1, got 2 that do not"),
        ({"calibration": [[0.1, 0.5], [0.4, 0.4]]}, "that rise from 0 to 1"),
        ({"calibration": [[0.1, 7]]}, "that rise from 0 to 1"),
        ({"calibration": [[0.1]]}, "does not fit this program"),
        ({"calibration": 3}, "does not fit this program"),
        ({"calibration": [[i / 1e5, 0.5] for i in range(2000)]}, "at most 1000 points"),
        ({"classes": ["a" * 300, "b"]}, "expected names of at most 80 letters, got 300"),
        ({"classes": [str(i) for i in range(2000)]}, "expected at most 1000 classes, got 2000"),
        ({"name": "n" * 300}, "expected names of at most 80 letters"),
        ({"tick_us": 10**18}, "expected a tick of 50 to 1000000 us"),
        ({"tick_us": float("inf")}, "does not fit this program"),
        ({"input_shape": [2, 8]}, "does not fit this program"),
        ({"training": {"taught": ["nobody's"]}}, "expected taught gestures that are classes"),
        ({"training": {"taught": "left"}}, "expected taught gestures that are classes"),
        ({"training": {"taught": [["left"]]}}, "expected taught gestures that are classes"),
        ({"training": {"parameters": "many"}}, "expected a number of parameters, got 'many'"),
        ({"training": {"parameters": 10**30}}, "expected a number of parameters"),
    ],
)
def test_a_description_that_nobody_can_mean_gets_a_sentence(
    tmp_path: Path, values: dict[str, object], sentence: str
) -> None:
    path = described(tmp_path / "m", **values)
    for load in (load_model, load_spec):
        with pytest.raises(ModelError, match=sentence):
            load(path)


def test_no_name_gives_a_terminal_orders(tmp_path: Path) -> None:
    names = {"name": "a\x1b[2J", "system": "\x9b31m", "classes": ["\x1b]0;own\x07", "l\ni\u202e"]}
    spec, _ = load_model(described(tmp_path / "m", **names))
    assert all(text.isprintable() for text in (spec.name, spec.system, *spec.classes))
    assert (spec.name, spec.classes[1]) == ("a\ufffd[2J", "l\ufffdi\ufffd")


@pytest.mark.parametrize(
    "head", [b"[" * 400_000, b'{"a":{"shape":[-1]}}', b'{"a":{"shape":[1e9]}}', b"[]", b"{" * 10]
)
def test_a_crafted_head_is_refused_at_once(tmp_path: Path, head: bytes) -> None:
    (tmp_path / "m").write_bytes(len(head).to_bytes(8, "little") + head)
    for load in (load_model, load_spec):
        with pytest.raises(ModelError, match="damaged or not a model"):
            load(tmp_path / "m")


def test_no_head_beyond_its_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open(tmp_path / "m", "wb") as file:
        file.write((100_000_000).to_bytes(8, "little"))
        file.truncate(150_000_000)
    monkeypatch.setattr("models.model_file.json", None)
    with pytest.raises(ModelError, match="damaged or not a model"):
        load_spec(tmp_path / "m")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not is_old(tmp_path / "pipe")
    with pytest.raises(ModelError, match="pipe is not an ordinary file"):
        load_spec(tmp_path / "pipe")


@pytest.mark.parametrize("path", sorted(CHECKPOINTS.glob(f"*{SUFFIX}")), ids=lambda path: path.stem)
def test_what_is_bundled_has_both_checksums(path: Path) -> None:
    with safe_open(path, "numpy") as file:
        assert {"checksum", "spec_checksum"} <= file.metadata().keys()
    load_model(path)


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff" * 8, b"\x02" + b"\0" * 7 + b"{}"])
def test_what_is_no_model_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m").write_bytes(content)
    with pytest.raises(ModelError, match=r"damaged or not a model|not a Spikehand model"):
        load_model(tmp_path / "m")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not exist"):
        load_spec(tmp_path / "missing")
    with pytest.raises(ModelError, match=r"expected a model file, but .* is a folder"):
        load_spec(tmp_path)


def test_the_live_path_needs_no_torch() -> None:
    code = (
        "import sys; from models.live import open_network; from models.spec import TickEvents;"
        "network = open_network(); network.run(TickEvents.silence(network.spec.input_shape));"
        "sys.exit('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert DEFAULT_CHECKPOINT.is_file()
