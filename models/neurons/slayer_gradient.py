"""SLAYER's neurons in time: spikes forward, errors back through the kernels they came by.

Forward, for a layer's charges x[t] (weighted spikes, in the unit of the threshold theta):

    u(t) = (eps * x)(t) + (nu * s)(t)        s[t] = 1 if u[t] >= theta else 0

with the alpha kernels of ``models.neurons.srm``. An alpha kernel sampled every dt is a recurrence
of two numbers, so nothing is convolved; here they carry the kernel's factors with them:

    q[t] = a (q[t-1] + p[t-1])               the potential eps * x, or nu * s
    p[t] = a p[t-1] + c x[t]                 c = e dt / tau,  for nu  c = -scale theta e dt / tau

A step longer than a tick may hold several spikes, min(floor(u / theta), dt in ms) of them, so that
a network keeps its rates when it later runs in single ticks; with dt = 1 ms that is SLAYER's rule.

Backward, the probability that a neuron fires stands for its spike (spike escape rate):

    rho(u) = scale_rho / (tau_rho theta) exp(-|u - theta| / (tau_rho theta))
    delta[t] = rho(u[t]) dE/ds[t]
    dE/dx[t] = sum over n of eps[n] delta[t + n]

so an error goes back to all the earlier inputs that had a part in it: a correlation with eps, which
is the same recurrence run from the end. Where several spikes fit a step, the distance is that to
the range from theta to as many thresholds. The refractory response is not differentiated.

Axonal delays d, applied in whole steps, shift a channel's spikes. With the error e = W' delta that
arrives at the potentials a = eps * s_d of the delayed spikes, SLAYER's gradient is

    dE/dd = -integral of e(t) da/dt dt       here  sum of g[t] (s_d[t-1] - s_d[t]) / dt

where g = dE/ds_d has the correlation with eps in it already. That is also the slope of a delay
which shares a spike out between the two whole steps next to it.

Source: Shrestha and Orchard, SLAYER, NeurIPS 2018; the recurrences and several spikes to a step are
ours.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import torch

from models.neurons.sequence import require_positive
from models.neurons.srm import SrmParameters


@dataclass(frozen=True, slots=True)
class SlayerNeuron:
    """The spike response model and its spike escape rate; ``tau_rho`` in thresholds.

    Raises:
        ValueError: one of the escape rate's constants is not positive.
    """

    srm: SrmParameters = field(default_factory=SrmParameters)
    tau_rho: float = 1.0
    scale_rho: float = 1.0

    def __post_init__(self) -> None:
        require_positive(tau_rho=self.tau_rho, scale_rho=self.scale_rho)


class Filters(NamedTuple):
    """A neuron's arithmetic in steps of ``dt_ms``.

    ``decays`` (2,) are the factors a of eps and nu, ``gain`` and ``kick`` their c; ``most`` spikes
    fit a step.
    """

    neuron: SlayerNeuron
    gain: float
    kick: float
    decays: torch.Tensor
    most: int

    @classmethod
    def of(cls, neuron: SlayerNeuron, dt_ms: float, like: torch.Tensor) -> Filters:
        """Those of ``neuron``, with tensors of the kind of ``like``."""
        p = neuron.srm
        decays = [math.exp(-dt_ms / tau) for tau in (p.tau_s_ms, p.tau_ref_ms)]
        return cls(
            neuron,
            math.e * dt_ms / p.tau_s_ms,
            -p.refractory_scale * p.threshold * math.e * dt_ms / p.tau_ref_ms,
            like.new_tensor(decays),
            max(1, round(dt_ms)),
        )


class FilterState(NamedTuple):
    """p and q of eps and nu, see above, both (2, B, ...)."""

    slope: torch.Tensor
    potential: torch.Tensor

    @classmethod
    def at_rest(cls, like: torch.Tensor) -> FilterState:
        """The state before any charge (B, ...) shaped as ``like``."""
        zero = like.new_zeros((2, *like.shape))
        return cls(zero, zero)


def fire(u: torch.Tensor, threshold: float, most: int, out: torch.Tensor) -> torch.Tensor:
    """Spikes 0..most of potentials ``u``, written to ``out``."""
    if most == 1:
        return torch.ge(u, threshold, out=out)
    return torch.div(u, threshold, out=out).floor_().clamp_(0, most)


def escape_rate(u: torch.Tensor, filters: Filters) -> torch.Tensor:
    """rho(u), same shape as ``u``."""
    neuron, theta = filters.neuron, filters.neuron.srm.threshold
    width = neuron.tau_rho * theta
    middle, reach = theta * (1 + filters.most) / 2, theta * (filters.most - 1) / 2
    outside = (u - middle).abs_()
    if reach:
        outside.sub_(reach).clamp_min_(0.0)
    return outside.div_(-width).exp_().mul_(neuron.scale_rho / width)


@contextmanager
def _flushed_denormals() -> Iterator[None]:
    """Take for 0 what is under 1e-38: silent filters get there, and some processors crawl there."""
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


def srm_run(
    charge: torch.Tensor, state: FilterState, filters: Filters
) -> tuple[torch.Tensor, torch.Tensor, FilterState]:
    """Charges (T, B, ...) and the state before -> spikes and potentials (T, B, ...), state after.

    Every operation is one of a single step, so results do not depend on how steps are grouped.
    """
    threshold, most = filters.neuron.srm.threshold, filters.most
    decays = filters.decays.view(2, *(1,) * charge[0].dim())
    u = charge * filters.gain
    spikes = torch.empty_like(u)
    slope, potential = state.slope.clone(), state.potential.clone()
    (slope_eps, slope_nu), (eps, nu) = slope.unbind(), potential.unbind()
    with _flushed_denormals():
        for u_t, s_t in zip(u.unbind(), spikes.unbind(), strict=True):
            potential += slope
            potential *= decays
            slope *= decays
            slope_eps += u_t
            torch.add(eps, nu, out=u_t)
            fire(u_t, threshold, most, s_t)
            slope_nu.add_(s_t, alpha=filters.kick)
    return spikes, u, FilterState(slope, potential)


def correlate_(delta: torch.Tensor, filters: Filters) -> torch.Tensor:
    """Errors (T, B, ...) -> their correlation with eps at the same T moments, in place."""
    decay = float(filters.decays[0])
    slope, error = torch.zeros_like(delta[0]), torch.zeros_like(delta[0])
    with _flushed_denormals():
        for delta_t in reversed(delta.unbind()):
            error += slope
            error *= decay
            slope *= decay
            slope += delta_t
            delta_t.copy_(error)
    return delta.mul_(filters.gain)


class SlayerScan(torch.autograd.Function):
    """``apply(charge, state, filters)``: spikes (T, B, ...) of ``srm_run`` and the state after.

    Only the charge gets a gradient.
    """

    @staticmethod
    def forward(
        ctx: Any, charge: torch.Tensor, slope: torch.Tensor, potential: torch.Tensor,
        filters: Filters,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:  # fmt: skip
        spikes, u, after = srm_run(charge, FilterState(slope, potential), filters)
        ctx.save_for_backward(u)
        ctx.filters = filters
        ctx.mark_non_differentiable(*after)
        return spikes, *after

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        delta = escape_rate(ctx.saved_tensors[0], ctx.filters).mul_(grads[0])
        return correlate_(delta, ctx.filters), None, None, None


def pick_steps(line: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
    """Line (L, B, C, ...) and steps (T, C) -> (T, B, C, ...) with each channel of its own step."""
    batch, channels = (torch.arange(n, device=line.device) for n in line.shape[1:3])
    return line[at[:, None], batch[:, None], channels]


class AxonalDelay(torch.autograd.Function):
    """``apply(x, waiting, delay_ms, steps, dt_ms)``: each channel of x (T, B, C, ...) delayed.

    ``waiting`` (D, B, C, ...) is what came before x, ``steps`` (C,) the delays in whole steps, all
    below D; ``delay_ms`` (C,) is there for its gradient.
    """

    @staticmethod
    def forward(
        ctx: Any, x: torch.Tensor, waiting: torch.Tensor, delay_ms: torch.Tensor,
        steps: torch.Tensor, dt_ms: float,
    ) -> torch.Tensor:  # fmt: skip
        line = torch.cat([waiting, x])
        now = torch.arange(len(x), device=x.device)[:, None]
        ctx.save_for_backward(line, steps, now)
        ctx.dt_ms = dt_ms
        return pick_steps(line, len(waiting) + now - steps)

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        line, steps, now = ctx.saved_tensors
        grad, reach = grads[0], len(line) - len(now)
        at = reach + now - steps
        change = pick_steps(line, at - 1).sub_(pick_steps(line, at)).mul_(grad)
        kept = [axis for axis in range(change.dim()) if axis != 2]
        after = torch.cat([grad, grad.new_zeros((reach, *grad.shape[1:]))])
        return pick_steps(after, now + steps), None, change.sum(kept) / ctx.dt_ms, None, None
