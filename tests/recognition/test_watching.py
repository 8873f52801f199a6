"""A patch of pixels and a neuron, told tick by tick as slices come."""

from __future__ import annotations

import numpy as np

from app.events import Resolution
from app.recognition.decision import SlidingWindow
from app.recognition.encoding import Encoder
from app.recognition.recognizer import Recognizer
from app.recognition.watching import Patch, Watched
from models.probe import Neuron, NeuronTrace
from models.spec import TickEvents, TickOutput
from tests.recognition.streams import CountingNetwork, make_events, make_slice

PATCH = Patch(4, 2, 3, 2)


class TellingNetwork(CountingNetwork):
    """Its one membrane is the number of the tick."""

    def __init__(self) -> None:
        super().__init__()
        self.watching: list[Neuron | None] = []
        self.trace: NeuronTrace | None = None

    def watch(self, neuron: Neuron | None) -> None:
        self.watching.append(neuron)

    def run(self, ticks: TickEvents) -> TickOutput:
        n = len(ticks)
        if self.watching[-1] is not None:
            flags = np.zeros(n, np.uint8)
            self.trace = NeuronTrace(np.full(n, 2.0), np.arange(n), np.ones(n), flags, flags)
        return super().run(ticks)


def recognizer(network: CountingNetwork) -> Recognizer:
    encoder = Encoder(Resolution(16, 16), network.spec.input_shape)
    return Recognizer(network, encoder, SlidingWindow(4, 80, 0.5, 1))


def watched(made: Recognizer, *slices: object) -> Watched | None:
    (stretch,) = made.process_many(slices)
    return stretch.watched


def test_events_of_a_patch() -> None:
    made = recognizer(CountingNetwork())
    made.watch = PATCH
    corners = [make_events([7_000], x=x, y=y) for x in (3, 4, 6, 7) for y in (1, 2, 3, 4)]
    late = make_events([9_999], x=5, y=3)
    seen = watched(made, make_slice(5_000, 10_000, np.concatenate([*corners, late])))
    assert (seen.watch, seen.t_us, seen.end_us) == (PATCH, 5_000, 10_000)
    assert seen.charge.tolist() == [0, 0, 4, 0, 1]
    assert seen.trace is None


def test_nothing_is_told_where_nothing_is_watched() -> None:
    network = TellingNetwork()
    made = recognizer(network)
    assert network.watching == [None]  # whoever had it before may have watched
    assert watched(made, make_slice(0, 5_000)) is None
    made.watch = PATCH
    made.watch = None
    assert watched(made, make_slice(5_000, 10_000)) is None


def test_a_neuron_is_told_by_the_network() -> None:
    network = TellingNetwork()
    made = recognizer(network)
    made.watch = Neuron("output", 3)
    seen = watched(made, make_slice(0, 5_000), make_slice(5_000, 10_000))
    assert seen.trace.v.tolist() == list(range(10))
    assert seen.charge.tolist() == [2.0] * 10
    made.watch = PATCH
    assert network.watching == [None, Neuron("output", 3), None]


def test_a_network_that_cannot_tell_says_nothing_came() -> None:
    made = recognizer(CountingNetwork())
    made.watch = Neuron("output", 0)
    seen = watched(made, make_slice(0, 5_000))
    assert seen.trace is None
    assert seen.charge.tolist() == [0.0] * 5
