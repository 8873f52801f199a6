"""The LIF with reset and rest: trajectories by hand and the closed f-I curve."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from models.neurons.reference.lif_refractory import (
    LifRefractory,
    LifRefractoryParameters,
    LifRefractoryState,
    lif_refractory_step,
)

# exp(-1 ms / tau) = 1/2, rest 0, threshold 1: numbers for the head.
HALVING = LifRefractoryParameters(
    tau_ms=1 / math.log(2),
    resistance_mohm=1.0,
    rest_mv=0.0,
    reset_mv=-0.5,
    threshold_mv=1.0,
    refractory_ms=1.5,
)


def test_step_follows_the_equations() -> None:
    state = LifRefractoryState.at_rest(torch.zeros(1, dtype=torch.float64), HALVING)
    spikes, membranes, resting = [], [], []
    for current in (1.0, 2.0, 8.0, 4.0, 1.0):
        drive = torch.tensor([current], dtype=torch.float64)
        s, state = lif_refractory_step(drive, state, HALVING, 1.0)
        spikes.append(s.item())
        membranes.append(state.v.item())
        resting.append(state.resting_ms.item())
    # 0.5 | 2 - 1.5 / 2 = 1.25 fires, reset to -0.5 | rests, deaf to 8 | half a step of rest, then
    # half a step towards 4 from -0.5: 4 - 4.5 / sqrt 2 = 0.818 | towards 1
    last = 4 - 4.5 / math.sqrt(2)
    assert spikes == [0, 1, 0, 0, 0]
    assert membranes == pytest.approx([0.5, -0.5, -0.5, last, 1 - (1 - last) / 2])
    assert resting == [0.0, 1.5, 0.5, 0.0, 0.0]


def test_membrane_relaxes_to_rest_with_its_time_constant() -> None:
    constants = LifRefractoryParameters()
    state = LifRefractoryState(torch.tensor([[-55.0]]), torch.zeros(1, 1))
    _, after = LifRefractory(constants)(torch.zeros(40, 1, 1), state, 0.5)
    assert after.v.item() == pytest.approx(-65.0 + 10.0 / math.e)


def closed_interval_ms(p: LifRefractoryParameters, current: float) -> float:
    drive, theta = p.resistance_mohm * current, p.threshold_mv - p.rest_mv
    return p.refractory_ms + p.tau_ms * math.log(drive / (drive - theta))


@pytest.mark.parametrize("refractory_ms", [0.0, 2.0, 3.3])
@pytest.mark.parametrize("dt_ms", [0.05, 0.1, 1.0])
def test_rate_over_current_is_the_closed_form(refractory_ms: float, dt_ms: float) -> None:
    """Every interval is the closed form's, rounded up to the grid on which spikes fall."""
    p = replace(LifRefractoryParameters(), refractory_ms=refractory_ms)
    currents = [1.6, 2.0, 3.0, 5.0]
    drive = torch.tensor(currents, dtype=torch.float64).expand(round(400 / dt_ms), -1)
    s, _ = LifRefractory(p)(drive, None, dt_ms)
    for fired, current in zip(s.unbind(1), currents, strict=True):
        steps = set(fired.nonzero().flatten().diff().tolist())
        assert steps == {math.ceil(closed_interval_ms(p, current) / dt_ms)}


def test_silent_up_to_the_rheobase() -> None:
    # 15 mV over 10 MOhm: 1.5 nA only approaches the threshold.
    drive = torch.tensor([1.4, 1.49, 1.51], dtype=torch.float64).expand(5000, -1)
    s, _ = LifRefractory()(drive, None, 0.1)
    assert (s.sum(0) > 0).tolist() == [False, False, True]


@settings(deadline=None)
@given(
    st.lists(st.floats(-5.0, 40.0), min_size=2, max_size=40),
    st.floats(0.0, 6.0),
    st.sampled_from([0.25, 0.5, 1.0]),
)
def test_spikes_keep_the_refractory_time(
    currents: list[float], refractory_ms: float, dt_ms: float
) -> None:
    p = replace(LifRefractoryParameters(), refractory_ms=refractory_ms)
    drive = torch.tensor(currents, dtype=torch.float64)[:, None]
    s, state = LifRefractory(p)(drive, None, dt_ms)
    intervals = s[:, 0].nonzero().flatten().diff() * dt_ms
    assert (intervals >= refractory_ms).all()
    assert state.v.item() < p.threshold_mv


def test_no_gradient_passes_a_spike_or_a_rest() -> None:
    current = torch.tensor([1.0, 2.0, 0.0, 0.0], dtype=torch.float64).unsqueeze(1).requires_grad_()
    _, state = LifRefractory(replace(HALVING, refractory_ms=1.0))(current, None, 1.0)
    state.v.sum().backward()
    # The spike of the second step cuts the membrane's history, the third step is rest.
    assert current.grad is not None
    assert current.grad.flatten().tolist() == pytest.approx([0.0, 0.0, 0.0, 0.5])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"tau_ms": 0.0}, "expected tau_ms to be positive"),
        ({"resistance_mohm": math.inf}, "expected resistance_mohm to be positive and finite"),
        ({"rest_mv": math.nan}, "expected rest_mv to be finite, got nan"),
        ({"refractory_ms": -1.0}, "expected refractory_ms of at least 0, got -1.0"),
        ({"reset_mv": -50.0}, "expected reset_mv below threshold_mv, got -50.0 and -50.0"),
    ],
)
def test_wrong_parameters_are_named(wrong: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        LifRefractoryParameters(**wrong)
