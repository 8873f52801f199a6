"""The LIF neuron against numbers worked out by hand, and the scan against plain autograd."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from models.neurons import surrogate
from models.neurons.lif import Lif, lif_step
from models.neurons.surrogate import LifScan, spike_count, spike_slope


def test_step_follows_the_equations() -> None:
    decay = torch.tensor([0.5])
    v, spikes, membranes = torch.tensor([0.0]), [], []
    for charge in (0.6, 0.8, 0.0, 2.5, 0.0):
        s, v = lif_step(torch.tensor([charge]), v, decay)
        spikes.append(s.item())
        membranes.append(v.item())
    # 0.6 | 0.3 + 0.8 = 1.1 fires, 0.1 stays | 0.05 | 2.525 fires once, 1.525 stays | 0.7625
    assert spikes == [0, 1, 0, 1, 0]
    assert membranes == pytest.approx([0.6, 0.1, 0.05, 1.525, 0.7625])


@given(rate=st.floats(0.01, 0.3), step_ms=st.sampled_from([1, 2, 5]))
def test_firing_rate_does_not_depend_on_the_step(rate: float, step_ms: int) -> None:
    """Without leak, N ms of charge fire its integral, whatever the step."""
    steps = 1000 // step_ms
    charge = torch.full((steps, 1, 1), rate * step_ms, dtype=torch.float64)
    s, _ = LifScan.apply(charge, torch.ones(1, dtype=torch.float64), charge[0] * 0, step_ms)
    assert abs(s.sum().item() - 1000 * rate) <= 1.0 + 1e-6


def test_decay_is_the_exponential_of_the_step_over_tau() -> None:
    layer = Lif(2, (10.0, 40.0))
    assert layer.decay(5.0).tolist() == pytest.approx([math.exp(-0.5), math.exp(-0.125)])


def test_at_most_the_given_number_of_spikes_fits_a_step() -> None:
    assert spike_count(torch.tensor([-3.0, 0.99, 1.0, 2.7, 9.0]), 3).tolist() == [0, 0, 1, 2, 3]


def test_slope_is_one_near_threshold_and_falls_off() -> None:
    slope = spike_slope(torch.tensor([0.25, 0.5, 1.0, 2.5, 2.75]), 2)
    # A quarter outside the band: 1 / (1 + 4 * 0.25)^2 = 1/4.
    assert slope.tolist() == pytest.approx([0.25, 1.0, 1.0, 1.0, 0.25])


class _Reference(torch.autograd.Function):
    """One spike decision with the same surrogate, for a scan written out step by step."""

    @staticmethod
    def forward(ctx, u):
        ctx.save_for_backward(u)
        return spike_count(u, 2)

    @staticmethod
    def backward(ctx, grad):
        return grad * spike_slope(ctx.saved_tensors[0], 2)


def test_scan_has_the_gradients_of_the_same_scan_written_out() -> None:
    torch.manual_seed(0)
    x = torch.randn(12, 3, 4, dtype=torch.float64)
    decay = torch.rand(4, dtype=torch.float64)
    weight = torch.randn_like(x)
    grads = []
    for written_out in (False, True):
        a, b = x.clone().requires_grad_(), decay.clone().requires_grad_()
        if written_out:
            v, spikes = torch.zeros_like(x[0]), []
            for t in range(len(x)):
                u = v * b + a[t]
                spikes.append(_Reference.apply(u))
                v = u - spikes[-1].detach()
            s = torch.stack(spikes)
        else:
            s, _ = LifScan.apply(a, b, torch.zeros_like(x[0]), 2)
        (s * weight).sum().backward()
        grads.append((s.detach(), a.grad, b.grad))
    for got, expected in zip(*grads, strict=True):
        torch.testing.assert_close(got, expected)


@pytest.mark.parametrize("shape", [(6, 2, 3), (5, 2, 3, 4, 2)])
@pytest.mark.parametrize("channels_last", [False, True])
def test_the_compiled_pass_does_what_the_plain_one_does(
    shape: tuple[int, ...], channels_last: bool
) -> None:
    torch.manual_seed(len(shape))
    x = torch.randn(shape)
    if channels_last and len(shape) == 5:
        x = x.flatten(0, 1).contiguous(memory_format=torch.channels_last).unflatten(0, shape[:2])
    decay = torch.rand(shape[2]).view(-1, *(1,) * (len(shape) - 3))
    v0, wanted = torch.randn(shape[1:]), torch.randn(shape)
    plain = surrogate._scan(x, decay, v0, 2)
    for ours, theirs in zip(surrogate._scan_compiled(x, decay, v0, 2), plain, strict=True):
        assert torch.equal(ours, theirs)
    u, s, _ = plain
    back = surrogate._scan_back_compiled(u, s, decay, v0, 2, wanted)
    for ours, theirs in zip(
        back, surrogate._scan_back(u.clone(), s, decay, v0, 2, wanted), strict=True
    ):
        torch.testing.assert_close(ours, theirs, rtol=1e-5, atol=1e-6)


def test_the_compiled_pass_leaves_torch_its_number_of_threads() -> None:
    """Told by a process of its own: where it has begun once, nothing changes any more."""
    asked = (
        "import numba, torch; from models.neurons.surrogate import LifScan;"
        "threads = numba.config.NUMBA_NUM_THREADS + 1; torch.set_num_threads(threads);"
        "torch.linspace(0, 1, 8);"  # as in training, torch has begun its own threads
        "LifScan.apply(torch.ones(1, 1, 1), torch.ones(1), torch.zeros(1, 1), 1);"
        "raise SystemExit(torch.get_num_threads() != threads)"
    )
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", asked], cwd=root).returncode == 0
