"""Model files whose tensors and description do not belong together never reach compiled code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.live import open_network
from models.model_file import CHECKPOINTS, SUFFIX, load_model, save_model
from models.sizes import check_sizes
from models.spec import ModelError

BUNDLED = sorted(CHECKPOINTS.glob(f"*{SUFFIX}"))


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_bundled_models_are_within_the_limits(path: Path) -> None:
    check_sizes(*load_model(path))


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_no_tensor_of_another_shape_passes(path: Path) -> None:
    spec, weights = load_model(path)
    if spec.system == "c3d":
        pytest.skip("its session checks the tensors")
    asked = [name for name in weights if name != "scaled" and "readout" not in name]
    for name in asked:
        cut = {**weights, name: weights[name][:-1]}
        with pytest.raises(ModelError, match="weights do not fit its system"):
            check_sizes(spec, cut)
        without = {other: array for other, array in weights.items() if other != name}
        with pytest.raises(ModelError, match="weights do not fit its system: no '"):
            check_sizes(spec, without)


@pytest.mark.parametrize(
    ("model", "parameters"),
    [
        ("default", {"side": 10**9}),
        ("default", {"side": -64}),
        ("default", {"side": "64"}),
        ("default", {"side": 32}),
        ("default", {"classes": 12}),
        ("default", {"stem": (7, 0)}),
        ("default", {"stem": (10**6, 4)}),
        ("default", {"channels": (24, 48)}),
        ("default", {"delays_ms": ((0,), (0, -40), (0,), (0,), (0,))}),
        ("default", {"delays_ms": ((0,), (0, 10**12), (0,), (0,), (0,))}),
        ("default", {"delays_ms": ((0,), (0,), (0,), (0,))}),
        ("slayer", {"pool": 3}),
        ("slayer", {"hidden": 0}),
        ("decolle", {"deciding": 3}),
        ("decolle", {"strides": (0, 1, 1)}),
        ("decolle", {"pools": (1, 1000, 1)}),
        ("eedn", {"output_groups": 7}),
        ("eedn", {"delays_ms": (280, 160, 80, 30, 0)}),
        ("eedn", {"taus_ms": (1.0,)}),
        ("eedn", {"layers": None}),
        ("c3d", {"frames": 10**12}),
        ("c3d", {"frame_ms": 0}),
        ("c3d", {"channels": [[16]] * 60}),
    ],
)
def test_no_description_makes_the_network_something_else(
    model: str, parameters: dict[str, Any], tmp_path: Path
) -> None:
    spec, weights = load_model(CHECKPOINTS / f"{model}{SUFFIX}")
    other = replace(spec, parameters={**spec.parameters, **parameters})
    save_model(tmp_path / "m.safetensors", other, weights)
    with pytest.raises(ModelError, match="weights do not fit its system"):
        open_network(tmp_path / "m.safetensors")


def test_delays_of_axons_have_limits_too() -> None:
    spec, weights = load_model(CHECKPOINTS / f"slayer{SUFFIX}")
    for delay in (-1.0, 1e9):
        wrong = {**weights, "synapses.pool1.delay_ms": np.full(16, delay, np.float32)}
        with pytest.raises(ModelError, match="expected delays from 0 to 10000 ms"):
            check_sizes(spec, wrong)


def test_an_input_of_another_size_than_the_network_is_refused(tmp_path: Path) -> None:
    spec, weights = load_model(CHECKPOINTS / f"slayer{SUFFIX}")
    save_model(tmp_path / "m.safetensors", replace(spec, input_shape=(2, 64, 64)), weights)
    with pytest.raises(ModelError, match="expected an input of"):
        open_network(tmp_path / "m.safetensors")
