"""What a tick costs: the engine beside torch and beside other libraries, on the same events."""

from __future__ import annotations

import importlib.metadata
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from app.bench.amounts import Amounts
from app.bench.findings import Finding, Row, Skipped, measured
from app.bench.stream import SENSOR, as_input, events_of, pieces, stream
from app.bench.timing import cpu_s, in_turn, ratios
from app.events import EventSlice
from app.recognition.encoding import Encoder
from app.recognition.slicer import TICK_US
from app.sources.bundled import bundled_recordings
from models.engine.session import EngineSession
from models.live import open_network
from models.measuring.peers import PEERS, PeerSession
from models.measuring.random_network import weights_of
from models.model_file import CHECKPOINTS, DEFAULT_CHECKPOINT, SUFFIX
from models.networks.checkpoint import load_checkpoint
from models.networks.conv_lif import ConvLif
from models.networks.torch_session import TorchSession, load_torch_session
from models.spec import NetworkSession, TickEvents

TOPIC = "tick"
UNIT = "ms"
RATE = 100_000
CHUNK = 40
WAYS = {1: "one by one", CHUNK: f"in chunks of {CHUNK}"}
ENGINE, TORCH = "engine", "torch reference"
# Whose multi-step mode and single steps the engine is asked to beat.
LIBRARIES = ("snnTorch", "SpikingJelly", "Norse", "Sinabs")
CLIP_MODELS = ("c3d",)  # which do not spike

Sessions = Mapping[str, NetworkSession]


def measure(amounts: Amounts) -> Iterator[Finding]:
    """Rows of the default network, of the other systems, and of what decisions they come to."""
    yield from default_rows(amounts)
    for model in amounts.models[1:]:
        yield from model_rows(model, amounts)
    yield same_decisions(amounts)


def ms_a_tick(session: NetworkSession, chunks: list[TickEvents]) -> float:
    """The processor's time of a stream from the first tick on."""
    session.reset()
    ticks = sum(map(len, chunks))
    return 1e3 / ticks * cpu_s(lambda: [session.run(chunk) for chunk in chunks])


def output_of(session: NetworkSession, chunks: list[TickEvents]) -> np.ndarray:
    """Spikes of each class (T, C) of a stream from the first tick on."""
    session.reset()
    return np.concatenate([session.run(chunk).output for chunk in chunks])


def agreement(said: np.ndarray, by_engine: np.ndarray) -> str:
    """How far the outputs (T, C) of two networks are the same, in words."""
    same = int((said == by_engine).all(axis=1).sum())
    if same == len(said):
        return f"the engine's output in all {len(said)} ticks"
    return f"NOT the same work: the engine's output in {same} of {len(said)} ticks only"


def default_sessions() -> tuple[dict[str, NetworkSession], list[Skipped]]:
    """The default network in the engine, in torch, and in the libraries that are here."""
    network, spec = load_checkpoint(DEFAULT_CHECKPOINT)
    assert isinstance(network, ConvLif)
    # The libraries' networks look once.
    spec = replace(spec, mirror=())
    sessions: dict[str, NetworkSession] = {
        ENGINE: EngineSession(spec, weights_of(network)),
        TORCH: TorchSession(network, spec),
    }
    skipped = []
    for name, make in PEERS.items():
        try:
            sessions[name] = PeerSession(network, spec, make)
        except (ImportError, importlib.metadata.PackageNotFoundError) as error:
            skipped.append(Skipped(TOPIC, name, f"cannot be imported: {error}"))
    return sessions, skipped


def default_rows(amounts: Amounts) -> Iterator[Finding]:
    """The default network one tick at a time and in chunks, and who is how many times faster."""
    sessions, skipped = default_sessions()
    yield from skipped
    ticks = as_input(stream(RATE, amounts.ticks), amounts.ticks, sessions[ENGINE].spec.input_shape)
    times = {}
    for length, way in WAYS.items():
        times[length] = compared(sessions, pieces(ticks, length), amounts.repeats)
        for name, values in times[length].items():
            limit = 0.04 if name == ENGINE and length == 1 else None
            said = agreement(
                output_of(sessions[name], pieces(ticks, length)),
                output_of(sessions[ENGINE], [ticks]),
            )
            yield measured(
                TOPIC, f"default {way}, {name}", UNIT, values, at_most=limit,
                note=None if name == ENGINE else said,
            )  # fmt: skip
    yield from default_ratios(times)
    yield live_row(ticks, amounts)


def live_row(ticks: TickEvents, amounts: Amounts) -> Row:
    """The default model as it runs live, one tick at a time, with as many looks as it takes."""
    session = open_network()
    values = compared({ENGINE: session}, pieces(ticks, 1), amounts.repeats)[ENGINE]
    looks = "two looks" if session.spec.mirror else "one look"
    return measured(TOPIC, "default live, one by one", UNIT, values, at_most=0.15, note=looks)


def compared(sessions: Sessions, chunks: list[TickEvents], repeats: int) -> dict[str, list[float]]:
    """Milliseconds a tick of each session, taken in turn."""
    return in_turn(
        {name: partial(ms_a_tick, session, chunks) for name, session in sessions.items()}, repeats
    )


def default_ratios(times: Mapping[int, Mapping[str, list[float]]]) -> Iterator[Row]:
    """How many times faster the engine, one tick at a time, is than what it is asked to beat."""
    engine = times[1][ENGINE]
    for length, way, least in ((1, "one by one", 40), (CHUNK, "in its fastest mode", 10)):
        there = {name: times[length][name] for name in LIBRARIES if name in times[length]}
        if there:
            fastest = min(there, key=lambda name: statistics.median(there[name]))
            yield measured(
                TOPIC, f"engine against the fastest library {way}", "times",
                ratios(there[fastest], engine), at_least=least, note=f"which is {fastest}",
            )  # fmt: skip
    yield measured(
        TOPIC, f"engine one by one against torch in chunks of {CHUNK}", "times",
        ratios(times[CHUNK][TORCH], engine), at_least=8,
    )  # fmt: skip


def model_rows(model: str, amounts: Amounts) -> Iterator[Finding]:
    """Another bundled network, the engine beside torch."""
    path = CHECKPOINTS / f"{model}{SUFFIX}"
    sessions = {ENGINE: open_network(path), TORCH: load_torch_session(path)}
    ticks = as_input(stream(RATE, amounts.ticks), amounts.ticks, sessions[ENGINE].spec.input_shape)
    for length, way in WAYS.items():
        chunks = pieces(ticks, length)
        times = compared(sessions, chunks, amounts.repeats)
        said = agreement(output_of(sessions[TORCH], chunks), output_of(sessions[ENGINE], chunks))
        least = 10 if length == 1 and model not in CLIP_MODELS else None
        yield measured(TOPIC, f"{model} {way}, {ENGINE}", UNIT, times[ENGINE])
        yield measured(TOPIC, f"{model} {way}, {TORCH}", UNIT, times[TORCH], note=said)
        yield measured(
            TOPIC, f"{model} {way}, {TORCH} against {ENGINE}", "times",
            ratios(times[TORCH], times[ENGINE]), at_least=least,
        )  # fmt: skip


def same_decisions(amounts: Amounts) -> Row:
    """In how many ticks of the bundled recordings the networks say what torch says."""
    ticks, same = 0, 0
    for path in (CHECKPOINTS / f"{model}{SUFFIX}" for model in amounts.models):
        live, reference = open_network(path), load_torch_session(path)
        for spec in bundled_recordings()[: amounts.recordings]:
            chunks = pieces(_whole(events_of(spec), live), CHUNK)
            equal = output_of(live, chunks) == output_of(reference, chunks)
            ticks, same = ticks + len(equal), same + int(equal.all(axis=1).sum())
    return measured(
        TOPIC, f"ticks in which {len(amounts.models)} models say what the reference says", "%",
        [100 * same / ticks], at_least=100, note=f"{same:,} of {ticks:,}",
    )  # fmt: skip


def _whole(events: np.ndarray, session: NetworkSession) -> TickEvents:
    """All whole ticks of a recording."""
    start_us = int(events["t"][0]) // TICK_US * TICK_US
    end_us = int(events["t"][-1]) // TICK_US * TICK_US
    inside = events[events["t"] < end_us]
    encoder = Encoder(SENSOR, session.spec.input_shape)
    return encoder.encode(EventSlice(start_us, end_us, inside, 0.0))
