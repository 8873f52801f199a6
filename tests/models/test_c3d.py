"""C3D: sizes of the published table, the sliding clip, exactness in chunks, gaps, folding."""

from __future__ import annotations

from dataclasses import asdict, replace
from itertools import pairwise
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from models.networks.c3d import SMALL, C3d, C3dParameters, C3dState, fire

TINY = replace(SMALL, channels=((2,), (3,), (4, 4), (4, 4), (6, 6)), hidden=(8, 8), frame_ms=10)
FRAME = TINY.frame_ms


def make_network(sizes: C3dParameters = TINY, seed: int = 0) -> C3d:
    """A finished network with some statistics in its normalisation."""
    torch.manual_seed(seed)
    network = C3d(sizes)
    for _ in range(3):
        network.clip(counts(16 * 4, sizes.side).unflatten(0, (4, 16)).transpose(1, 2))
    network.finish(1.0)
    return network


def counts(ticks: int, side: int = 32, seed: int = 1) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.poisson(torch.full((ticks, 2, side, side), 0.05), generator=generator)


def stream(network: C3d, x: torch.Tensor, lengths: list[int]) -> tuple[torch.Tensor, C3dState]:
    """All spikes of a stream that comes in chunks of these lengths, one after the other."""
    plan, state, spikes = network.plan(1.0), None, []
    for chunk in x.split(lengths):
        (fired,), state = network.stream(chunk, state, plan)
        spikes.append(fired)
    assert state is not None
    return torch.cat(spikes), state


def assert_same(a: C3dState, b: C3dState) -> None:
    assert a.age_us == b.age_us
    for name in ("frames", "filling", "scores"):
        assert torch.equal(getattr(a, name), getattr(b, name)), name


def test_the_full_size_is_the_published_table() -> None:
    with torch.device("meta"):
        network = C3d(C3dParameters())
    kernels = [2 * 64, 64 * 128, 128 * 256, 256**2, 256 * 512, 512**2, 512**2, 512**2]
    biases = 64 + 128 + 2 * 256 + 4 * 512
    dense = (8192 + 1) * 4096 + (4096 + 1) * 4096 + (4096 + 1) * 12
    weights = sum(p.numel() for p in network.parameters())
    assert weights == 27 * sum(kernels) + biases + dense
    assert weights == pytest.approx(78.0e6, rel=1e-3)
    # Positions of the maps that each convolution fills: 16 x 128 x 128, then poolings by 4 and 8.
    positions = [2**18, 2**16, 2**13, 2**13, 2**10, 2**10, 2**7, 2**7]
    expected = 27 * sum(k * n for k, n in zip(kernels, positions, strict=True))
    assert network.multiply_accumulates() == expected + 8192 * 4096 + 4096**2 + 4096 * 12


def test_the_small_size_fits_a_small_machine() -> None:
    network = C3d(SMALL)
    network.finish(1.0)
    assert sum(p.numel() for p in network.parameters()) < 1e6
    assert network.multiply_accumulates() * 1000 / SMALL.frame_ms < 5e9


def test_multiply_accumulates_are_those_of_the_layers() -> None:
    network, seen = make_network(), []

    def count(layer: nn.Module, _: Any, y: torch.Tensor) -> None:
        weight: Any = layer.weight
        seen.append(y[0].numel() * weight[0].numel())

    for layer in network.clip.modules():
        if isinstance(layer, (nn.Conv3d, nn.Linear)):
            layer.register_forward_hook(count)
    network.clip(torch.zeros(1, 2, 16, 32, 32))
    assert network.multiply_accumulates() == sum(seen)


def test_parameters_survive_as_plain_values() -> None:
    assert C3dParameters(**asdict(SMALL)) == SMALL


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"side": 112}, "expected a side of 32, 64 or 128, got 112"),
        ({"frames": 8}, "a multiple of 16 of them, got 8 of 40 ms"),
        ({"frame_ms": 0}, "frames of at least 1 ms"),
        ({"channels": ((4,), (4,))}, "expected channels of five stages"),
        ({"channels": ((4,), (4,), (), (4,), (4,))}, "expected channels of five stages"),
    ],
)
def test_sizes_that_do_not_fit_get_a_sentence(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(C3dParameters(), **change)


def test_only_a_class_that_beats_no_gesture_fires() -> None:
    scores = torch.tensor([[0.0, 2.0, 1.0, 1.9], [0.0, 2.0, 1.0, 2.0], [0.0, 0.0, 0.0, 0.0]])
    assert fire(scores).tolist() == [[0, 1, 0], [0, 0, 0], [0, 0, 0]]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 2 * FRAME + 3), min_size=1, max_size=12))
def test_chunks_give_bit_for_bit_what_single_ticks_give(lengths: list[int]) -> None:
    network, x = make_network(), counts(sum(lengths))
    chunked, state = stream(network, x, lengths)
    single, expected = stream(network, x, [1] * len(x))
    assert torch.equal(chunked, single)
    assert_same(state, expected)


def test_chunks_of_the_small_size() -> None:
    network = make_network(SMALL)
    x = counts(130)
    chunked, state = stream(network, x, [7, 80, 3, 40])
    single, expected = stream(network, x, [1] * len(x))
    assert torch.equal(chunked, single)
    assert_same(state, expected)


def test_streaming_is_the_same_arithmetic_as_training() -> None:
    network, x = make_network(), counts(4 * FRAME)
    streamed, state = stream(network, x, [len(x)])
    (trained,), after = network(x[:, None])
    assert torch.equal(trained[:, 0], streamed)
    assert_same(after, state)
    (coarse,), after = network(x.unflatten(0, (-1, 5)).sum(1)[:, None], None, 5.0)
    assert_same(after, state)
    assert torch.equal(coarse[1::2, 0], streamed[FRAME - 1 :: FRAME])


def test_the_clip_slides_by_a_frame_and_begins_with_empty_ones() -> None:
    network, x = make_network(), counts(18 * FRAME)
    frames = torch.cat([torch.zeros(15, 2, 32, 32), x.unflatten(0, (-1, FRAME)).sum(1)])
    state = None
    for index in range(18):
        now = x[index * FRAME : (index + 1) * FRAME]
        _, state = network.stream(now, state, network.plan(1.0))
        clip = frames[index : index + 16].transpose(0, 1)[None]
        torch.testing.assert_close(state.scores, network.clip(clip))


def test_an_answer_holds_until_the_next_frame_is_complete() -> None:
    network, x = make_network(), counts(6 * FRAME)
    network.clip.dense[-1].bias.data[-1] = -1e3  # some class always beats "no gesture"
    spikes, _ = stream(network, x, [len(x)])
    assert not spikes[: FRAME - 1].any(), "there is no answer before there is a frame"
    assert (spikes[FRAME - 1 :].sum(1) == 1).all()
    changes = (spikes[1:] != spikes[:-1]).any(1).nonzero().flatten() + 1
    assert all((int(tick) + 1) % FRAME == 0 for tick in changes)
    network.clip.dense[-1].bias.data[-1] = 1e3
    assert not stream(network, x, [len(x)])[0].any()


def test_lost_time_is_empty_frames_and_no_answer() -> None:
    network, x = make_network(), counts(20 * FRAME + 3)
    _, state = stream(network, x, [len(x)])
    for lost in (2, FRAME - 4, FRAME - 3, 3 * FRAME + 1, 40 * FRAME):
        later = network.decay(state, float(lost), 1.0)
        silent = torch.cat([x, torch.zeros(lost, 2, 32, 32)])
        _, expected = stream(network, silent, [len(silent)])
        if lost < FRAME - 3:
            assert torch.equal(later.scores, state.scores)
        else:
            assert not later.scores.any()
        assert_same(later._replace(scores=expected.scores), expected)


def test_time_lost_in_parts_of_a_tick_does_not_move_the_grid() -> None:
    network = make_network()
    _, state = network.stream(counts(FRAME - 2), None, network.plan(1.0))
    later = network.decay(state, 0.4, 1.0)
    ages = [later.age_us]
    for _ in range(FRAME + 1):
        _, later = network.stream(counts(1), later, network.plan(1.0))
        ages.append(later.age_us)
    assert all((b - a) % (FRAME * 1000) == 1000 for a, b in pairwise(ages))
    assert max(ages) < FRAME * 1000


def test_steps_must_divide_a_frame() -> None:
    network = make_network()
    assert network.steps_per_frame(2.5) == 4
    for step in (3.0, 0.0, 20.0):
        with pytest.raises(ValueError, match="expected steps that divide 10 ms"):
            network.plan(step)


def test_folding_changes_nothing_and_is_remembered() -> None:
    torch.manual_seed(2)
    network = C3d(TINY)
    clips = counts(64).unflatten(0, (4, 16)).transpose(1, 2)
    for _ in range(5):
        network.clip(clips)
    network.eval()
    before = network.clip(clips)
    network.finish(1.0)
    torch.testing.assert_close(network.clip(clips), before, rtol=1e-4, atol=1e-4)
    again = C3d(TINY)
    again.finish(1.0)
    again.load_state_dict(network.state_dict())
    assert torch.equal(again.clip(clips), network.clip(clips))
