"""Measures models for ``compare``: decisions, training, operations, memory and CPU time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.commands.evaluate import check_classes
from app.commands.jobs import spread
from app.commands.measuring.compare_cases import drawn
from app.commands.measuring.compare_streams import Stream, play_stream
from app.commands.measuring.compare_training import Training, training_of
from app.commands.measuring.evaluate_cases import Case
from app.commands.measuring.evaluate_cost import Work, cost_of
from app.settings import Settings
from models.data.gestures import CLASSES
from models.live import open_network
from models.measuring.footprint import Footprint, parameter_bytes, parameter_count
from models.measuring.scores import Scores, score
from models.networks.catalogue import Network
from models.networks.checkpoint import load_checkpoint
from models.networks.streaming import CountsClips
from models.spec import ModelSpec, NetworkSession, as_ticks

# NeuroBench's counts take several times as long as the network itself.
METERED_STREAMS = 8
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


def require_models(files: Sequence[Path]) -> None:
    """Find out before the long work whether all models can be used.

    Raises:
        BadInput: one knows other classes than the data set's, but for taught ones.
        ModelError: a file is no model.
    """
    for file in files:
        _, spec = load_checkpoint(file)
        check_classes(spec)


def measure(
    files: Sequence[Path],
    cases: Sequence[Case],
    settings: Settings,
    jobs: int | None,
    played: Callable[[float], None],
) -> list[Measured]:
    """Play all streams to the models in ``files``, see ``require_models``, in ``jobs`` processes.

    ``played`` is called with 1 after each. CPU time is taken afterwards, when only this process
    is at work.

    Raises:
        BadInput: a stream failed, or a process died.
        ModelError: a file is no model.
        OurFault: the program itself failed.
    """
    metered = drawn(list(range(len(cases))), METERED_STREAMS)
    parts = [
        (file, case, settings, index in metered, index == metered[0])
        for file in files
        for index, case in enumerate(cases)
    ]
    streams = []
    with closing(spread(play_stream, parts, jobs)) as all_streams:
        for stream in all_streams:
            streams.append(stream)
            played(1)
    each = len(cases)
    return [_measured(file, streams[n * each :][:each]) for n, file in enumerate(files)]


def _measured(file: Path, streams: Sequence[Stream]) -> Measured:
    network, spec = load_checkpoint(file)
    judged = [stream.judged for stream in streams]
    ten = [outcome for stream in streams for outcome in stream.ten]
    eleven, quiets = [o for each in judged for o in each.outcomes], [j.quiet for j in judged]
    return Measured(
        file,
        spec,
        score(eleven, quiets, len(CLASSES), spec.told),
        score(ten, [], len(CLASSES), spec.told) if ten else None,
        training_of(spec),
        _cost(
            network,
            open_network(file),
            total_footprint([stream.footprint for stream in streams if stream.footprint]),
            np.concatenate([stream.timed for stream in streams if stream.timed is not None]),
            [each.work for each in judged],
        ),
    )


def total_footprint(parts: Sequence[Footprint]) -> Footprint:
    """All that was counted in several streams of one network; its state is that of the last."""
    return Footprint(
        ticks=sum(part.ticks for part in parts),
        accumulations=sum(part.accumulations for part in parts),
        multiply_accumulations=sum(part.multiply_accumulations for part in parts),
        dense=sum(part.dense for part in parts),
        zeros=sum(part.zeros for part in parts),
        activations=sum(part.activations for part in parts),
        state_bytes=next((part.state_bytes for part in reversed(parts) if part.ticks), 0),
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
