"""A neuron's step function carried over a sequence, and the checks at the neurons' door."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar

import torch

State = TypeVar("State")
Parameters = TypeVar("Parameters")


def require_positive(**values: float) -> None:
    """
    Raises:
        ValueError: one of the named values is not a positive, finite number.
    """
    for name, value in values.items():
        if not (value > 0 and math.isfinite(value)):
            raise ValueError(f"expected {name} to be positive and finite, got {value}")


def require_finite(**values: float) -> None:
    """
    Raises:
        ValueError: one of the named values is infinite or not a number.
    """
    for name, value in values.items():
        if not math.isfinite(value):
            raise ValueError(f"expected {name} to be finite, got {value}")


def run_sequence(
    step: Callable[[torch.Tensor, State, Parameters, float], tuple[torch.Tensor, State]],
    rest: Callable[[torch.Tensor, Parameters], State],
    inputs: torch.Tensor,
    state: State | None,
    parameters: Parameters,
    dt_ms: float,
) -> tuple[torch.Tensor, State]:
    """Inputs (T, B, ...) -> spikes (T, B, ...) and the state after; no state means ``rest``.

    Raises:
        ValueError: the inputs are not floating point of at least two axes, or ``dt_ms`` is not
            positive.
    """
    require_positive(dt_ms=dt_ms)
    if inputs.dim() < 2 or not inputs.is_floating_point():
        raise ValueError(
            f"expected floating point inputs (T, B, ...), got {inputs.dtype} {tuple(inputs.shape)}"
        )
    if state is None:
        state = rest(inputs.new_empty(inputs.shape[1:]), parameters)
    spikes = []
    for now in inputs:
        fired, state = step(now, state, parameters, dt_ms)
        spikes.append(fired)
    return (torch.stack(spikes) if spikes else torch.empty_like(inputs)), state
