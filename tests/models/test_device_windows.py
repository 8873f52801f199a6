"""Windows cut where the network trains are those that ``cut_sample`` would cut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from models.data.device_windows import DeviceSessions
from models.data.gestures import MIRRORED, NO_GESTURE
from models.data.performer_set import Session
from models.data.sampling import VARIED, Augmentation, cut_sample
from models.data.windows import Windows
from tests.models.tiny_systems import noise_session

CPU = torch.device("cpu")


def drawn(
    change: Augmentation,
    sessions: list[Session],
    batch: int = 6,
    seed: int = 0,
    window_ms: int = 300,
) -> tuple[torch.Tensor, torch.Tensor]:
    windows = Windows(batch, window_ms, 10, 32, change)
    pool = DeviceSessions(sessions, CPU)
    return pool.draw(windows, list(range(len(sessions))), np.random.default_rng(seed))


def corner_session(events: int = 4000) -> Session:
    """Events of one pixel near the upper left corner, all ON; class 1 throughout."""
    t = np.sort(np.random.default_rng(1).integers(0, 300, events)).astype(np.uint16)
    fives = np.full(events, 5, np.uint8)
    return Session(t, fives, fives, np.ones(events, np.uint8), np.full(300, 1, np.int8))


def test_without_changes_it_is_what_the_processor_cuts() -> None:
    session = noise_session(length_ms=300)
    counts, labels = drawn(Augmentation(), [session], batch=1)
    expected = cut_sample(session, 0, 30, 10, 32, Augmentation(), np.random.default_rng(0))
    np.testing.assert_array_equal(counts[:, 0].numpy(), expected.counts)
    np.testing.assert_array_equal(labels[:, 0].numpy(), expected.label)
    assert counts.shape == (30, 1, 2, 32, 32)
    assert counts.dtype == torch.float32


def test_mirrored_windows_have_mirrored_labels() -> None:
    counts, labels = drawn(Augmentation(mirror=True), [corner_session()], batch=12)
    for slot in range(12):
        (column,) = np.unique(np.nonzero(counts[:, slot].numpy())[3])
        (label,) = labels[:, slot].unique().tolist()
        assert (column, label) in {(1, 1), (30, MIRRORED[1])}
    assert len(labels.unique()) == 2


def test_events_are_dropped_swapped_and_added_as_told() -> None:
    session = corner_session()
    kept = drawn(Augmentation(keep=(0.25, 0.25)), [session])[0]
    assert kept.sum().item() == pytest.approx(6 * 1000, rel=0.1)
    swapped = drawn(Augmentation(polarity_swap=1.0), [session])[0]
    assert swapped[:, :, 1].sum() == 0
    assert swapped[:, :, 0].sum() == 6 * 4000
    noisy = drawn(Augmentation(noise_per_ms=(3.0, 3.0)), [session])[0]
    assert noisy.sum().item() == pytest.approx(6 * (4000 + 900), rel=0.03)
    assert torch.count_nonzero(noisy[:, 0].sum(0)) > 300


def test_pixels_move_as_the_processor_moves_them() -> None:
    """Mean place of a pixel's events over many windows, and its spread: the same law."""
    change = replace(VARIED, mirror=False, overlay=0.0, noise_per_ms=(0.0, 0.0), stretch=(1.0, 1.0))
    session, rng = corner_session(400), np.random.default_rng(5)
    session = replace(session, x=np.full(400, 70, np.uint8), y=np.full(400, 50, np.uint8))
    ours = drawn(change, [session], batch=400)[0].sum((0, 2)).numpy()
    theirs = np.array(
        [cut_sample(session, 0, 30, 10, 32, change, rng).counts.sum((0, 1)) for _ in range(400)]
    )
    for axis in (1, 2):
        places = [
            (each.sum(3 - axis) @ np.arange(32)) / each.sum((1, 2)) for each in (ours, theirs)
        ]
        assert places[0].mean() == pytest.approx(places[1].mean(), abs=0.25)
        assert places[0].std() == pytest.approx(places[1].std(), rel=0.15)


def test_stretched_time_takes_its_labels_with_it() -> None:
    session = noise_session(length_ms=600)
    counts, labels = drawn(Augmentation(stretch=(2.0, 2.0)), [session], batch=8, window_ms=300)
    # Half as long a piece fills the window: half of the events.
    assert counts.sum().item() / 8 == pytest.approx(20_000 * 150 / 600, rel=0.1)
    shown = [int((labels[:, slot] == 3).sum()) for slot in range(8)]
    assert max(shown) <= 30
    assert {3, NO_GESTURE} <= set(labels.unique().tolist())


def test_places_without_gestures_are_laid_over() -> None:
    quiet = replace(noise_session(1, events=500), label=np.full(400, NO_GESTURE, np.int8))
    session = replace(noise_session(2, events=0), label=np.full(400, 3, np.int8))
    pool = DeviceSessions([session, quiet], CPU)
    windows = Windows(20, 400, 10, 32, Augmentation(overlay=1.0))
    counts, labels = pool.draw(windows, [0, 1], np.random.default_rng(0))
    gestures = (labels == 3).all(0)
    assert 0 < gestures.sum() < 20
    assert (counts.sum((0, 2, 3, 4))[gestures] == 500).all()


def test_the_same_state_gives_the_same_batch() -> None:
    sessions = [noise_session(seed, events=2000) for seed in range(3)]
    (a, la), (b, lb), (c, _) = (drawn(VARIED, sessions, seed=seed) for seed in (4, 4, 5))
    assert torch.equal(a, b)
    assert torch.equal(la, lb)
    assert not torch.equal(a, c)
