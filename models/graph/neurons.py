"""Nodes of a graph that remember: neurons, integrators and delays.

NIR's equations are for continuous time. A tick is one step of forward Euler, as in most libraries
that write NIR, over the part h / tau of a time constant (never more than all of it):

    LI      v += h / tau (v_leak - v + r x)
    CubaLI  i += h / tau_syn (-i + w_in x), then the same with tau_mem and i for x
    I       v += h r x, or x if r is 1

LIF, CubaLIF and IF are these with a threshold: v above it is a spike, and v becomes v_reset; or
loses the threshold, and fires already at it, where the node's metadata says so. What arrives is a
1 for a spike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from models.graph.contents import Node
from models.graph.shapes import FIRES, REAL, Array, Shape, Step, values_of

SUBTRACTS = "subtract the threshold"
MOST_UNDERWAY = 64_000_000


class Memory(Protocol):
    """What a node remembers from tick to tick."""

    def say(self, x: Array) -> Array:
        """Take in a tick; what comes out in it."""
        ...

    def reset(self) -> None:
        """Go back to the state before the first tick."""
        ...

    def rest(self, ticks: int) -> None:
        """Ticks in which nothing arrived."""
        ...


@dataclass(frozen=True, slots=True)
class Remembering:
    """A node with a memory, and the shape of what comes out."""

    memory: Memory
    shape: Shape


class Leaky:
    """A membrane that leaks, or does not without a time constant, after a current that may leak."""

    def __init__(self, node: Node, shape: Shape, step: float) -> None:
        mem = "tau_mem" if "tau_mem" in node.values else "tau"
        self._leaks = mem in node.values
        self._r = _optional(node, "r", shape, 1.0)
        # What does not leak and names no resistance adds up what arrives, whatever a tick is.
        adds = 1.0 if (self._r == 1).all() else step
        self._part = _part(node, mem, shape, step) if self._leaks else np.full(shape, adds)
        self._v_leak = _optional(node, "v_leak", shape, 0.0)
        self._synapse = _part(node, "tau_syn", shape, step) if "tau_syn" in node.values else None
        self._w_in = _optional(node, "w_in", shape, 1.0)
        self._shape = shape
        self.reset()

    def reset(self) -> None:
        """No charge, no current."""
        self._v, self._i = np.zeros(self._shape, REAL), np.zeros(self._shape, REAL)

    def say(self, x: Array) -> Array:
        """The membrane after a tick."""
        if self._synapse is not None:
            self._i = self._i + self._synapse * (self._w_in * x - self._i)
            x = self._i
        pull = self._v_leak - self._v if self._leaks else 0.0
        self._v = self._v + self._part * (pull + self._r * x)
        return self._v

    def rest(self, ticks: int) -> None:
        """Leak, and take in what is left of the current."""
        if not self._leaks:
            return
        keep, charge = 1 - self._part, 0.0
        if self._synapse is not None:
            held = 1 - self._synapse
            apart = np.where(keep == held, 1.0, keep - held)
            sums = held * (keep**ticks - held**ticks) / apart
            sums = np.where(keep == held, ticks * keep**ticks, sums)
            charge = self._part * self._r * self._i * sums
            self._i = self._i * held**ticks
        self._v = self._v_leak + (self._v - self._v_leak) * keep**ticks + charge


class Firing(Leaky):
    """The same with a threshold."""

    def __init__(self, node: Node, shape: Shape, step: float) -> None:
        super().__init__(node, shape, step)
        self._threshold = values_of(node, "v_threshold", shape)
        self._v_reset = _optional(node, "v_reset", shape, 0.0)
        self._at = str(node.metadata.get("fires")) == FIRES
        self._subtracts = str(node.metadata.get("reset")) == SUBTRACTS

    def say(self, x: Array) -> Array:
        """The spikes of a tick."""
        v = super().say(x)
        fires = v >= self._threshold if self._at else v > self._threshold
        after = v - self._threshold if self._subtracts else self._v_reset
        self._v = np.where(fires, after, v)
        return fires.astype(REAL)


class Line:
    """Delays, one for each value, in whole ticks."""

    def __init__(self, node: Node, shape: Shape, step: float) -> None:
        ticks = np.rint(values_of(node, "delay", shape) / step)
        if not (np.isfinite(ticks).all() and ticks.min() >= 0):
            raise ValueError("its delays are less than nothing")
        if (ticks.max() + 1) * ticks.size > MOST_UNDERWAY:
            raise ValueError(f"its delays of up to {ticks.max():.0f} ticks are too long to keep")
        self._ticks = ticks.astype(np.int64)
        self._places = tuple(np.indices(shape))
        self._underway = np.zeros((int(ticks.max()) + 1, *shape), REAL)
        self._now = 0

    def reset(self) -> None:
        """Nothing is underway."""
        self._underway[:] = 0

    def say(self, x: Array) -> Array:
        """What was said so many ticks ago."""
        length = len(self._underway)
        self._now = (self._now + 1) % length
        self._underway[self._now] = x
        return np.asarray(self._underway[((self._now - self._ticks) % length, *self._places)])

    def rest(self, ticks: int) -> None:
        """What comes out meanwhile is lost."""
        length = len(self._underway)
        for _ in range(min(ticks, length)):
            self._now = (self._now + 1) % length
            self._underway[self._now] = 0


def _optional(node: Node, name: str, shape: Shape, otherwise: float) -> Array:
    return values_of(node, name, shape) if name in node.values else np.full(shape, otherwise)


def _part(node: Node, name: str, shape: Shape, step: float) -> Array:
    """How much of the way to its goal a value goes in a tick."""
    tau = values_of(node, name, shape)
    if not (np.isfinite(tau).all() and (tau > 0).all()):
        raise ValueError(f"its {name} must be above 0")
    return np.minimum(1.0, step / tau)


def leaky(node: Node, shape: Shape, step: float) -> Remembering:
    """A membrane whose potential comes out."""
    return Remembering(Leaky(node, shape, step), shape)


def firing(node: Node, shape: Shape, step: float) -> Remembering:
    """Neurons whose spikes come out."""
    return Remembering(Firing(node, shape, step), shape)


def line(node: Node, shape: Shape, step: float) -> Remembering:
    """Delays."""
    return Remembering(Line(node, shape, step), shape)


Made = Step | Remembering
