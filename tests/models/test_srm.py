"""The spike response model: by hand, and its streaming step against direct convolution."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.neurons.srm import (
    Srm,
    SrmParameters,
    SrmState,
    alpha_kernel,
    causal_convolution,
    srm_potential,
    srm_sequence,
    srm_step,
)


def direct(
    x: list[float], p: SrmParameters, dt_ms: float, cut: float = 0.0
) -> tuple[list[float], list[int]]:
    """Potentials and spikes as sums over all earlier inputs and spikes, kernels cut below ``cut``
    of their peak as SLAYER cuts them."""

    def alpha(t: float, tau: float) -> float:
        value = t / tau * math.exp(1 - t / tau)
        return 0.0 if t > tau and value < cut else value

    potentials: list[float] = []
    spikes: list[int] = []
    for now in range(len(x)):
        eps = sum(x[n] * alpha((now - n) * dt_ms, p.tau_s_ms) for n in range(now + 1))
        nu = sum(s * alpha((now - n) * dt_ms, p.tau_ref_ms) for n, s in enumerate(spikes))
        potentials.append(eps - p.refractory_scale * p.threshold * nu)
        spikes.append(int(potentials[-1] >= p.threshold))
    return potentials, spikes


def stepped(x: torch.Tensor, p: SrmParameters, dt_ms: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Potentials and spikes of ``srm_step``, both shaped as ``x`` (T, ...)."""
    state, potentials, spikes = SrmState.at_rest(x[0], p), [], []
    for now in x:
        s, state = srm_step(now, state, p, dt_ms)
        potentials.append(srm_potential(state, p, dt_ms))
        spikes.append(s)
    return torch.stack(potentials), torch.stack(spikes)


def test_step_follows_the_equations() -> None:
    p = SrmParameters(threshold=1.0, tau_s_ms=2.0, tau_ref_ms=1.0, refractory_scale=2.0)
    x = torch.tensor([1.1, 0.0, 0.0, 0.0, 0.0], dtype=torch.float64)[:, None]
    u, s = stepped(x, p, 1.0)
    # eps = n/2 e^(1 - n/2) peaks with 1 at n = 2: fires there, then -2 n e^(1 - n) is added.
    root = math.exp(0.5)
    assert s.flatten().tolist() == [0, 0, 1, 0, 0]
    assert u.flatten().tolist() == pytest.approx(
        [0.0, 0.55 * root, 1.1, 1.65 / root - 2, 2.2 / math.e - 4 / math.e]
    )


def test_kernel_peaks_with_one_at_its_time_constant() -> None:
    kernel = alpha_kernel(10.0, 0.5, 1000)
    assert kernel.argmax().item() == 20
    assert kernel[[0, 20, 40]].tolist() == pytest.approx([0.0, 1.0, 2 / math.e])


def test_convolution_looks_only_back() -> None:
    x = torch.tensor([1.0, 0.0, 2.0, 0.0]).reshape(4, 1, 1).expand(4, 2, 3)
    y = causal_convolution(x, torch.tensor([0.5, 1.0, 0.25]))
    assert y.shape == (4, 2, 3)
    assert y[:, 1, 2].tolist() == [0.5, 1.0, 1.25, 2.0]


inputs = st.lists(st.floats(-6.0, 12.0), min_size=1, max_size=60)
constants = st.builds(
    SrmParameters,
    tau_s_ms=st.floats(0.8, 20.0),
    tau_ref_ms=st.floats(0.5, 8.0),
    refractory_scale=st.floats(0.1, 3.0),
)


@settings(deadline=None)
@given(inputs, constants, st.sampled_from([0.25, 1.0, 3.0]))
def test_step_and_sequence_are_the_direct_convolution(
    x: list[float], p: SrmParameters, dt_ms: float
) -> None:
    potentials, spikes = direct(x, p, dt_ms)
    # On the threshold itself rounding may decide.
    assume(all(abs(u - p.threshold) > 1e-9 for u in potentials))
    weighted = torch.tensor(x, dtype=torch.float64)[:, None]
    u, s = stepped(weighted, p, dt_ms)
    assert u.flatten().tolist() == pytest.approx(potentials, rel=1e-9, abs=1e-9)
    assert s.flatten().tolist() == spikes
    assert srm_sequence(weighted, p, dt_ms).flatten().tolist() == spikes


def test_step_stays_with_the_convolution_over_a_long_recording() -> None:
    torch.manual_seed(0)
    p = SrmParameters(tau_ref_ms=4.0)
    weighted = 3 * torch.randn(3000, 2, 3, dtype=torch.float64) + 0.5
    _, s = stepped(weighted, p, 1.0)
    assert 50 < s.sum() < s.numel() / 4
    torch.testing.assert_close(srm_sequence(weighted, p, 1.0), s)


def test_cut_kernels_of_slayer_differ_by_less_than_their_cut() -> None:
    """Each tail that SLAYER cuts is under 0.01 of the peak, and there are ten inputs."""
    p = SrmParameters(threshold=1e9)
    x = [1.0] * 10 + [0.0] * 150
    cut, _ = direct(x, p, 1.0, cut=0.01)
    u, _ = stepped(torch.tensor(x, dtype=torch.float64)[:, None], p, 1.0)
    assert 0 < max(abs(a - b) for a, b in zip(cut, u.flatten().tolist(), strict=True)) < 0.1


@settings(deadline=None)
@given(inputs, st.floats(-3.0, 3.0), st.floats(-3.0, 3.0), st.randoms(use_true_random=False))
def test_potential_is_linear_below_threshold(x: list[float], a: float, b: float, random) -> None:
    p = SrmParameters(threshold=1e9)
    other = random.sample(x, len(x))
    pair = torch.tensor([x, other], dtype=torch.float64).T
    mixed = a * pair[:, :1] + b * pair[:, 1:]
    u, _ = stepped(pair, p, 1.0)
    together, s = stepped(mixed, p, 1.0)
    assert not s.any()
    torch.testing.assert_close(together, a * u[:, :1] + b * u[:, 1:], rtol=1e-9, atol=1e-9)


def test_spike_lowers_the_potential_by_the_scale_in_thresholds() -> None:
    p = SrmParameters(threshold=5.0, tau_s_ms=1.0, tau_ref_ms=3.0, refractory_scale=1.5)
    x = torch.zeros(20, 1, dtype=torch.float64)
    x[0] = 6.0
    u, s = stepped(x, p, 1.0)
    free, _ = stepped(x, SrmParameters(1e9, 1.0), 1.0)
    assert s.flatten().nonzero().flatten().tolist() == [1]
    # The refractory kernel's trough lies tau_ref after the spike.
    assert (u - free)[4].item() == pytest.approx(-1.5 * 5.0)


def test_step_and_sequence_have_the_same_gradients() -> None:
    torch.manual_seed(1)
    p = SrmParameters(tau_s_ms=4.0, tau_ref_ms=2.0)
    x = 4 * torch.randn(40, 2, 3, dtype=torch.float64)
    weight, grads = torch.randn_like(x), []
    for run in (lambda x: Srm(p)(x, None, 1.0)[0], lambda x: srm_sequence(x, p, 1.0)):
        leaf = x.clone().requires_grad_()
        (run(leaf) * weight).sum().backward()
        grads.append(leaf.grad)
    assert grads[0].abs().sum() > 0
    torch.testing.assert_close(grads[0], grads[1])
