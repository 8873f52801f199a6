"""The current-based LIF: by hand, against its closed response, and over step lengths."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from models.neurons.reference.cuba_lif import (
    CubaLif,
    CubaLifParameters,
    CubaLifState,
    cuba_lif_step,
)


def test_step_follows_the_equations() -> None:
    # Per ms the current halves and the membrane keeps a quarter: k = (1/2 - 1/4) 2 / (2 - 1) = 1/2.
    p = CubaLifParameters(1 / math.log(2), 0.5 / math.log(2), 1.0, 1.0)
    state = CubaLifState.at_rest(torch.zeros(1, dtype=torch.float64), p)
    spikes, membranes, currents = [], [], []
    for jump in (1.0, 1.0, 1.0, 0.0):
        s, state = cuba_lif_step(torch.tensor([jump], dtype=torch.float64), state, p, 1.0)
        spikes.append(s.item())
        membranes.append(state.v.item())
        currents.append(state.i.item())
    # i' = 1, 1.5, 1.75, 0.875; u = 0.5, 0.125 + 0.75, 0.21875 + 0.875 = 1.09 fires, 0.4375
    assert spikes == [0, 0, 1, 0]
    assert membranes == pytest.approx([0.5, 0.875, 0.0, 0.4375])
    assert currents == pytest.approx([0.5, 0.75, 0.875, 0.4375])


@pytest.mark.parametrize("tau_syn_ms", [2.0, 5.0, 20.0, 20.0001, 30.0])
@pytest.mark.parametrize("dt_ms", [0.1, 1.0, 10.0])
def test_response_to_one_spike_is_the_difference_of_exponentials(
    tau_syn_ms: float, dt_ms: float
) -> None:
    p = CubaLifParameters(tau_syn_ms=tau_syn_ms, tau_mem_ms=20.0, threshold_mv=1e9)
    jumps = torch.zeros(round(30 / dt_ms), 1, dtype=torch.float64)
    jumps[0] = 0.7
    _, state = CubaLif(p)(jumps, None, dt_ms)
    if tau_syn_ms == 20.0:
        shape = 30.0 / 20.0 * math.exp(-30.0 / 20.0)
    else:
        difference = math.exp(-30.0 / tau_syn_ms) - math.exp(-30.0 / 20.0)
        shape = difference * tau_syn_ms / (tau_syn_ms - 20.0)
    assert state.v.item() == pytest.approx(10.0 * 0.7 * shape, rel=1e-9)
    assert state.i.item() == pytest.approx(0.7 * math.exp(-30.0 / tau_syn_ms))


@settings(deadline=None)
@given(st.lists(st.floats(-2.0, 2.0), min_size=1, max_size=20), st.integers(2, 5))
def test_finer_steps_do_not_change_the_membrane_below_threshold(
    jumps: list[float], finer: int
) -> None:
    layer = CubaLif(replace(CubaLifParameters(), threshold_mv=1e9))
    coarse = torch.tensor(jumps, dtype=torch.float64)[:, None]
    fine = torch.zeros(len(jumps) * finer, 1, dtype=torch.float64)
    fine[::finer] = coarse
    _, expected = layer(coarse, None, 1.0)
    _, got = layer(fine, None, 1.0 / finer)
    torch.testing.assert_close(got, expected)


def test_current_outlives_the_spike() -> None:
    _, state = CubaLif()(torch.full((1, 1), 20.0), None, 5.0)
    assert state.v.item() == 0.0
    assert state.i.item() == pytest.approx(20.0 / math.e)


def test_gradient_runs_through_the_synapse() -> None:
    jumps = torch.tensor([[1.0], [0.0]], dtype=torch.float64).requires_grad_()
    p = CubaLifParameters(1 / math.log(2), 0.5 / math.log(2), 1.0, 1.0)
    s, _ = CubaLif(p)(jumps, None, 1.0)
    s[1].sum().backward()
    # u = 0.375, an eighth under the band: slope 1 / (1 + 4 / 8)^2 = 4/9; du/dx = 3/8 and 1/2.
    assert jumps.grad is not None
    assert jumps.grad.flatten().tolist() == pytest.approx([4 / 9 * 3 / 8, 4 / 9 / 2])
