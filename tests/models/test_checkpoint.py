"""Model files of every system: written, read back, refused."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from models.live import open_network
from models.model_file import DEFAULT_CHECKPOINT
from models.networks.catalogue import FAMILIES, Network, family_of
from models.networks.checkpoint import build_network, load_checkpoint, save_checkpoint
from models.networks.torch_session import TorchSession, load_torch_session
from models.spec import ModelError, ModelSpec, as_ticks
from tests.models.test_session import MAKERS, events, make


def test_every_system_is_known_here() -> None:
    assert set(FAMILIES) == set(MAKERS)
    with pytest.raises(ModelError, match=r"of system conv_lif or .*, got .abacus."):
        family_of("abacus")


@pytest.mark.parametrize("system", FAMILIES)
def test_round_trip(system: str, tmp_path: Path) -> None:
    network, spec = make(system)
    spec = replace(spec, calibration=((0.25, 0.5), (0.75, 1.0)), min_count=5)
    path = tmp_path / "m.safetensors"
    save_checkpoint(path, network, spec)
    again, its_spec = load_checkpoint(path)
    assert its_spec == spec
    assert again.sizes == network.sizes
    assert not again.training
    for name, value in network.state_dict().items():
        assert torch.equal(again.state_dict()[name], value), name
    x = events(spec, 120)
    a, b = (
        TorchSession(network, spec).run(as_ticks(x)),
        load_torch_session(path).run(as_ticks(x)),
    )
    for expected, output in zip(a.layers, b.layers, strict=True):
        np.testing.assert_array_equal(output.spikes, expected.spikes)


@pytest.mark.parametrize("system", FAMILIES)
def test_what_does_not_fit_gets_a_sentence(system: str) -> None:
    _, spec = make(system)
    wrong = {**spec.parameters, "side": 3 if system != "conv_lif" else "wide"}
    for parameters in (wrong, {**spec.parameters, "sides": 1}):
        with pytest.raises(ModelError, match="do not fit its system"):
            build_network(replace(spec, parameters=parameters))
    with pytest.raises(ModelError, match="expected input and number of classes"):
        build_network(replace(spec, classes=spec.classes[1:]))
    with pytest.raises(ModelError, match="expected input and number of classes"):
        build_network(replace(spec, input_shape=(2, 128, 128)))


@pytest.mark.parametrize("system", FAMILIES)
def test_truncations_and_flips_of_a_file_are_refused(system: str, tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    save_checkpoint(path, *make(system))
    good, rng = path.read_bytes(), np.random.default_rng(0)
    for trial in range(20):
        bad = bytearray(good)
        if trial % 2:
            bad = bad[: int(rng.integers(len(bad)))]
        else:
            for at in rng.integers(0, len(bad), 20):
                bad[at] ^= int(rng.integers(1, 256))
        path.write_bytes(bad)
        with pytest.raises(ModelError):
            load_checkpoint(path)


def save_old(path: Path, network: Network, spec: ModelSpec, **changes: object) -> None:
    """A file of the format before, as ``torch.save`` wrote it."""
    described = {**asdict(spec), "classes": list(spec.classes), **changes}
    described = {key: value for key, value in described.items() if value is not None}
    torch.save({"format": 1, "spec": described, "weights": network.state_dict()}, path)


@pytest.mark.parametrize("system", FAMILIES)
def test_files_of_the_format_before_still_open(system: str, tmp_path: Path) -> None:
    network, spec = make(system)
    save_old(tmp_path / "m.pt", network, spec)
    again, its_spec = load_checkpoint(tmp_path / "m.pt")
    assert its_spec == spec
    for name, value in network.state_dict().items():
        assert torch.equal(again.state_dict()[name], value), name
    x = events(spec, 60)
    expected = TorchSession(network, spec).run(as_ticks(x)).output
    np.testing.assert_array_equal(open_network(tmp_path / "m.pt").run(as_ticks(x)).output, expected)


def test_old_files_without_a_number_of_votes_take_the_default(tmp_path: Path) -> None:
    path = tmp_path / "m.pt"
    save_old(path, *make("conv_lif"), min_count=None)
    assert load_checkpoint(path)[1].min_count == 16
    save_old(path, *make("conv_lif"), min_count=0)
    with pytest.raises(ModelError, match="min_count of at least 1, got 0"):
        load_checkpoint(path)


def test_the_bundled_model_fits() -> None:
    network, spec = load_checkpoint(DEFAULT_CHECKPOINT)
    session = TorchSession(network, spec)
    output = session.run(as_ticks(np.ones((5, *spec.input_shape), np.uint8)))
    assert output.layers[0].spikes.any()
