"""The integrate-and-fire neuron: a trajectory by hand, and no charge lost."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from models.neurons.reference.if_ import If, IfParameters, IfState, if_step


def test_step_follows_the_equations() -> None:
    constants = IfParameters(capacitance_nf=0.5, threshold_mv=2.0)
    state, spikes, membranes = IfState(torch.zeros(1)), [], []
    for current in (0.5, 0.25, 1.0, 1.75, 0.0, -1.0):
        s, state = if_step(torch.tensor([current]), state, constants, 1.0)
        spikes.append(s.item())
        membranes.append(state.v.item())
    # 1 | 1.5 | 3.5 fires, 1.5 stays | 5 fires once, 3 stays | fires again, 1 stays | -1
    assert spikes == [0, 0, 1, 1, 1, 0]
    assert membranes == [1.0, 1.5, 1.5, 3.0, 1.0, -1.0]


# Sixteenths add up without rounding, so that both sides are exact.
sixteenths = st.integers(-16, 16).map(lambda n: n / 16)


@settings(deadline=None)
@given(st.lists(sixteenths.map(abs), min_size=1, max_size=60))
def test_count_is_the_charge_in_thresholds(charges: list[float]) -> None:
    s, _ = If()(torch.tensor(charges)[:, None], None, 1.0)
    assert s.sum().item() == math.floor(sum(charges))


@settings(deadline=None)
@given(st.lists(sixteenths.map(lambda q: 4 * q), min_size=1, max_size=60))
def test_charge_is_either_fired_or_kept(charges: list[float]) -> None:
    s, state = If()(torch.tensor(charges)[:, None], None, 1.0)
    assert s.sum().item() + state.v.item() == sum(charges)


@pytest.mark.parametrize("dt_ms", [0.5, 1.0, 2.0])
def test_rate_is_the_current_over_the_charge_of_a_threshold(dt_ms: float) -> None:
    constants = IfParameters(capacitance_nf=2.0, threshold_mv=5.0)
    current = torch.full((round(1000 / dt_ms), 1), 0.25)
    s, _ = If(constants)(current, None, dt_ms)
    assert s.sum().item() == 0.25 * 1000 // (2.0 * 5.0)


def test_gradient_is_the_slope_of_every_later_membrane() -> None:
    current = torch.tensor([0.75, 0.5, 0.0]).unsqueeze(1).requires_grad_()
    s, _ = If()(current, None, 1.0)
    s.sum().backward()
    # u = 0.75, 1.25, 0.25: slopes 1, 1 and, a quarter under the band, 1 / (1 + 4 / 4)^2 = 1/4.
    assert current.grad is not None
    assert current.grad.flatten().tolist() == [2.25, 1.25, 0.25]
