"""The neurons of the microscope equal their references in torch, step by step."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from models.neurons import single
from models.neurons.reference.hodgkin_huxley import (
    HodgkinHuxleyParameters,
    HodgkinHuxleyState,
    hodgkin_huxley_step,
)
from models.neurons.reference.if_ import IfParameters, IfState, if_step
from models.neurons.reference.lif_refractory import (
    LifRefractoryParameters,
    LifRefractoryState,
    lif_refractory_step,
)
from models.neurons.srm import SrmParameters, SrmState, srm_potential, srm_step

DRIVE = np.random.default_rng(3).poisson(0.6, 400) * 3.0
DRIVE[100:200] = 0.0
DRIVE[250:270] = -4.0


def torch_run(step, state, parameters, drive, dt_ms, potential):
    """Membranes and spikes (T,) of a reference in double precision."""
    seen, spikes = [], []
    for value in drive:
        fired, state = step(torch.tensor([value]), state, parameters, dt_ms)
        seen.append(potential(state))
        spikes.append(float(fired))
    return np.array(seen), np.array(spikes)


def reference_if():
    p = IfParameters(threshold_mv=15.0)
    state = IfState.at_rest(torch.zeros(1, dtype=torch.float64), p)
    return torch_run(if_step, state, p, DRIVE, 1.0, lambda s: float(s.v))


def reference_lif():
    p = LifRefractoryParameters(
        tau_ms=20.0, resistance_mohm=10.0, rest_mv=0.0, reset_mv=0.0, threshold_mv=15.0,
        refractory_ms=2.5,
    )  # fmt: skip
    state = LifRefractoryState.at_rest(torch.zeros(1, dtype=torch.float64), p)
    current = DRIVE * p.tau_ms / p.resistance_mohm
    return torch_run(lif_refractory_step, state, p, current, 1.0, lambda s: float(s.v))


def reference_srm():
    p = SrmParameters(threshold=15.0, tau_s_ms=10.0, tau_ref_ms=5.0, refractory_scale=2.0)
    state = SrmState.at_rest(torch.zeros(1, dtype=torch.float64), p)
    seen = lambda s: float(srm_potential(s, p, 1.0))  # noqa: E731
    return torch_run(srm_step, state, p, DRIVE, 1.0, seen)


CASES = {
    "if": (single.If(floor_mv=-np.inf), reference_if),
    "lif": (single.Lif(refractory_ms=2.5), reference_lif),
    "srm": (single.Srm(), reference_srm),
}


@pytest.mark.parametrize("name", CASES)
def test_the_walk_is_the_reference(name: str) -> None:
    constants, reference = CASES[name]
    v, spikes = reference()
    course = single.walk(DRIVE, 1.0, constants, single.at_rest())
    np.testing.assert_array_equal(course.spikes, spikes)
    np.testing.assert_allclose(course.v[:, -1], v, atol=1e-9)
    assert 0 < spikes.sum() < len(spikes)


def test_hodgkin_huxley_is_the_reference() -> None:
    drive, inner = DRIVE[:60], single.SAMPLES * single.INNER_STEPS
    p = HodgkinHuxleyParameters()
    state = HodgkinHuxleyState.at_rest(torch.zeros(1, dtype=torch.float64), p)
    fine = np.repeat(drive, inner)
    v, spikes = torch_run(hodgkin_huxley_step, state, p, fine, 1 / inner, lambda s: float(s.v))
    course = single.walk(drive, 1.0, single.Hh(), single.at_rest())
    np.testing.assert_allclose(course.v.ravel(), v[single.INNER_STEPS - 1 :: 5], atol=1e-9)
    np.testing.assert_array_equal(course.spikes, spikes.reshape(-1, inner).max(1))
    assert spikes.sum() > 0
    assert course.resting.any()
    assert not course.resting.all()


@pytest.mark.parametrize("constants", [single.If(), single.Lif(), single.Srm(), single.Hh()])
def test_a_walk_in_parts_is_the_walk(constants: single.Constants) -> None:
    whole = single.walk(DRIVE, 1.0, constants, single.at_rest())
    state = single.at_rest()
    parts = [single.walk(part, 1.0, constants, state) for part in np.split(DRIVE, [7, 130, 131])]
    for one, joined in zip(whole, map(np.concatenate, zip(*parts, strict=True)), strict=True):
        np.testing.assert_allclose(joined, one, atol=1e-9)


def test_inhibition_stops_at_the_floor_and_a_neuron_rests_after_its_spike() -> None:
    low = single.walk(np.full(50, -9.0), 1.0, single.If(), single.at_rest())
    assert low.v.min() == single.If().floor_mv
    course = single.walk(np.full(50, 5.0), 1.0, single.Lif(refractory_ms=3.0), single.at_rest())
    (first, *_) = np.flatnonzero(course.spikes)
    assert course.resting[first + 1 : first + 4].all()
    assert not course.resting[first + 4]
