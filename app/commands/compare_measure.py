"""Measures one model for ``compare``: decisions, training, operations, memory and CPU time."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.commands.compare_cases import drawn
from app.commands.compare_training import Training, training_of
from app.commands.evaluate import check_classes, decide, judge_played
from app.commands.evaluate_cases import Case
from app.commands.evaluate_cost import Work, cost_of
from app.recognition.decision import SlidingWindow, tick_winners
from app.settings import Settings, VoteSettings
from models.live import open_network
from models.measuring.footprint import Footprint, FootprintMeter, parameter_bytes, parameter_count
from models.measuring.scores import NO_DECISION, OTHER, Scores, judge_gesture, score
from models.networks.catalogue import Network
from models.networks.checkpoint import load_checkpoint
from models.networks.streaming import CountsClips
from models.spec import ModelSpec, NetworkSession, TickEvents, TickOutput, as_ticks

# NeuroBench's counts take several times as long as the network itself.
METERED_STREAMS = 8
# Time is taken on this many ticks, the last of so many of the first metered stream.
TIMED_TICKS, TIMED_UNTIL = 800, 1800
CHUNK_TICKS = 40


@dataclass(frozen=True, slots=True)
class Cost:
    """What a model takes. Operations are per second of sensor time, CPU time per tick.

    ``accumulations``, ``multiply_accumulations``, ``dense`` and the sparsity are NeuroBench's.
    ``synaptic_events`` are those that a session counts, none for a network that does not spike.
    """

    parameters: int
    parameter_bytes: int
    state_bytes: int
    accumulations_per_s: float
    multiply_accumulations_per_s: float
    dense_per_s: float
    activation_sparsity: float | None
    synaptic_events_per_s: float | None
    cpu_ms_in_chunks: float
    cpu_ms_single: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured of one model; ``ten`` is none without a clip of the ten classes."""

    file: Path
    spec: ModelSpec
    eleven: Scores
    ten: Scores | None
    training: Training
    cost: Cost

    @property
    def spikes(self) -> bool:
        """Whether it is a spiking network."""
        return self.cost.synaptic_events_per_s is not None


class TapedNetwork:
    """A network session that remembers what its output neurons fired, and shows others its input.

    ``timed`` are counts (2, H, W) of ticks to take the time with, if there is a ``meter``.
    """

    def __init__(self, network: NetworkSession, meter: FootprintMeter | None = None) -> None:
        self._network = network
        self._meter = meter
        self._seen = 0
        # Output spikes (T, C), in stretches between which votes are cleared.
        self._stretches: list[list[np.ndarray]] = [[]]
        self.timed: deque[np.ndarray] = deque()

    @property
    def spec(self) -> ModelSpec:
        return self._network.spec

    def run(self, ticks: TickEvents) -> TickOutput:
        output = self._network.run(ticks)
        self._stretches[-1].append(output.output)
        if self._meter is not None:
            counts = ticks.counts()
            self._meter.run(counts)
            self._keep(counts)
        return output

    def _keep(self, counts: np.ndarray) -> None:
        if self._seen < TIMED_UNTIL:
            self.timed.extend(counts)
            self._seen += len(counts)
        while len(self.timed) > TIMED_TICKS:
            self.timed.popleft()

    def skip(self, duration_us: int) -> None:
        self._network.skip(duration_us)
        self._stretches.append([])
        if self._meter is not None:
            self._meter.skip(duration_us)

    def reset(self) -> None:
        self._network.reset()
        self._stretches.append([])
        if self._meter is not None:
            self._meter.reset()

    def decisions_without(self, unheard: int | None, vote: VoteSettings) -> np.ndarray:
        """The decisions (T,) of all ticks if the class ``unheard`` had no output neurons.

        ``vote`` is one without a warm-up, see ``judging``.
        """
        spec, decisions = self.spec, []
        for stretch in filter(None, self._stretches):
            output = np.concatenate(stretch)
            if unheard is not None:
                output[:, unheard] = 0
            window = SlidingWindow.of(spec, vote)
            decisions += window.push(tick_winners(output), 0, spec.tick_us)
        gestures = [NO_DECISION if each.gesture is None else each.gesture for each in decisions]
        return np.array(gestures, np.int64)


def require_models(files: Sequence[Path]) -> None:
    """Find out before the long work whether all models can be used.

    Raises:
        BadInput: one knows other classes than the data set's.
        ModelError: a file is no model.
    """
    for file in files:
        _, spec = load_checkpoint(file)
        check_classes(spec.classes)


def measure(
    file: Path, cases: Sequence[Case], settings: Settings, played: Callable[[float], None]
) -> Measured:
    """Play all streams to the model in ``file``, see ``require_models``.

    ``played`` is called with 1 after each.

    Raises:
        BadInput: a stream failed.
        ModelError: the file is no model.
        OurFault: the program itself failed.
    """
    session = open_network(file, every_layer=True)
    network, spec = load_checkpoint(file)
    meter = FootprintMeter(network, spec.tick_us / 1000)
    metered = set(drawn(list(range(len(cases))), METERED_STREAMS))
    judged, ten = [], []
    timed: list[np.ndarray] = []
    for index, case in enumerate(cases):
        tape = TapedNetwork(session, meter if index in metered else None)
        heard = decide(case.open_source, tape, settings)
        judged.append(judge_played(case, heard))
        decisions = tape.decisions_without(OTHER, settings.vote)
        named = [truth for truth in case.truths if truth.gesture != OTHER]
        ten += [judge_gesture(heard.t_us, decisions, truth) for truth in named]
        timed = timed or list(tape.timed)
        played(1)
    classes = len(spec.classes)
    return Measured(
        file,
        spec,
        score([o for each in judged for o in each.outcomes], [j.quiet for j in judged], classes),
        score(ten, [], classes) if ten else None,
        training_of(spec),
        _cost(
            network,
            open_network(file),
            meter.result(),
            np.stack(timed),
            [each.work for each in judged],
        ),
    )


def _cost(
    network: Network,
    session: NetworkSession,
    footprint: Footprint,
    timed: np.ndarray,
    works: Sequence[Work],
) -> Cost:
    tick_us = session.spec.tick_us
    metered_s = footprint.ticks * tick_us / 1e6
    whole = cost_of(works, tick_us)
    events_per_s = whole.synaptic_operations_per_s if whole else None
    return Cost(
        parameters=parameter_count(network),
        parameter_bytes=parameter_bytes(network),
        state_bytes=footprint.state_bytes,
        accumulations_per_s=footprint.accumulations / metered_s,
        multiply_accumulations_per_s=footprint.multiply_accumulations / metered_s,
        dense_per_s=footprint.dense / metered_s,
        activation_sparsity=footprint.activation_sparsity,
        synaptic_events_per_s=None if isinstance(network, CountsClips) else events_per_s,
        cpu_ms_in_chunks=cpu_ms_per_tick(session, timed, CHUNK_TICKS),
        cpu_ms_single=cpu_ms_per_tick(session, timed, 1),
    )


def cpu_ms_per_tick(session: NetworkSession, counts: np.ndarray, at_once: int) -> float:
    """CPU time of this process for counts (T, 2, H, W), so many ticks at once."""
    pieces = [as_ticks(counts[start : start + at_once]) for start in range(0, len(counts), at_once)]
    session.run(pieces[0])  # what is done only once
    session.reset()
    began_s = time.process_time()
    for piece in pieces:
        session.run(piece)
    return (time.process_time() - began_s) * 1e3 / len(counts)
