"""C3D in onnxruntime gives the answers of the torch reference, however ticks are grouped."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engine.clip import ClipSession
from models.model_file import CHECKPOINTS, load_model
from models.networks.c3d import C3d, C3dParameters
from models.networks.torch_session import TorchSession, load_torch_session
from models.spec import ModelError, ModelSpec, TickOutput, as_ticks

SIZES = C3dParameters(
    side=32,
    classes=3,
    frame_ms=10,
    channels=((3,), (4,), (4, 5), (6, 6), (6, 6)),
    hidden=(8, 7),
    normalise=True,
)


def both(seed: int) -> tuple[TorchSession, ClipSession]:
    """One untrained network in both, its scores shifted so that there are answers and none."""
    torch.manual_seed(seed)
    network = C3d(SIZES)
    network.finish(1.0)
    with torch.no_grad():
        for layer in network.clip.dense:
            if isinstance(layer, torch.nn.Linear):
                layer.bias.uniform_(-0.5, 0.5)
    spec = ModelSpec("t", "c3d", ("a", "b", "c"), (2, 32, 32), parameters=asdict(SIZES))
    weights = {name: value.numpy() for name, value in network.state_dict().items()}
    return TorchSession(network, spec), ClipSession(spec, weights)


def assert_same(ours: TickOutput, theirs: TickOutput) -> None:
    np.testing.assert_array_equal(ours.output, theirs.output)
    np.testing.assert_array_equal(ours.synaptic_operations, theirs.synaptic_operations)
    assert [layer.name for layer in ours.layers] == [layer.name for layer in theirs.layers]
    np.testing.assert_array_equal(ours.layers[0].spikes, theirs.layers[0].spikes)


@settings(max_examples=8, deadline=None)
@given(
    seed=st.integers(0, 1 << 20),
    acts=st.lists(
        st.tuples(st.sampled_from(["run", "run", "skip", "reset"]), st.integers(1, 45)),
        min_size=1,
        max_size=12,
    ),
)
def test_the_answers_are_those_of_the_reference(seed: int, acts: list[tuple[str, int]]) -> None:
    reference, session = both(seed)
    rng = np.random.default_rng(seed)
    for act, length in acts:
        if act == "run":
            ticks = as_ticks(rng.poisson(0.02, (length, 2, 32, 32)))
            assert_same(session.run(ticks), reference.run(ticks))
        elif act == "skip":
            session.skip(1000 * length)
            reference.skip(1000 * length)
        else:
            session.reset()
            reference.reset()


def test_the_bundled_network_answers_as_the_reference_does() -> None:
    path = CHECKPOINTS / "c3d.safetensors"
    reference, session = load_torch_session(path), ClipSession(*load_model(path))
    rng, said = np.random.default_rng(3), 0
    for rate in (0.002, 0.05, 0.3):
        ticks = as_ticks(rng.poisson(rate, (700, *session.spec.input_shape)))
        ours = session.run(ticks)
        assert_same(ours, reference.run(ticks))
        said += int(ours.output.sum())
    assert said


def test_weights_that_do_not_fit_get_a_sentence() -> None:
    spec, weights = load_model(CHECKPOINTS / "c3d.safetensors")
    name = "clip.stages.1.0.op.weight"
    with pytest.raises(ModelError, match="do not fit its system"):
        ClipSession(spec, {**weights, name: weights[name][:, :3]})
    with pytest.raises(ModelError, match="do not fit its system"):
        ClipSession(spec, {k: v for k, v in weights.items() if k != name})
