"""A graph at work on one stream, node by node: what a program runs that another one has trained."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np

from models.data.gestures import CLASSES
from models.description import MOST_CLASSES, MOST_LETTERS, printable, spec_of
from models.graph.contents import Graph
from models.graph.neurons import Remembering
from models.graph.plan import SPIKING, Plan, Stop, plan_of
from models.graph.shapes import REAL, Array, Step
from models.graph.steps import tick_us_of
from models.spec import LayerSpikes, ModelError, ModelSpec, TickEvents, TickOutput, check_input

SYSTEM = "nir"
WATCHED_LAYERS = 2


@dataclass(slots=True)
class _Said:
    """What was said in the ticks of one run."""

    output: list[Array] = field(default_factory=list)
    layers: dict[str, list[Array]] = field(default_factory=dict)
    operations: list[int] = field(default_factory=list)


class GraphSession:
    """Runs ticks through a graph and carries its state from call to call.

    Where the output hands on spikes, those are the classes'; of other values the class with the
    highest one fires, if it is above 0. Eleven classes are those of the data set, unless the
    graph's metadata names them. ``whole`` writes down the spikes of all layers and not only of the
    last two, and counts synaptic operations.

    Raises:
        ModelError: the graph cannot be run.
    """

    def __init__(self, graph: Graph, name: str, *, whole: bool = False) -> None:
        self._plan = plan_of(graph)
        self.spec = _spec(graph, self._plan, name)
        self._whole = whole
        firing = [stop.name for stop in self._plan.stops if stop.kind in SPIKING]
        self._watched = firing if whole else firing[-WATCHED_LAYERS:]
        shapes = {stop.name: stop.made.shape for stop in self._plan.stops}
        fed_back = {name for stop in self._plan.stops for name in stop.delayed}
        # What feedback brings where nothing was said before.
        self._silence = {name: np.zeros(shapes[name], REAL) for name in fed_back}
        self.reset()

    def reset(self) -> None:
        """Forget everything seen so far."""
        for stop in self._plan.stops:
            if isinstance(stop.made, Remembering):
                stop.made.memory.reset()
        self._before = self._silence

    def skip(self, duration_us: int) -> None:
        """Let the state decay over sensor time that was lost."""
        ticks = round(duration_us / self.spec.tick_us)
        for stop in self._plan.stops:
            if isinstance(stop.made, Remembering):
                stop.made.memory.rest(ticks)
        self._before = self._silence

    def run(self, ticks: TickEvents) -> TickOutput:
        """Consecutive ticks, at least one.

        Raises:
            ModelError: the input does not fit the model.
        """
        check_input(ticks, self.spec)
        said = _Said(layers={name: [] for name in self._watched})
        with np.errstate(all="ignore"):  # what grows beyond all numbers fires or does not
            for at in range(len(ticks)):
                self._tick(self._counted(ticks, at), said)
        output = np.stack(said.output)
        layers = [
            LayerSpikes(printable(name)[:MOST_LETTERS], np.stack(spikes).astype(np.uint8))
            for name, spikes in said.layers.items()
        ]
        if not self._plan.spikes or not layers:
            layers.append(LayerSpikes("output", output.astype(np.uint8)))
        operations = np.array(said.operations, np.int64) if self._whole else None
        return TickOutput(output, tuple(layers), operations)

    def _counted(self, ticks: TickEvents, at: int) -> Array:
        """The events of one tick in the shape that the graph takes."""
        places = ticks.places[ticks.starts[at] : ticks.starts[at + 1]]
        _, rows, columns = ticks.shape
        counts = np.bincount(places, minlength=2 * rows * columns).reshape(rows, columns, 2)
        by_polarity = np.moveaxis(counts, -1, 0)
        if int(np.prod(self._plan.takes)) == rows * columns:
            by_polarity = by_polarity.sum(0)
        return by_polarity.astype(REAL).reshape(self._plan.takes)

    def _tick(self, counts: Array, said: _Said) -> None:
        flowing: dict[str, Array] = {}
        operations = 0
        for stop in self._plan.stops:
            parts = [flowing[name] for name in stop.sources] or [counts]
            x = reduce(np.add, [*parts, *(self._before[name] for name in stop.delayed)])
            if self._whole and isinstance(stop.made, Step) and stop.made.reach is not None:
                operations += int(stop.made.reach[x != 0].sum())
            flowing[stop.name] = _say(stop, x)
        self._before = {name: flowing[name] for name in self._silence}
        for name, spikes in said.layers.items():
            spikes.append(flowing[name].reshape(-1))
        said.operations.append(operations)
        said.output.append(self._decided(flowing[self._plan.output].reshape(-1)))

    def _decided(self, values: Array) -> Array:
        """Spikes of the classes (C,)."""
        if self._plan.spikes:
            return values.astype(np.int32)
        best = values.argmax()
        return ((np.arange(len(values)) == best) & (values[best] > 0)).astype(np.int32)


def _say(stop: Stop, x: Array) -> Array:
    return stop.made.memory.say(x) if isinstance(stop.made, Remembering) else stop.made.say(x)


def _spec(graph: Graph, plan: Plan, name: str) -> ModelSpec:
    """The description of a graph, as far as there is one."""
    (last,) = (stop for stop in plan.stops if stop.name == plan.output)
    count = int(np.prod(last.made.shape))
    if count > MOST_CLASSES:
        raise ModelError(f"expected an output of at most {MOST_CLASSES} classes, got {count}")
    try:
        values: dict[str, Any] = {
            "name": graph.metadata.get("name", name[:MOST_LETTERS]),
            "system": SYSTEM,
            "classes": _classes(graph, count),
            "input_shape": plan.input_shape,
            "tick_us": tick_us_of(graph),
            "parameters": {},
            "training": {},
        }
        return spec_of(values)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ModelError(f"cannot run the graph: {printable(str(error))}") from error


def _classes(graph: Graph, count: int) -> Sequence[str]:
    """Names of so many classes: those in the metadata, as this program writes them, if any."""
    try:
        named = json.loads(str(graph.metadata["classes"]))
    except (KeyError, ValueError, RecursionError):
        named = None
    if isinstance(named, list) and len(named) == count:
        return [str(name) for name in named]
    return CLASSES if count == len(CLASSES) else [f"class {place}" for place in range(count)]
