"""How long a tick is in a graph's own unit of time, which NIR leaves to whoever writes it."""

from __future__ import annotations

import numpy as np

from models.graph.contents import Graph

TICK_US = 1000
TIMES = ("tau", "tau_mem", "tau_syn", "delay")
DT = ("dt", "time_step")
SECONDS_BELOW = 1.0  # a time constant of so many seconds remembers longer than any gesture
USUAL_S, FINE_S = 1e-3, 1e-4
CLOCKS_S = (1e-3, 1e-4, 1e-5)


def step_of(graph: Graph) -> float:
    """The time of a tick, in the unit that the graph's times have.

    A tick is a step of the clock that the network was made for. The metadata may name it, as "dt"
    or, in ms, as "tick_ms". SpikingJelly and snnTorch write R = tau / dt, and r = 1 / dt for
    neurons that do not leak, so that a spike raises a potential by its weight; a dt out of
    ``CLOCKS_S`` is known by that. Otherwise times of 1 and more are counted in ticks, as Sinabs
    does, and shorter ones are seconds: a tick is a millisecond, or the tenth of one that most
    libraries use where time constants are shorter than a millisecond.
    """
    for key in DT:
        if key in graph.metadata and float(graph.metadata[key]) > 0:
            return float(graph.metadata[key])
    if "tick_ms" in graph.metadata and float(graph.metadata["tick_ms"]) > 0:
        return float(graph.metadata["tick_ms"])
    written = _written(graph)
    if written is not None:
        return written
    times = _times(graph)
    if not len(times) or times.max() >= SECONDS_BELOW:
        return 1.0
    return USUAL_S if times.min() >= USUAL_S else FINE_S


def tick_us_of(graph: Graph) -> int:
    """The length of a tick in sensor time: what "tick_ms" says, else a millisecond."""
    return round(float(graph.metadata.get("tick_ms", 1.0)) * 1000)


def _written(graph: Graph) -> float | None:
    """The step that resistances tell of, if all of them tell the same one."""
    found = []
    for node in graph.nodes.values():
        tau = {"LIF": "tau", "CubaLIF": "tau_mem"}.get(node.kind)
        if node.kind == "IF" or (tau and tau in node.values):
            with np.errstate(all="ignore"):  # a resistance of 0 tells nothing
                found.append(np.ravel((node[tau] if tau else 1) / node["r"]))
    steps = np.concatenate([*found, np.empty(0)])
    clocks = (clock for clock in CLOCKS_S if len(steps) and np.allclose(steps, clock, 1e-3, 0))
    return next(clocks, None)


def _times(graph: Graph) -> np.ndarray:
    each = [
        np.ravel(node[name])
        for node in graph.nodes.values()
        for name in TIMES
        if name in node.values
    ]
    times = np.concatenate([*each, np.empty(0)])
    return times[times > 0]
