"""What is compared does equal work, or it is said; who is not here is named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.bench import tick
from app.bench.amounts import Amounts
from app.bench.findings import Skipped
from app.bench.stream import as_input, pieces, stream
from app.bench.tick import CHUNK, ENGINE, TORCH
from models.engine.session import EngineSession
from models.measuring import peers
from models.measuring.random_network import enlarged, enlarged_spec, firing, tune, weights_of
from models.model_file import DEFAULT_CHECKPOINT
from models.networks.checkpoint import load_checkpoint
from models.networks.conv_lif import ConvLif, ConvLifParameters

TINY = Amounts(repeats=1, ticks=40, models=("default",), recordings=1)


def test_outputs_that_differ_are_said() -> None:
    engine = np.array([[0, 1], [2, 0], [0, 0]])
    assert tick.agreement(engine.copy(), engine) == "the engine's output in all 3 ticks"
    other = np.array([[0, 1], [2, 1], [0, 0]])
    said = tick.agreement(other, engine)
    assert said == "NOT the same work: the engine's output in 2 of 3 ticks only"


def test_the_engine_is_held_to_the_fastest_that_is_here() -> None:
    slow, fast = {"Norse": [2.0, 2.2], "Sinabs": [3.0, 3.0]}, {"Norse": [0.4, 0.4]}
    times = {
        1: {ENGINE: [0.02, 0.02], TORCH: [1.0, 1.0], **slow},
        CHUNK: {ENGINE: [0.01, 0.01], TORCH: [0.2, 0.2], **fast, "Sinabs": [0.3, 0.1]},
    }
    one, chunked, torch = tick.default_ratios(times)
    assert (one.note, one.held) == ("which is Norse", True)
    assert one.median == pytest.approx(105)
    assert (chunked.note, chunked.held) == ("which is Sinabs", True)
    assert torch.median == pytest.approx(10)


def test_without_any_library_torch_remains() -> None:
    times = {1: {ENGINE: [0.02], TORCH: [1.0]}, CHUNK: {ENGINE: [0.01], TORCH: [0.1]}}
    (row,) = tick.default_ratios(times)
    assert row.name == "engine one by one against torch in chunks of 40"
    assert row.held is False


def test_an_absent_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_: object) -> peers.Neurons:
        raise ImportError("No module named 'norse'")

    monkeypatch.setattr(tick, "PEERS", {"plain torch": peers.PlainTorch, "Norse": absent})
    found = list(tick.default_rows(TINY))
    skipped = [each for each in found if isinstance(each, Skipped)]
    assert skipped == [Skipped("tick", "Norse", "cannot be imported: No module named 'norse'")]
    rows = {each.name: each for each in found if not isinstance(each, Skipped)}
    assert rows["default one by one, plain torch"].note == "the engine's output in all 40 ticks"


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("plain torch", "torch"),
        ("snnTorch", "snntorch"),
        ("SpikingJelly", "spikingjelly"),
        ("Norse", "norse"),
        ("Sinabs", "sinabs"),
    ],
)
def test_the_network_in_another_library_says_the_same(name: str, module: str) -> None:
    pytest.importorskip(module)
    network, spec = load_checkpoint(DEFAULT_CHECKPOINT)
    session = peers.PeerSession(network, spec, peers.PEERS[name])
    ticks = as_input(stream(100_000, 60), 60, spec.input_shape)
    # The libraries' networks look once.
    by_engine = EngineSession(replace(spec, mirror=()), weights_of(network)).run(ticks).output
    assert by_engine.any()
    for length in (1, 40):
        said = tick.output_of(session, pieces(ticks, length))
        assert (said == by_engine).all()


def test_all_decisions_are_compared() -> None:
    row = tick.same_decisions(TINY)
    assert row.held is True
    assert row.note is not None
    same, of, all_ = row.note.split()
    assert (same, of) == (all_, "of")
    assert 2_900 < int(all_.replace(",", "")) <= 3_000


def test_a_random_network_fires_as_wanted() -> None:
    _, spec = load_checkpoint(DEFAULT_CHECKPOINT)
    small = ConvLif(ConvLifParameters(side=16, channels=(4, 6, 8), hidden=10, population=2))
    wide = enlarged(small, "width", 2)
    assert wide.sizes.channels == (8, 12, 16)
    changed = enlarged_spec(wide, spec)
    ticks = as_input(stream(100_000, 60), 60, changed.input_shape)
    wanted = [0.05, 0.04, 0.03, 0.05, 0.05]
    tune(wide, changed, wanted, ticks)
    rates = firing(EngineSession(changed, weights_of(wide), whole=True), ticks)
    assert rates == pytest.approx(wanted, rel=0.5)
    steps = wide.projections[1].op.weight * 1024
    assert (steps == steps.round()).all()


def test_a_network_with_a_larger_side() -> None:
    small = ConvLif(ConvLifParameters(side=16, channels=(4, 6, 8), hidden=10, population=2))
    assert enlarged(small, "side", 4).sizes.side == 64
