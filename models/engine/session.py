"""A spiking network at work on one stream, event by event: what holds its state between ticks."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from models.engine import probes
from models.engine.conv_lif import ConvLifEngine
from models.engine.decolle import DecolleEngine
from models.engine.eedn import EednEngine
from models.engine.held import Held, hold
from models.engine.probes import Probe, noted
from models.engine.record import Notes
from models.engine.slayer import SlayerEngine
from models.model_file import Weights
from models.probe import Neuron, NeuronTrace
from models.spec import LayerSpikes, ModelError, ModelSpec, TickEvents, TickOutput, check_input

WATCHED_LAYERS = 2


class Engine(Protocol):
    """Streams one network of a system; a subclass for each.

    Ticks have numbers that go up one by one. Events come as places (row, column, polarity) on the
    input, flattened, one for each event; neurons lie channels last in each layer.

    It is made of the network's parameters by name, as a ``ModelSpec`` has them, of its tensors by
    name, as a model file has them, and of the length of a tick in ms.
    """

    @property
    def layer_names(self) -> tuple[str, ...]: ...

    @property
    def shapes(self) -> Sequence[tuple[int, int]]:
        """Places and channels of each layer."""
        ...

    @property
    def reach(self) -> np.ndarray:
        """The nonzero synapses that each input place and then each neuron reaches, (N,) int64."""
        ...

    @property
    def network(self) -> tuple[Any, ...]:
        """What ``run`` works with, handed over once."""
        ...

    @property
    def run(self) -> Callable[[Held, int, np.ndarray, np.ndarray, np.ndarray, np.ndarray], None]:
        """run(held, first, starts, places, spikes, operations): see ``conv_lif.run_ticks``."""
        ...

    def reset(self) -> None: ...

    def skip(self, lost_ms: float, lost_ticks: int, tick: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """What streams a system's networks, and what reads a neuron of one: by the engine, the number
    of a layer and a place in it, channels last."""

    engine: Callable[[Mapping[str, Any], Weights, float], Engine]
    probe: Callable[[Any, int, int], Probe]


ENGINES = {
    "conv_lif": Kind(ConvLifEngine, probes.conv_lif),
    "eedn": Kind(EednEngine, probes.eedn),
    "slayer": Kind(SlayerEngine, probes.slayer),
    "decolle": Kind(DecolleEngine, probes.decolle),
}


class EngineSession:
    """Runs ticks through a network and carries its state from call to call.

    Chunks of ticks give exactly what single ticks give, and both exactly the spikes of the
    reference network (``models.networks``) of the same weights. Only the last two layers' spikes
    are written down, which is what a live view shows; ``whole`` writes those of all layers, and
    counts synaptic operations.

    Raises:
        ModelError: the weights do not fit the spec, or the system does not spike.
    """

    def __init__(self, spec: ModelSpec, weights: Weights, *, whole: bool = False) -> None:
        if spec.system not in ENGINES:
            raise ModelError(f"expected a system out of {', '.join(ENGINES)}, got {spec.system!r}")
        self.spec = spec
        self._kind = ENGINES[spec.system]
        try:
            self._engine = self._kind.engine(spec.parameters, weights, spec.tick_us / 1000)
        except (KeyError, ValueError, IndexError, TypeError) as error:
            raise ModelError(f"the model's weights do not fit its system: {error}") from error
        sizes = [math.prod(shape) for shape in self._engine.shapes]
        begins = np.cumsum([0, *sizes[:-1]])
        self._on, self._steady = np.zeros(sum(sizes), np.uint8), np.zeros(1, np.int64)
        notes = Notes(begins, self._engine.reach, self._on, self._steady)
        self._held = hold(self._engine.network, notes)
        watched = 0 if whole else -WATCHED_LAYERS
        self._width = sum(sizes[watched:])
        self._watched = list(
            zip(
                self._engine.layer_names[watched:],
                begins[watched:] - (sum(sizes) - self._width),
                self._engine.shapes[watched:],
                strict=True,
            )
        )
        self._whole = whole
        self._tick = 0
        self._probe: Probe | None = None
        self.trace: NeuronTrace | None = None

    def watch(self, neuron: Neuron | None) -> None:
        """Note this neuron from the next tick on, or none; one that is not there is not noted."""
        self._probe = self.trace = None
        names = self._engine.layer_names
        if neuron is None or neuron.layer not in names:
            return
        layer = names.index(neuron.layer)
        places, channels = self._engine.shapes[layer]
        if 0 <= neuron.index < places * channels:
            channel, place = divmod(neuron.index, places)  # in the order of the reference
            at = place * channels + channel
            self._probe = self._kind.probe(self._engine, layer, at)

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
        spikes = np.zeros((len(ticks), self._width), np.uint8)
        operations = np.zeros(len(ticks) if self._whole else 0, np.int64)
        if self._probe is None:
            self._engine.run(self._held, self._tick, ticks.starts, ticks.places, spikes, operations)
        else:
            self.trace = self._run_watched(self._probe, ticks, spikes, operations)
        self._tick += len(ticks)
        layers = self._layers(spikes)
        classes = layers[-1].spikes.reshape(len(ticks), len(self.spec.classes), -1)
        counted = operations if self._whole else None
        return TickOutput(self.spec.counted(classes.sum(2, dtype=np.int32)), layers, counted)

    def _run_watched(
        self, probe: Probe, ticks: TickEvents, spikes: np.ndarray, operations: np.ndarray
    ) -> NeuronTrace:
        """The same, stopping after each tick to look at one neuron."""
        samples = []
        for t in range(len(ticks)):
            starts, counted = ticks.starts[t : t + 2], operations[t : t + 1]
            probe.begin()
            self._engine.run(
                self._held, self._tick + t, starts, ticks.places, spikes[t : t + 1], counted
            )
            samples.append(probe.end())
        return noted(samples)

    def _layers(self, spikes: np.ndarray) -> tuple[LayerSpikes, ...]:
        """Each layer's spikes (T, N), in the order of the reference: channels first."""
        layers = []
        for name, begin, (places, channels) in self._watched:
            part = spikes[:, begin : begin + places * channels]
            if places > 1:
                by_place = part.reshape(len(part), places, channels)
                part = by_place.swapaxes(1, 2).reshape(len(part), -1)
            layers.append(LayerSpikes(name, part))
        return tuple(layers)
