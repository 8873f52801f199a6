"""What holds for every neuron that streams: pieces equal the whole, and the checks at the door."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from models.neurons.reference.cuba_lif import CubaLif, CubaLifParameters
from models.neurons.reference.hodgkin_huxley import HodgkinHuxley, HodgkinHuxleyParameters
from models.neurons.reference.if_ import If, IfParameters
from models.neurons.reference.lif_refractory import LifRefractory
from models.neurons.srm import Srm, SrmParameters
from models.neurons.surrogate import SpikeCount, spike_count, spike_slope

# Each with a step in ms and the strength of input at which it fires now and then.
NEURONS = [
    (If(), 1.0, 0.8),
    (LifRefractory(), 1.0, 8.0),
    (CubaLif(), 1.0, 2.0),
    (Srm(), 1.0, 0.8),
    (HodgkinHuxley(), 0.1, 40.0),
]
every_neuron = pytest.mark.parametrize(
    ("neuron", "dt_ms", "strength"), NEURONS, ids=lambda n: type(n).__name__
)


def flat(state: tuple) -> list[torch.Tensor]:
    """All tensors of a state that may be nested."""
    return [t for part in state for t in (flat(part) if isinstance(part, tuple) else [part])]


@every_neuron
@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(0, 60), max_size=4), seed=st.integers(0, 1000))
def test_pieces_equal_the_whole_to_the_last_bit(
    neuron: nn.Module, dt_ms: float, strength: float, cuts: list[int], seed: int
) -> None:
    generator = torch.Generator().manual_seed(seed)
    inputs = strength * torch.rand(60, 2, 3, generator=generator)
    whole, after = neuron(inputs, None, dt_ms)
    state, pieces = None, []
    for piece in inputs.tensor_split(sorted(cuts)):
        spikes, state = neuron(piece, state, dt_ms)
        pieces.append(spikes)
    assert torch.equal(torch.cat(pieces), whole)
    assert all(torch.equal(a, b) for a, b in zip(flat(state), flat(after), strict=True))
    assert set(whole.unique().tolist()) <= {0.0, 1.0}


@every_neuron
def test_neurons_fire_and_leave_what_they_were_given(
    neuron: nn.Module, dt_ms: float, strength: float
) -> None:
    torch.manual_seed(0)
    inputs = strength * torch.rand(200, 2, 3)
    _, before = neuron(inputs, None, dt_ms)
    kept, kept_state = inputs.clone(), [t.clone() for t in flat(before)]
    spikes, _ = neuron(inputs, before, dt_ms)
    assert 0 < spikes.sum() < spikes.numel() / 2
    assert torch.equal(inputs, kept)
    assert all(torch.equal(a, b) for a, b in zip(flat(before), kept_state, strict=True))


@every_neuron
@pytest.mark.parametrize("shape", [(7, 2), (7, 2, 3), (7, 2, 4, 3, 3)])
def test_shapes_and_precision_are_those_of_the_input(
    neuron: nn.Module, dt_ms: float, strength: float, shape: tuple[int, ...]
) -> None:
    spikes, state = neuron(torch.zeros(shape, dtype=torch.float64), None, dt_ms)
    assert spikes.shape == shape
    assert all(t.shape == shape[1:] and t.dtype == torch.float64 for t in flat(state))
    assert spikes.dtype == torch.float64


@every_neuron
def test_wrong_inputs_are_named(neuron: nn.Module, dt_ms: float, strength: float) -> None:
    with pytest.raises(ValueError, match=r"expected floating point inputs .* got torch.int64"):
        neuron(torch.zeros(3, 2, dtype=torch.int64), None, dt_ms)
    with pytest.raises(ValueError, match=r"inputs \(T, B, ...\), got torch.float32 \(3,\)"):
        neuron(torch.zeros(3), None, dt_ms)
    with pytest.raises(ValueError, match=r"expected dt_ms to be positive and finite, got 0\.0"):
        neuron(torch.zeros(3, 2), None, 0.0)


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        (IfParameters, "capacitance_nf"),
        (IfParameters, "threshold_mv"),
        (CubaLifParameters, "tau_syn_ms"),
        (SrmParameters, "threshold"),
        (SrmParameters, "tau_ref_ms"),
        (HodgkinHuxleyParameters, "g_sodium"),
    ],
)
@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
def test_wrong_parameters_are_named(parameters: Callable, name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"expected {name} to be positive and finite, got {value}"):
        parameters(**{name: value})


def test_reversal_potentials_are_finite() -> None:
    with pytest.raises(ValueError, match="expected e_leak_mv to be finite, got inf"):
        HodgkinHuxleyParameters(e_leak_mv=math.inf)


def test_spike_decision_has_the_slope_as_its_gradient() -> None:
    u = torch.linspace(-1, 4, 21, dtype=torch.float64).requires_grad_()
    weight = torch.arange(21, dtype=torch.float64)
    spikes = SpikeCount.apply(u, 2)
    (spikes * weight).sum().backward()
    assert u.grad is not None
    torch.testing.assert_close(spikes, spike_count(u.detach(), 2))
    torch.testing.assert_close(u.grad, weight * spike_slope(u.detach(), 2))
