"""SLAYER's kernels as recurrences, its escape rate, its errors in time and its delays."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from models.neurons import slayer_gradient
from models.neurons.slayer_gradient import (
    AxonalDelay,
    Filters,
    FilterState,
    SlayerNeuron,
    SlayerScan,
    correlate_,
    escape_rate,
    srm_run,
)
from models.neurons.srm import SrmParameters, alpha_kernel, causal_convolution, srm_sequence

NEURON = SlayerNeuron(SrmParameters(10.0, 6.0, 3.0, 2.0), tau_rho=0.4, scale_rho=0.7)
DOUBLE = torch.zeros((), dtype=torch.float64)


def filters(neuron: SlayerNeuron = NEURON, dt_ms: float = 1.0) -> Filters:
    return Filters.of(neuron, dt_ms, DOUBLE)


def charges(*shape: int, seed: int = 0) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return 4 * torch.randn(*shape, generator=generator, dtype=torch.float64) + 1.5


def escaped(u: torch.Tensor, neuron: SlayerNeuron) -> torch.Tensor:
    """The integral of rho up to ``u``: a smooth spike whose slope SLAYER's gradient is."""
    distance = (u - neuron.srm.threshold) / (neuron.tau_rho * neuron.srm.threshold)
    tail = torch.exp(-distance.abs())
    return neuron.scale_rho * torch.where(distance < 0, tail, 2 - tail)


def test_recurrence_is_the_direct_convolution_with_both_kernels() -> None:
    x = charges(400, 2, 3)
    spikes, u, _ = srm_run(x, FilterState.at_rest(x[0]), filters())
    p = NEURON.srm
    eps = causal_convolution(x, alpha_kernel(p.tau_s_ms, 1.0, len(x)))
    nu = causal_convolution(spikes, alpha_kernel(p.tau_ref_ms, 1.0, len(x)))
    assert 50 < spikes.sum() < spikes.numel() / 4
    torch.testing.assert_close(u, eps - p.refractory_scale * p.threshold * nu)
    assert torch.equal(spikes, (u >= p.threshold).double())


def test_spikes_are_those_of_the_spike_response_model() -> None:
    x = charges(500, 2, 3, seed=1)
    spikes, _, _ = srm_run(x, FilterState.at_rest(x[0]), filters())
    torch.testing.assert_close(spikes, srm_sequence(x, NEURON.srm, 1.0))


def test_potentials_by_hand() -> None:
    neuron = SlayerNeuron(SrmParameters(1.0, 2.0, 1.0, 2.0))
    x = torch.tensor([1.1, 0.0, 0.0, 0.0], dtype=torch.float64)[:, None]
    spikes, u, _ = srm_run(x, FilterState.at_rest(x[0]), filters(neuron))
    # eps = n/2 e^(1 - n/2) peaks with 1 at n = 2: fires there, then -2 n e^(1 - n) is added.
    assert spikes.flatten().tolist() == [0, 0, 1, 0]
    root = math.exp(0.5)
    assert u.flatten().tolist() == pytest.approx([0.0, 0.55 * root, 1.1, 1.65 / root - 2])


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.sampled_from([1.0, 5.0]))
def test_any_grouping_of_steps_gives_the_same_bits(lengths: list[int], dt_ms: float) -> None:
    x = charges(sum(lengths), 2, 5).float()
    f = Filters.of(NEURON, dt_ms, x)
    whole, u, end = srm_run(x, FilterState.at_rest(x[0]), f)
    state, parts, potentials = FilterState.at_rest(x[0]), [], []
    for part in x.split(lengths):
        s, v, state = srm_run(part, state, f)
        parts.append(s)
        potentials.append(v)
    assert torch.equal(torch.cat(parts), whole)
    assert torch.equal(torch.cat(potentials), u)
    assert all(torch.equal(a, b) for a, b in zip(state, end, strict=True))


def test_a_long_step_holds_several_spikes() -> None:
    u = torch.tensor([-1.0, 9.9, 10.0, 25.0, 99.0])
    assert slayer_gradient.fire(u, 10.0, 1, torch.empty(5)).tolist() == [0, 0, 1, 1, 1]
    assert slayer_gradient.fire(u, 10.0, 5, torch.empty(5)).tolist() == [0, 0, 1, 2, 5]


def test_rates_hardly_depend_on_the_step_with_a_long_refractory_time() -> None:
    neuron = SlayerNeuron(SrmParameters(10.0, 10.0, 5.0, 2.0))
    torch.manual_seed(0)
    x = 6 * torch.poisson(torch.full((1000, 100), 0.1, dtype=torch.float64))
    counts = []
    for step in (1, 5):
        summed = x.view(-1, step, 100).sum(1)
        s, _, _ = srm_run(summed, FilterState.at_rest(x[0]), filters(neuron, step))
        counts.append(float(s.sum()))
    assert counts[1] == pytest.approx(counts[0], rel=0.15)


def test_escape_rate_by_hand() -> None:
    # Width 0.4 * 10 = 4, peak 0.7 / 4; one width away it is a factor e less.
    u = torch.tensor([10.0, 14.0, 6.0, 2.0])
    rho = escape_rate(u, filters())
    assert rho.tolist() == pytest.approx([0.175 * math.exp(-d) for d in (0, 1, 1, 2)])
    # Three spikes fit a step of 3 ms: no distance between 10 and 30.
    rho = escape_rate(torch.tensor([6.0, 10.0, 22.0, 30.0, 34.0]), filters(dt_ms=3.0))
    assert rho.tolist() == pytest.approx([0.175 * math.exp(-d) for d in (1, 0, 0, 0, 1)])


def test_errors_are_correlated_with_eps() -> None:
    delta = charges(60, 2, seed=2)
    kernel = alpha_kernel(NEURON.srm.tau_s_ms, 1.0, 60)
    direct = torch.stack(
        [sum(kernel[n] * delta[t + n] for n in range(60 - t)) for t in range(60)]  # type: ignore
    )
    torch.testing.assert_close(correlate_(delta.clone(), filters()), direct)


@pytest.mark.parametrize("dt_ms", [1.0, 2.0])
def test_gradient_is_the_slope_of_the_smooth_spike(
    monkeypatch: pytest.MonkeyPatch, dt_ms: float
) -> None:
    """Against central differences of eps, a smooth spike, and a fixed refractory response."""
    x, weight = charges(40, 2, 3), charges(40, 2, 3, seed=3)
    f = filters(dt_ms=dt_ms)._replace(most=1)

    def smooth(u: torch.Tensor, threshold: float, most: int, out: torch.Tensor) -> torch.Tensor:
        return out.copy_(escaped(u, NEURON))

    monkeypatch.setattr(slayer_gradient, "fire", smooth)
    _, u, _ = srm_run(x, FilterState.at_rest(x[0]), f)
    kernel = alpha_kernel(NEURON.srm.tau_s_ms, dt_ms, len(x))
    refractory = u - causal_convolution(x, kernel)
    assert refractory.abs().max() > 1

    def energy(charge: torch.Tensor) -> float:
        u = causal_convolution(charge, kernel) + refractory
        return float((weight * escaped(u, NEURON)).sum())

    leaf = x.clone().requires_grad_()
    spikes, *_ = SlayerScan.apply(leaf, *FilterState.at_rest(x[0]), f)
    (spikes * weight).sum().backward()
    numeric = torch.zeros_like(x)
    for at in range(x.numel()):
        step = torch.zeros_like(x)
        step.view(-1)[at] = 1e-5
        numeric.view(-1)[at] = (energy(x + step) - energy(x - step)) / 2e-5
    assert numeric.abs().max() > 0.1
    torch.testing.assert_close(leaf.grad, numeric, rtol=1e-5, atol=1e-6)


def delayed(
    x: torch.Tensor, waiting: torch.Tensor, delay_ms: torch.Tensor, dt_ms: float
) -> torch.Tensor:
    steps = (delay_ms.detach() / dt_ms).floor().long()
    return AxonalDelay.apply(x, waiting, delay_ms, steps, dt_ms)


def test_delays_by_hand() -> None:
    x = torch.arange(1.0, 6.0).view(5, 1, 1).expand(5, 1, 3)
    arrived = delayed(x, x.new_zeros(5, 1, 3), torch.tensor([0.9, 1.0, 4.2]), 1.0)
    assert arrived[:, 0].T.tolist() == [[1, 2, 3, 4, 5], [0, 1, 2, 3, 4], [0, 0, 0, 0, 1]]
    # In steps of 2 ms only 4.2 ms is longer than a step: two of them.
    arrived = delayed(x, x.new_zeros(3, 1, 3), torch.tensor([0.9, 1.0, 4.2]), 2.0)
    assert arrived[:, 0].T.tolist() == [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [0, 0, 1, 2, 3]]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.floats(0.0, 12.0), min_size=1, max_size=4),
    st.lists(st.integers(1, 9), min_size=1, max_size=5),
)
def test_delays_carry_over_from_call_to_call(delays: list[float], lengths: list[int]) -> None:
    x = charges(sum(lengths), 2, len(delays), 3)
    delay_ms = torch.tensor(delays)
    empty = x.new_zeros(14, *x.shape[1:])
    whole = delayed(x, empty, delay_ms, 1.0)
    for channel, delay in enumerate(delays):
        shift = math.floor(float(torch.tensor(delay)))
        expected = torch.cat([torch.zeros_like(x)[:shift], x])[: len(x), :, channel]
        assert torch.equal(whole[:, :, channel], expected)
    waiting, parts = empty, []
    for part in x.split(lengths):
        parts.append(delayed(part, waiting, delay_ms, 1.0))
        waiting = torch.cat([waiting, part])[len(part) :]
    assert torch.equal(torch.cat(parts), whole)


def test_gradient_of_a_delay_is_the_slope_between_whole_steps() -> None:
    dt_ms, whole_ms = 2.0, torch.tensor([0.0, 4.0, 6.0], dtype=torch.float64)
    x, waiting = charges(20, 2, 3, 2), charges(5, 2, 3, 2, seed=4)
    weight = charges(20, 2, 3, 2, seed=5)

    def energy(share: float, channel: int) -> float:
        early = delayed(x, waiting, whole_ms, dt_ms)[:, :, channel]
        late = delayed(x, waiting, whole_ms + dt_ms, dt_ms)[:, :, channel]
        mixed = (1 - share) * early + share * late
        return float((weight[:, :, channel] * mixed).sum())

    delay_ms, leaf = whole_ms.clone().requires_grad_(), x.clone().requires_grad_()
    (delayed(leaf, waiting, delay_ms, dt_ms) * weight).sum().backward()
    for channel in range(3):
        slope = (energy(0.5, channel) - energy(0.0, channel)) / (0.5 * dt_ms)
        assert float(delay_ms.grad[channel]) == pytest.approx(slope)
    # What arrives too late for this window has no error.
    assert not leaf.grad[-2:, :, 1].any()
    torch.testing.assert_close(leaf.grad[:-2, :, 1], weight[2:, :, 1])


@pytest.mark.parametrize("bad", [0.0, -1.0, math.inf])
def test_the_escape_rate_needs_positive_constants(bad: float) -> None:
    with pytest.raises(ValueError, match="tau_rho to be positive"):
        SlayerNeuron(tau_rho=bad)
