"""The loss of a stream: at every step the right class's output neurons should fire, the others not.

    r_c[t] = k r_c[t-1] + (1 - k) n_c[t] / dt        k = exp(-dt / tau)
    loss[t] = cross entropy of (gain r_1 .. gain r_C, gain r_0) against the label

``n_c`` counts the spikes of class c's population in the step, ``r_c`` is their rate in spikes per
millisecond over about the length of the vote window. "No gesture" is a class of its own with the
constant rate r_0: it wins when nobody fires faster than that. While the arms are on the way to a
gesture, its label holds from ``lead_ms`` before its start on. This loss is ours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch.nn import functional

from models.data.gestures import NO_GESTURE, ON_THE_WAY


@dataclass(frozen=True, slots=True)
class RateLossParameters:
    tau_ms: float = 40.0
    gain: float = 8.0
    quiet_rate: float = 0.3
    burn_in_ms: float = 300.0
    change_ms: float = 60.0
    change_weight: float = 0.3
    lead_ms: float = 0.0


def filtered_rates(class_spikes: torch.Tensor, dt_ms: float, tau_ms: float) -> torch.Tensor:
    """Class spikes (T, B, C) per step -> rates (T, B, C) in spikes per ms."""
    keep = math.exp(-dt_ms / tau_ms)
    rate = torch.zeros_like(class_spikes[0])
    rates = []
    for step in class_spikes:
        rate = keep * rate + ((1 - keep) / dt_ms) * step
        rates.append(rate)
    return torch.stack(rates)


def step_weights(labels: torch.Tensor, dt_ms: float, p: RateLossParameters) -> torch.Tensor:
    """Labels (T, B) -> weights (T, B): none in burn-in or on the way, little after a change."""
    weights = torch.ones(labels.shape, device=labels.device)
    reach = max(1, round(p.change_ms / dt_ms))
    changed = torch.zeros_like(weights)
    changed[1:] = (labels[1:] != labels[:-1]).float()
    recent = functional.max_pool1d(
        functional.pad(changed.T[:, None], (reach - 1, 0)), reach, stride=1
    )[:, 0].T
    weights[recent > 0] = p.change_weight
    weights[labels == ON_THE_WAY] = 0.0
    weights[: round(p.burn_in_ms / dt_ms)] = 0.0
    return weights


def with_lead(labels: torch.Tensor, dt_ms: float, p: RateLossParameters) -> torch.Tensor:
    """Labels (T, B) -> labels (T, B) in which gestures begin earlier, where arms are on the way."""
    for _ in range(round(p.lead_ms / dt_ms)):
        following = torch.cat([labels[1:], labels[-1:]])
        labels = torch.where((labels == ON_THE_WAY) & (following >= 0), following, labels)
    return labels


def rate_logits(class_spikes: torch.Tensor, dt_ms: float, p: RateLossParameters) -> torch.Tensor:
    """Class spikes (T, B, C) -> logits (T, B, C + 1), no gesture last."""
    rates = filtered_rates(class_spikes, dt_ms, p.tau_ms)
    quiet = torch.full_like(rates[..., :1], p.quiet_rate)
    return p.gain * torch.cat([rates, quiet], -1)


def rate_loss(
    class_spikes: torch.Tensor, labels: torch.Tensor, dt_ms: float, p: RateLossParameters
) -> tuple[torch.Tensor, torch.Tensor]:
    """Class spikes (T, B, C), labels (T, B) -> loss, logits (T, B, C + 1).

    A label is a class, ``NO_GESTURE``, or ``ON_THE_WAY``, which is not judged.
    """
    labels = with_lead(labels, dt_ms, p)
    logits = rate_logits(class_spikes, dt_ms, p)
    classes = class_spikes.shape[-1]
    target = torch.where(labels < 0, classes, labels)
    each = functional.cross_entropy(logits.flatten(0, 1), target.flatten(), reduction="none")
    weights = step_weights(labels, dt_ms, p).flatten()
    return (each * weights).sum() / weights.sum().clamp_min(1.0), logits


def imitation_loss(
    logits: torch.Tensor, taught: torch.Tensor, dt_ms: float, p: RateLossParameters
) -> torch.Tensor:
    """Cross entropy of logits (T, B, C + 1) against a teacher's, after the burn-in.

    Unlike a label, a teacher also knows when nothing can be told yet (Hinton et al., Distilling
    the knowledge in a neural network, 2015).
    """
    first = round(p.burn_in_ms / dt_ms)
    shares = taught[first:].softmax(-1)
    return -(shares * logits[first:].log_softmax(-1)).sum(-1).mean()


@torch.no_grad()
def share_right(
    logits: torch.Tensor, labels: torch.Tensor, dt_ms: float, p: RateLossParameters
) -> float:
    """Logits (T, B, C + 1), labels (T, B) -> the share of judged steps with the right answer."""
    judged = step_weights(labels, dt_ms, p) > 0
    target = torch.where(labels < 0, logits.shape[-1] - 1, labels)
    hits = (logits.argmax(-1) == target) & judged
    return float(hits.sum() / judged.sum().clamp_min(1))


def fastest_class(rates: torch.Tensor, p: RateLossParameters) -> torch.Tensor:
    """Rates (T, B, C) -> the fastest class, ``NO_GESTURE`` if it is below the quiet rate."""
    best, answer = rates.max(-1)
    return torch.where(best >= p.quiet_rate, answer, NO_GESTURE)
