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

    def run(self, ticks: TickEvents) -> TickOutput:
        """Consecutive ticks, at least one.

        Raises:
            ModelError: the input does not fit the model.
        """
        one, other = self._both[0].run(ticks), self._both[1].run(mirrored(ticks))
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
