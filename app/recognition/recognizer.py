"""Slice in, decisions out: encode, run the network, take the winners, vote.

The network's state is carried from slice to slice and is never reset while the stream runs. Lost
sensor time (a gap) lets the state decay by that time and clears the vote; a restarted stream
resets both and warms up anew. Slices that waited together are processed as one chunk, with
exactly the result they have one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from app.events import EventSlice, join_events
from app.recognition.decision import Recognition, SlidingWindow, tick_winners
from app.recognition.encoding import Encoder
from app.recognition.watching import Patch, Watch, Watched, watched_neuron, watched_patch
from models.probe import Neuron, Watchable
from models.spec import NetworkSession, TickOutput


@dataclass(frozen=True, slots=True)
class Stretch:
    """What came of ticks without a break between them: one recognition a tick.

    ``restarted`` says that time began anew with the first of them; ``watched`` is what was to be
    watched, if anything.
    """

    t_start_us: int
    tick_us: int
    restarted: bool
    recognitions: list[Recognition]
    output: TickOutput
    watched: Watched | None = None


def unbroken_runs(slices: Iterable[EventSlice]) -> list[list[EventSlice]]:
    """Group slices so that only the first of each group may follow a gap or a restart."""
    runs: list[list[EventSlice]] = []
    for slice_ in slices:
        if not runs or slice_.gap_us or slice_.restarted:
            runs.append([])
        runs[-1].append(slice_)
    return runs


class Recognizer:
    """Recognises gestures in a stream of slices.

    Raises:
        ValueError: encoder and network disagree about the input.
    """

    def __init__(self, network: NetworkSession, encoder: Encoder, window: SlidingWindow) -> None:
        wanted = network.spec.input_shape, network.spec.tick_us
        given = encoder.input_shape, encoder.tick_us
        if wanted != given:
            raise ValueError(f"expected input shape and tick {wanted}, the encoder makes {given}")
        self._network = network
        self._encoder = encoder
        self._window = window
        self._watch: Watch | None = None
        if isinstance(network, Watchable):
            network.watch(None)

    @property
    def watch(self) -> Watch | None:
        """What is watched from the next slice on; it costs nothing while that is nothing."""
        return self._watch

    @watch.setter
    def watch(self, watch: Watch | None) -> None:
        if watch == self._watch:
            return
        self._watch = watch
        if isinstance(self._network, Watchable):
            self._network.watch(watch if isinstance(watch, Neuron) else None)

    def process(self, slice_: EventSlice) -> tuple[list[Recognition], TickOutput]:
        """One slice: a decision for each of its ticks, and what the network did."""
        stretch = self._process_run([slice_])
        return stretch.recognitions, stretch.output

    def process_many(self, slices: Iterable[EventSlice]) -> list[Stretch]:
        """Consecutive slices, as few chunks as their gaps and restarts allow."""
        return [self._process_run(run) for run in unbroken_runs(slices)]

    def _process_run(self, run: Sequence[EventSlice]) -> Stretch:
        first, last = run[0], run[-1]
        if first.restarted:
            self._network.reset()
            self._window.clear()
        elif first.gap_us:
            self._network.skip(first.gap_us)
            self._window.skip(-(-first.gap_us // self._encoder.tick_us))
        events = join_events([slice_.events for slice_ in run])
        joined = EventSlice(first.t_start_us, last.t_end_us, events, last.arrived_s)
        output = self._network.run(self._encoder.encode(joined))
        winners = tick_winners(output.output, self._network.spec.min_spikes)
        tick_us = self._encoder.tick_us
        recognitions = self._window.push(winners, first.t_start_us, tick_us)
        watched = self._watched(events, first.t_start_us, len(recognitions))
        return Stretch(first.t_start_us, tick_us, first.restarted, recognitions, output, watched)

    def _watched(self, events: np.ndarray, t_us: int, ticks: int) -> Watched | None:
        tick_us = self._encoder.tick_us
        if isinstance(self._watch, Patch):
            return watched_patch(self._watch, events, t_us, tick_us, ticks)
        if isinstance(self._watch, Neuron):
            trace = self._network.trace if isinstance(self._network, Watchable) else None
            return watched_neuron(self._watch, trace, t_us, tick_us, ticks)
        return None
