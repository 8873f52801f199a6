"""A network that looks at the picture and at its mirror image, and adds up what both say.

What it says of a scene and of the same scene in a mirror is then the same but for left and right,
exactly, whatever it was trained on: the outputs of class c are those of c and those that the mirror
image has of the class that c is in a mirror. Two looks also say more than one, as those of any two
networks of equal quality do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from models.probe import Neuron, NeuronTrace, Watchable
from models.spec import LayerSpikes, ModelSpec, NetworkSession, TickEvents, TickOutput


def looking_both_ways(make: Callable[[], NetworkSession]) -> NetworkSession:
    """The session that ``make`` makes, or two of them where the model is to look twice."""
    session = make()
    return MirroredSession(session, make()) if session.spec.mirror else session


def mirrored(ticks: TickEvents) -> TickEvents:
    """What a camera would see in a mirror."""
    width = ticks.shape[2]
    cells = ticks.places >> 1
    columns = cells % width
    places = ticks.places + ((width - 1 - 2 * columns) << 1).astype(ticks.places.dtype)
    return replace(ticks, places=places)


class MirroredSession:
    """Two sessions of one network with a ``mirror``, one of which sees everything in a mirror."""

    def __init__(self, straight: NetworkSession, reversed_: NetworkSession) -> None:
        self._both = straight, reversed_
        self._twins = np.array(straight.spec.mirror)
        self._sizes: dict[str, int] = {}  # neurons of one look by layer, known after a run
        self._watched: NetworkSession | None = None

    @property
    def spec(self) -> ModelSpec:
        return self._both[0].spec

    def reset(self) -> None:
        """Go back to the state before the first tick."""
        for session in self._both:
            session.reset()

    def skip(self, duration_us: int) -> None:
        """Let the state decay over sensor time that was lost."""
        for session in self._both:
            session.skip(duration_us)

    def watch(self, neuron: Neuron | None) -> None:
        """Note this neuron from the next tick on, or none; one that is not there is not noted."""
        number, own = (0, None) if neuron is None else self._own(neuron)
        self._watched = None if own is None else self._both[number]
        for session in self._both:
            if isinstance(session, Watchable):
                session.watch(own if session is self._watched else None)

    @property
    def trace(self) -> NeuronTrace | None:
        """What was noted in the last run."""
        return self._watched.trace if isinstance(self._watched, Watchable) else None

    def _own(self, neuron: Neuron) -> tuple[int, Neuron | None]:
        """Which of the two has this neuron, and what it is there; none if it is not there."""
        size = self._sizes.get(neuron.layer, 0)
        if not 0 <= neuron.index < 2 * size:
            return 0, None
        look, index = divmod(neuron.index, size)
        if neuron.layer == list(self._sizes)[-1]:
            each = size // len(self._twins)
            class_, number = divmod(neuron.index, 2 * each)
            look, number = divmod(number, each)
            index = each * int(self._twins[class_] if look else class_) + number
        return look, Neuron(neuron.layer, index)

    def run(self, ticks: TickEvents) -> TickOutput:
        """Consecutive ticks, at least one.

        Raises:
            ModelError: the input does not fit the model.
        """
        one, other = self._both[0].run(ticks), self._both[1].run(mirrored(ticks))
        self._sizes = {layer.name: layer.spikes.shape[1] for layer in one.layers}
        layers = [
            LayerSpikes(a.name, np.concatenate([a.spikes, b.spikes], 1))
            for a, b in zip(one.layers[:-1], other.layers[:-1], strict=True)
        ]
        operations = one.synaptic_operations
        if operations is not None and other.synaptic_operations is not None:
            operations = operations + other.synaptic_operations
        return TickOutput(
            one.output + other.output[:, self._twins],
            (*layers, self._outputs(one.layers[-1], other.layers[-1])),
            operations,
        )

    def _outputs(self, one: LayerSpikes, other: LayerSpikes) -> LayerSpikes:
        """Output neurons class by class, those of both looks."""
        by_class = [
            layer.spikes.reshape(len(layer.spikes), len(self._twins), -1) for layer in (one, other)
        ]
        both = np.concatenate([by_class[0], by_class[1][:, self._twins]], 2)
        return LayerSpikes(one.name, both.reshape(len(both), -1))
