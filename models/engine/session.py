"""A spiking network at work on one stream, event by event: what holds its state between ticks."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np

from models.engine.conv_lif import ConvLifEngine
from models.engine.decolle import DecolleEngine
from models.engine.eedn import EednEngine
from models.engine.record import Record
from models.engine.slayer import SlayerEngine
from models.spec import LayerSpikes, ModelError, ModelSpec, TickEvents, TickOutput, check_input

Weights = Mapping[str, np.ndarray]
WATCHED_LAYERS = 2


class Engine(Protocol):
    """Streams one network of a system; a subclass for each.

    Ticks have numbers that go up one by one. Events come as places (row, column, polarity) on the
    input, flattened, one for each event; neurons lie channels last in each layer.

    It is made of the network's parameters by name, as a ``ModelSpec`` has them, of its tensors by
    name, as a model file has them, and of the length of a tick in ms.
    """

    layer_names: tuple[str, ...]

    @property
    def shapes(self) -> list[tuple[int, ...]]:
        """Places and channels of each layer."""
        ...

    def reach(self, side: int) -> np.ndarray:
        """The nonzero synapses that each input place and then each neuron reaches, (N,) int64."""
        ...

    def reset(self) -> None: ...

    def skip(self, lost_ms: float, lost_ticks: int, tick: int) -> None: ...

    def run(self, first: int, starts: np.ndarray, places: np.ndarray, record: Record) -> None: ...


ENGINES: dict[str, Callable[[Mapping[str, Any], Weights, float], Engine]] = {
    "conv_lif": ConvLifEngine,
    "eedn": EednEngine,
    "slayer": SlayerEngine,
    "decolle": DecolleEngine,
}


class EngineSession:
    """Runs ticks through a network and carries its state from call to call.

    Chunks of ticks give exactly what single ticks give, and both exactly the spikes of the
    reference network (``models.networks``) of the same weights. Only the last two layers' spikes
    are written down, which is what a live view shows, unless ``every_layer`` is wanted.

    Raises:
        ModelError: the weights do not fit the spec, or the system does not spike.
    """

    def __init__(self, spec: ModelSpec, weights: Weights, *, every_layer: bool = False) -> None:
        if spec.system not in ENGINES:
            raise ModelError(f"expected a system out of {', '.join(ENGINES)}, got {spec.system!r}")
        self.spec = spec
        try:
            self._engine = ENGINES[spec.system](spec.parameters, weights, spec.tick_us / 1000)
            self._reach = self._engine.reach(spec.input_shape[1])
        except (KeyError, ValueError, IndexError, TypeError) as error:
            raise ModelError(f"the model's weights do not fit its system: {error}") from error
        self._sizes = [math.prod(shape) for shape in self._engine.shapes]
        self._begins = np.cumsum([0, *self._sizes[:-1]])
        self._watched = slice(None) if every_layer else slice(-WATCHED_LAYERS, None)
        self._on = np.zeros(sum(self._sizes), np.uint8)
        self._steady = np.zeros(1, np.int64)
        self._tick = 0

    def reset(self) -> None:
        """Forget everything seen so far."""
        self._engine.reset()
        self._on[:] = 0
        self._steady[:] = 0
        self._tick = 0

    def skip(self, duration_us: int) -> None:
        """Let the state decay over sensor time that was lost."""
        if self._tick:
            lost = round(duration_us / self.spec.tick_us)
            self._engine.skip(duration_us / 1000, lost, self._tick)
            self._tick += lost

    def run(self, ticks: TickEvents) -> TickOutput:
        """Consecutive ticks, at least one.

        Raises:
            ModelError: the input does not fit the model.
        """
        check_input(ticks, self.spec)
        record = Record(
            np.zeros((len(ticks), sum(self._sizes[self._watched])), np.uint8),
            np.zeros(len(ticks), np.int64),
            self._begins,
            self._reach,
            self._on,
            self._steady,
        )
        self._engine.run(self._tick, ticks.starts, ticks.places, record)
        self._tick += len(ticks)
        layers = self._layers(record.spikes)
        classes = layers[-1].spikes.reshape(len(ticks), len(self.spec.classes), -1)
        return TickOutput(classes.sum(2, dtype=np.int32), layers, record.operations)

    def _layers(self, spikes: np.ndarray) -> tuple[LayerSpikes, ...]:
        """Each layer's spikes (T, N), in the order of the reference: channels first."""
        names, sizes = self._engine.layer_names[self._watched], self._sizes[self._watched]
        parts = np.split(spikes, np.cumsum(sizes[:-1]), axis=1)
        named = zip(names, parts, self._engine.shapes[self._watched], strict=True)
        return tuple(
            LayerSpikes(name, part.reshape(len(part), *shape).swapaxes(1, 2).reshape(part.shape))
            for name, part, shape in named
        )
