"""Eedn, event by event; ``models.networks.eedn`` is its reference.

The cascade's traces leak at every tick; the layers behind it only look at what has changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from models.compiling import compiled
from models.engine.delays import Ring, lose, spikes_before
from models.engine.held import Held
from models.engine.masks import Mask
from models.engine.record import Record, note_changes, note_input, note_state
from models.engine.synapses import Geometry, make_runs, reached
from models.engine.trinary import TrinaryLayer, decide, list_changes, pass_on

MOST_EVENTS = 255


class Cascade(NamedTuple):
    """Delayed, decaying copies of the events as neurons that fire or not, see
    ``models.networks.temporal_cascade``.

    ``delays``, ``decays`` and ``charges`` (K,), ``levels`` (L,); ``traces`` and ``arrived``
    (K, 2 H W) by stage and input place. ``events`` holds where events of the last ticks were,
    ``amounts`` (L, 2 H W) how many, ``seen`` (2 H W,) is room to count them. ``on`` (K L 2 H W,)
    uint8 are the spikes; ``known_as``, ``mask`` and ``changed`` as in ``TrinaryLayer``.
    """

    delays: np.ndarray
    decays: np.ndarray
    charges: np.ndarray
    levels: np.ndarray
    most: np.float32
    traces: np.ndarray
    arrived: np.ndarray
    events: Ring
    amounts: np.ndarray
    seen: np.ndarray
    on: np.ndarray
    known_as: np.ndarray
    mask: Mask
    changed: np.ndarray


@compiled
def relay(cascade: Cascade, tick: int, events: np.ndarray) -> None:
    """Put the events of ``tick`` on their way."""
    ring, seen, count = cascade.events, cascade.seen, 0
    at = tick % ring.counts.shape[0]
    for place in events:
        if not seen[place]:
            ring.places[at, count] = place
            count += 1
        seen[place] += 1
    for i in range(count):
        place = ring.places[at, i]
        cascade.amounts[at, i] = min(seen[place], MOST_EVENTS)
        seen[place] = 0
    ring.counts[at] = count


@compiled
def hold_on(cascade: Cascade, tick: int) -> None:
    """Let the traces leak and take in what arrives at ``tick``."""
    most, length = cascade.most, cascade.events.counts.shape[0]
    for k in range(cascade.delays.shape[0]):
        traces, arrived = cascade.traces[k], cascade.arrived[k]
        for i, place in enumerate(spikes_before(cascade.events, tick, cascade.delays[k])):
            arrived[place] = cascade.amounts[(tick - cascade.delays[k]) % length, i]
        for i in range(traces.shape[0]):
            u = traces[i] * cascade.decays[k] + arrived[i] * cascade.charges[k]
            traces[i] = min(u, most)
            arrived[i] = np.float32(0.0)


@compiled
def compare(cascade: Cascade) -> np.ndarray:
    """The neurons that went on or off, as the first layer knows them."""
    flags, on = cascade.mask.flags, cascade.on
    cells = cascade.traces.shape[1]
    for k in range(cascade.delays.shape[0]):
        traces = cascade.traces[k]
        for level in range(cascade.levels.shape[0]):
            least = cascade.levels[level]
            begin = (k * cascade.levels.shape[0] + level) * cells
            here, was = flags[begin : begin + cells], on[begin : begin + cells]
            for i in range(cells):
                here[i] = np.uint8(traces[i] >= least) ^ was[i]
    return list_changes(cascade.mask, on, cascade.known_as, cascade.changed)


@compiled
def run_ticks(
    held: Held,
    first: int,
    starts: np.ndarray,
    places: np.ndarray,
    spikes: np.ndarray,
    operations: np.ndarray,
) -> None:
    """Ticks from number ``first`` on, whose events are places[starts[t] : starts[t + 1]]."""
    cascade, layers = held.network
    record = Record(spikes, operations, held.notes)
    for t in range(starts.shape[0] - 1):
        events = places[starts[t] : starts[t + 1]]
        note_input(record, t, events)
        relay(cascade, first + t, events)
        hold_on(cascade, first + t)
        changes = compare(cascade)
        note_changes(record, 0, changes)
        for i in range(len(layers)):
            pass_on(layers[i], changes)
            changes = decide(layers[i])
            note_changes(record, i + 1, changes)
        note_state(record, t)


class EednEngine:
    """Streams one Eedn network; its state goes on from call to call. See ``session.Engine``."""

    def __init__(
        self, sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray], tick_ms: float
    ) -> None:
        self._taus_ms = sizes["taus_ms"]
        self._tick_ms = tick_ms
        self.cascade = _cascade(sizes, tick_ms)
        made = list(_layers(sizes, weights))
        self.layers = tuple(layer for layer, _, _ in made)
        cells, stages = self.cascade.traces.shape[1], len(self.cascade.delays)
        levels = len(self.cascade.levels)
        self.shapes = [(cells // 2, 2 * stages * levels), *(shape for _, shape, _ in made)]
        nothing = np.zeros(math.prod(self.shapes[-1]), np.int64)
        first = np.full(cells, stages * levels, np.int64)
        self.reach = np.concatenate([first, *(reach for _, _, reach in made), nothing])
        self.network = self.cascade, self.layers
        self.run = run_ticks
        self.layer_names: tuple[str, ...] = (
            "cascade", *(f"conv{i + 1}" for i in range(len(sizes["layers"]))), "output"
        )  # fmt: skip
        self.reset()

    def reset(self) -> None:
        """Forget everything seen so far; what fires in silence has yet to be found out."""
        self.cascade.traces[:] = 0.0
        self.cascade.events.counts[:] = 0
        self.cascade.on[:] = 0
        for layer in self.layers:
            layer.total[:] = layer.on[:] = 0

    def skip(self, lost_ms: float, lost_ticks: int, tick: int) -> None:
        """Relay and leak through ``lost_ms`` without events, from the number ``tick`` on."""
        silent = min(lost_ticks, len(self.cascade.events.counts) - 1)
        nothing = np.zeros(0, np.int32)
        for t in range(tick, tick + silent):
            relay(self.cascade, t, nothing)
            hold_on(self.cascade, t)
        rest_ms = max(0.0, lost_ms - silent * self._tick_ms)
        factors = [math.exp(-rest_ms / tau) for tau in self._taus_ms]
        self.cascade.traces[:] *= np.array(factors, np.float32)[:, None]
        lose(self.cascade.events, tick, lost_ticks)


def _cascade(sizes: Mapping[str, Any], tick_ms: float) -> Cascade:
    taus_ms, side = sizes["taus_ms"], sizes["side"]
    delays = [round(d / tick_ms) for d in sizes["delays_ms"]]
    decays = [math.exp(-tick_ms / tau) for tau in taus_ms]
    charges = [(1 - a) * tau / tick_ms for a, tau in zip(decays, taus_ms, strict=True)]
    cells, stages = 2 * side * side, len(delays)
    neurons = cells * stages * len(sizes["levels"])
    events = Ring.of(cells, delays[-1])
    # From (stage, level, pixel, polarity) to (pixel, stage, level, polarity).
    known_as = np.arange(neurons, dtype=np.int32).reshape(side * side, -1, 2).swapaxes(0, 1)
    return Cascade(
        np.array(delays, np.int64),
        np.array(decays, np.float32),
        np.array(charges, np.float32),
        np.array(sizes["levels"], np.float32),
        np.float32(sizes["most"]),
        np.zeros((stages, cells), np.float32),
        np.zeros((stages, cells), np.float32),
        events,
        np.zeros(events.places.shape, np.float32),
        np.zeros(cells, np.int64),
        np.zeros(neurons, np.uint8),
        np.ascontiguousarray(known_as).reshape(-1),
        Mask.of(neurons),
        np.zeros(neurons, np.int32),
    )


Made = tuple[TrinaryLayer, tuple[int, int], np.ndarray]  # with its places, channels and reach


def _layers(sizes: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> Iterator[Made]:
    convolutions, side = sizes["layers"], sizes["side"]
    following = [groups for *_, groups in convolutions[1:]] + [sizes["output_groups"]]
    for i, (_, kernel, stride, groups) in enumerate(convolutions):
        geometry = Geometry(kernel, stride, (kernel - 1) // 2, side)
        mixed = groups if following[i] > 1 else 1
        yield _layer(weights, i, geometry, groups, mixed)
        side = geometry.outputs
    groups = sizes["output_groups"]
    kernel = weights[f"stack.{len(convolutions)}.weight"].shape[-1]
    yield _layer(weights, len(convolutions), Geometry(kernel, 1, 0, side), groups, groups)


def _layer(
    weights: Mapping[str, np.ndarray], index: int, geometry: Geometry, groups: int, mixed: int
) -> Made:
    weight, threshold = (weights[f"stack.{index}.{name}"] for name in ("weight", "threshold"))
    channels, width, kernel = len(weight), len(weight) // groups, geometry.kernel
    # (G, C' / G, C / G, K, K) -> each input channel's own rows.
    apart = weight.reshape(groups, width, -1, kernel, kernel)
    rows = apart.transpose(0, 2, 3, 4, 1).reshape(-1, kernel, kernel, width)
    ordered = np.ascontiguousarray(rows[:, :, geometry.column_order()], np.int16)
    pixels, inputs = geometry.outputs**2, len(rows)
    neurons = pixels * channels
    # Interleaved, one of each of the mixed groups in turn.
    order = np.arange(channels).reshape(-1, mixed).T.reshape(-1)
    known_as = channels * np.arange(pixels)[:, None] + order
    layer = TrinaryLayer(
        ordered.reshape(-1),
        inputs,
        (np.arange(inputs) // (inputs // groups) * width).astype(np.int32),
        make_runs(geometry, inputs, width, channels),
        np.tile(threshold.astype(np.int16), pixels),
        known_as.reshape(-1).astype(np.int32),
        np.zeros(neurons, np.int16),
        np.zeros(neurons, np.uint8),
        Mask.of(neurons),
        np.zeros(neurons, np.int32),
    )
    return layer, (pixels, channels), reached(rows[None], geometry)
