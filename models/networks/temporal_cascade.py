"""The temporal filter cascade: delayed, decaying copies of the event stream as binary channels.

    events -> relay d_1 -> relay d_2 - d_1 -> ...          a chain of relays, one for each stage
                 |             |
              trace u_1     trace u_2                      leaky, one per pixel and polarity
                 |             |
             s_1l, ...      s_2l, ...                      one neuron per level: fires or not

    u_k[t] = min(a_k u_k[t-1] + m_k n[t - d_k], most)      a_k = exp(-dt / tau_k)
    s_kl[t] = 1 if u_k[t] >= level_l else 0                m_k = (1 - a_k) tau_k / dt

``n`` counts the events of a pixel and polarity in a step. A neuron fires at every step as long as
its trace is over its level, so one event becomes a pulse of tau_k log(m_k / level_l) and many
become a longer one, up to tau_k log(most / level_l).

Amir et al. (CVPR 2017) feed their network through such a cascade, but their numbers of stages and
channels, delays and decays were not available to us; all of these, the levels and the bound
``most`` are ours. The bound is there because a near person sends ten times the events of a far one
and should not be remembered for longer.

Length of the step: the factor m_k is the mean of what is left at the end of a step of an event
somewhere in it, so traces at the ends of 10 ms steps are on average what they are at the same
moments in ticks of 1 ms. What changes is that times inside a step are lost and that delays are
whole steps, rounded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch

from models.neurons.sequence import require_positive

POLARITIES = 2
MOST_EVENTS = 255


class CascadeState(NamedTuple):
    """Events in the relays (D, B, 2, H, W) uint8, oldest first, and traces (B, K, 2, H, W)."""

    underway: torch.Tensor
    traces: torch.Tensor


class CascadeSteps(NamedTuple):
    """What stays the same from step to step: delays in steps, factors a and m (K, 1, 1, 1)."""

    delays: tuple[int, ...]
    decays: torch.Tensor
    charges: torch.Tensor
    levels: torch.Tensor


@dataclass(frozen=True, slots=True)
class TemporalCascade:
    """Delay behind the sensor and time constant of each stage in ms, levels in events.

    Raises:
        ValueError: the delays do not ascend, or something is not positive or does not match.
    """

    delays_ms: tuple[int, ...]
    taus_ms: tuple[float, ...]
    levels: tuple[float, ...]
    most: float

    def __post_init__(self) -> None:
        if len(self.delays_ms) != len(self.taus_ms) or not self.delays_ms or not self.levels:
            raise ValueError(
                "expected a delay and a time constant for each stage and at least one level, got "
                f"{self.delays_ms}, {self.taus_ms} and {self.levels}"
            )
        if self.delays_ms[0] < 0 or list(self.delays_ms) != sorted(set(self.delays_ms)):
            raise ValueError(f"expected ascending delays from 0 ms on, got {self.delays_ms}")
        for tau_ms in self.taus_ms:
            require_positive(tau_ms=tau_ms)
        for level in self.levels:
            require_positive(level=level)
        if self.most <= max(self.levels):
            raise ValueError(f"expected a bound above the levels {self.levels}, got {self.most}")

    @property
    def channels(self) -> int:
        """Binary channels: stages x levels x polarities, in this order."""
        return len(self.delays_ms) * len(self.levels) * POLARITIES

    def steps(self, dt_ms: float, device: torch.device | None = None) -> CascadeSteps:
        """The constants of steps of ``dt_ms``."""
        decays = [math.exp(-dt_ms / tau) for tau in self.taus_ms]
        charges = [(1 - a) * tau / dt_ms for a, tau in zip(decays, self.taus_ms, strict=True)]
        return CascadeSteps(
            tuple(round(d / dt_ms) for d in self.delays_ms),
            torch.tensor(decays, device=device).view(-1, 1, 1, 1),
            torch.tensor(charges, device=device).view(-1, 1, 1, 1),
            torch.tensor(self.levels, device=device).view(-1, 1, 1, 1),
        )

    def run(
        self,
        counts: torch.Tensor,
        state: CascadeState | None,
        steps: CascadeSteps,
        every: int = 1,
    ) -> tuple[torch.Tensor, CascadeState]:
        """Counts (T, B, 2, H, W) -> spikes 0 or 1 (T, B, C, H, W) as floats, state after.

        With ``every`` n it gives the spikes of the last of each n steps only: (T // n, ...).
        """
        traces, state = self._hold(counts, state, steps)
        spikes = traces[every - 1 :: every].unsqueeze(3) >= steps.levels
        return spikes.flatten(2, 4).to(counts.dtype), state

    def decay(self, state: CascadeState, lost_ms: float, tick_ms: float) -> CascadeState:
        """The state after ``lost_ms`` without events, which is that of as many empty ticks."""
        steps = self.steps(tick_ms, state.traces.device)
        empty = min(round(lost_ms / tick_ms), len(state.underway))
        silence = state.underway.new_zeros((empty, *state.underway.shape[1:]))
        _, (underway, traces) = self._hold(silence, state, steps)
        # The relays are empty by now, or no whole tick is left.
        rest_ms = max(0.0, lost_ms - empty * tick_ms)
        factors = traces.new_tensor([math.exp(-rest_ms / tau) for tau in self.taus_ms])
        return CascadeState(underway, traces * factors.view(-1, 1, 1, 1))

    def _hold(
        self, counts: torch.Tensor, state: CascadeState | None, steps: CascadeSteps
    ) -> tuple[torch.Tensor, CascadeState]:
        """Counts (T, B, 2, H, W) -> traces after each step (T, B, K, 2, H, W), state after."""
        events = counts.clamp(max=MOST_EVENTS).to(torch.uint8)
        longest = steps.delays[-1]
        if state is None:
            underway = events.new_zeros((longest, *events.shape[1:]))
        else:
            underway = state.underway
        line = torch.cat([underway, events])
        starts = [longest - delay for delay in steps.delays]
        arrived = torch.stack([line[at : at + len(events)] for at in starts], 2)
        traces = arrived * steps.charges
        before = torch.zeros_like(traces[0]) if state is None else state.traces
        for trace in traces:
            # Three operations, not a fused one: results must not depend on how ticks are grouped.
            trace += before * steps.decays
            before = trace.clamp_(max=self.most)
        return traces, CascadeState(line[len(events) :], before)
