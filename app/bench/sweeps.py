"""How the cost of a tick grows: with events, with the network's width, with its input's side."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import partial

from app.bench.amounts import Amounts
from app.bench.findings import Curve, Finding, measured
from app.bench.stream import as_input, pieces, stream
from app.bench.tick import CHUNK, ENGINE, RATE, TOPIC, TORCH, UNIT, default_sessions, ms_a_tick
from app.bench.timing import Timings, in_turn, ratios
from models.engine.session import EngineSession
from models.measuring.random_network import enlarged, enlarged_spec, firing, tune, weights_of
from models.model_file import DEFAULT_CHECKPOINT
from models.networks.checkpoint import load_checkpoint
from models.networks.conv_lif import ConvLif
from models.networks.torch_session import TorchSession
from models.spec import ModelSpec, NetworkSession, TickEvents

SPARSE = 1_000
TICKS_TO_TUNE = 120


def measure(amounts: Amounts) -> Iterator[Finding]:
    """The curves, and the row that is asked of the first."""
    yield from over_events(amounts)
    yield from over_networks("width", amounts.widths, amounts)
    yield from over_networks("side", amounts.sides, amounts)


def over_events(amounts: Amounts) -> Iterator[Finding]:
    """The engine one by one and what is here of torch in chunks, at each rate."""
    sessions, _ = default_sessions()
    found: dict[str, list[list[float]]] = {name: [] for name in sessions}
    for rate in amounts.rates:
        events = stream(rate, amounts.ticks)
        ticks = as_input(events, amounts.ticks, sessions[ENGINE].spec.input_shape)
        for name, values in _timed(sessions, ticks, amounts.repeats).items():
            found[name].append(values)
    for name, all_values in found.items():
        yield curve("events", name, amounts.rates, all_values)
    sparse, dense = (found[ENGINE][amounts.rates.index(rate)] for rate in (SPARSE, RATE))
    yield measured(
        TOPIC, "a tick at 1 thousand events a second against one at 100 thousand", "times",
        ratios(sparse, dense), at_most=0.5,
    )  # fmt: skip


def _timed(sessions: dict[str, NetworkSession], ticks: TickEvents, repeats: int) -> Timings:
    """Milliseconds a tick: the engine's one by one, the others' in chunks, which suits them."""
    ways = {name: pieces(ticks, 1 if name == ENGINE else CHUNK) for name in sessions}
    return in_turn(
        {name: partial(ms_a_tick, each, ways[name]) for name, each in sessions.items()}, repeats
    )


def curve(chart: str, name: str, xs: tuple[int, ...], values: list[list[float]]) -> Curve:
    """One value per repeat at every x."""
    return Curve(
        chart,
        name,
        tuple(map(float, xs)),
        tuple(map(statistics.median, values)),
        tuple(map(min, values)),
        tuple(map(max, values)),
    )


def over_networks(chart: str, factors: tuple[int, ...], amounts: Amounts) -> Iterator[Finding]:
    """Networks of random weights that fire like the bundled one, wider or of a larger input."""
    network, spec = load_checkpoint(DEFAULT_CHECKPOINT)
    assert isinstance(network, ConvLif)
    events = stream(RATE, amounts.ticks)
    wanted = firing(EngineSession(spec, weights_of(network), whole=True), _input(spec))
    found: dict[str, list[list[float]]] = {ENGINE: [], TORCH: []}
    for factor in factors:
        other = enlarged(network, chart, factor)
        changed = enlarged_spec(other, spec)
        tune(other, changed, wanted, _input(changed))
        ticks = as_input(events, amounts.ticks, changed.input_shape)
        sessions: dict[str, NetworkSession] = {
            ENGINE: EngineSession(changed, weights_of(other)),
            TORCH: TorchSession(other, changed),
        }
        times = _timed(sessions, ticks, amounts.repeats)
        for name, values in times.items():
            found[name].append(values)
        yield measured(
            TOPIC, f"default with {factor} times the {chart}, {ENGINE}", UNIT, times[ENGINE],
            note=f"{TORCH} in chunks of {CHUNK}: {statistics.median(times[TORCH]):.3g}",
        )  # fmt: skip
    base = 1 if chart == "width" else network.sizes.side
    xs = tuple(base * factor for factor in factors)
    for name, all_values in found.items():
        yield curve(chart, name, xs, all_values)


def _input(spec: ModelSpec) -> TickEvents:
    return as_input(stream(RATE, TICKS_TO_TUNE), TICKS_TO_TUNE, spec.input_shape)
