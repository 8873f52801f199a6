"""Training samples, the loss of rates, and the folder of rendered sessions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from models.data.gestures import CLASSES, NO_GESTURE, ON_THE_WAY
from models.data.performer_set import Session, load_session, render_set
from models.data.sampling import Augmentation, Sample, cut_sample, overlaid
from models.data.windows import Windows
from models.learning.rate_loss import (
    RateLossParameters,
    filtered_rates,
    imitation_loss,
    rate_logits,
    rate_loss,
    step_weights,
    with_lead,
)


def session(seed: int = 0, length_ms: int = 400, events: int = 5000) -> Session:
    rng = np.random.default_rng(seed)
    label = np.full(length_ms, NO_GESTURE, np.int8)
    label[100:300] = 3
    return Session(
        np.sort(rng.integers(0, length_ms, events)).astype(np.uint16),
        rng.integers(0, 128, events).astype(np.uint8),
        rng.integers(0, 128, events).astype(np.uint8),
        rng.integers(0, 2, events).astype(np.uint8),
        label,
    )


@given(start=st.integers(0, 200), steps=st.integers(1, 40), step_ms=st.sampled_from([1, 4, 5]))
def test_without_changes_every_event_is_counted_once(start: int, steps: int, step_ms: int) -> None:
    s = session()
    sample = cut_sample(s, start, steps, step_ms, 32, Augmentation(), np.random.default_rng(0))
    inside = (s.t_ms >= start) & (s.t_ms < start + steps * step_ms)
    assert sample.counts.sum() == inside.sum()
    assert sample.counts.shape == (steps, 2, 32, 32)
    assert sample.counts[:, 1].sum() == s.p[inside].sum()


def test_one_event_lands_in_its_cell() -> None:
    s = Session(*(np.array([v], np.uint8) for v in (7, 41, 90, 1)), np.zeros(20, np.int8))
    sample = cut_sample(s, 0, 4, 5, 32, Augmentation(), np.random.default_rng(0))
    assert np.argwhere(sample.counts).tolist() == [[1, 1, 22, 10]]


def test_mirroring_moves_events_and_labels() -> None:
    one = np.array([1], np.uint8)
    s = Session(one, np.array([2], np.uint8), np.array([60], np.uint8), one, np.full(9, 3, np.int8))
    seen = set()
    for seed in range(20):
        sample = cut_sample(s, 0, 4, 2, 32, Augmentation(mirror=True), np.random.default_rng(seed))
        seen.add((int(np.argwhere(sample.counts)[0, 3]), CLASSES[sample.label[0]]))
    assert seen == {(0, "right_arm_clockwise"), (31, "left_arm_counter_clockwise")}


def test_stretching_time_stretches_the_labels_with_it() -> None:
    change = Augmentation(stretch=(2.0, 2.0))
    sample = cut_sample(session(), 100, 100, 5, 32, change, np.random.default_rng(0))
    # 500 ms of slowed-down film show 250 ms of the session: 200 ms of gesture, then none.
    assert (sample.label[:80] == 3).all()
    assert (sample.label[80:] == NO_GESTURE).all()


def test_dropping_and_noise_change_the_number_of_events_as_told() -> None:
    s, rng = session(events=50_000), np.random.default_rng(0)
    half = cut_sample(s, 0, 80, 5, 32, Augmentation(keep=(0.5, 0.5)), rng)
    assert int(half.counts.sum()) == pytest.approx(25_000, rel=0.05)
    noisy = cut_sample(s, 0, 80, 5, 32, Augmentation(noise_per_ms=(20.0, 20.0)), rng)
    assert int(noisy.counts.sum()) == pytest.approx(50_000 + 8_000, rel=0.03)


def test_width_height_and_slant_move_events_about_the_middle() -> None:
    """An event 20 right and 30 below the middle, each change alone and as far as it goes."""
    s = Session(*(np.array([v], np.uint8) for v in (0, 84, 94, 1)), np.zeros(2, np.int8))

    def reach(change: Augmentation) -> tuple[np.ndarray, np.ndarray]:
        samples = [
            cut_sample(s, 0, 1, 1, 128, change, np.random.default_rng(seed)) for seed in range(300)
        ]
        at = np.array([np.argwhere(sample.counts)[0, 2:] for sample in samples])
        return at.min(0), at.max(0)

    low, high = reach(Augmentation(aspect=1.5))
    assert low == pytest.approx([64 + 30 / 1.5**0.5, 64 + 20 / 1.5**0.5], abs=1.6)
    assert high == pytest.approx([64 + 30 * 1.5**0.5, 64 + 20 * 1.5**0.5], abs=1.6)
    low, high = reach(Augmentation(shear=0.2))
    assert low == pytest.approx([94, 84 - 6], abs=1.6)
    assert high == pytest.approx([94, 84 + 6], abs=1.6)


def test_parts_of_the_image_and_one_polarity_lose_events_as_told() -> None:
    s, rng = session(events=200_000), np.random.default_rng(0)
    faint = Augmentation(faintest=0.2)
    shares = [cut_sample(s, 0, 80, 5, 8, faint, rng).counts.sum((0, 1)) for _ in range(40)]
    whole = cut_sample(s, 0, 80, 5, 8, Augmentation(), rng).counts.sum((0, 1))
    left = np.array(shares) / whole
    assert left.min() >= 0.18
    assert left.max() <= 1.0
    assert left.std((1, 2)).mean() > 0.1  # in one image some parts are fainter than others
    weak = cut_sample(s, 0, 80, 5, 8, Augmentation(weaker=0.25), np.random.default_rng(3))
    by_polarity = weak.counts.sum((0, 2, 3)) / np.bincount(s.p)
    assert by_polarity.max() == 1.0
    assert 0.24 < by_polarity.min() < 0.99


def s_by_polarity(s: Session) -> np.ndarray:
    return np.bincount(s.p, minlength=2)


def test_overlaid_events_add_up_under_the_label_of_the_gesture() -> None:
    label = np.array([3])
    gesture = Sample(np.array([[[[1, 200]]]], np.uint8), label)
    quiet = Sample(np.array([[[[2, 100]]]], np.uint8), np.array([NO_GESTURE]))
    both = overlaid(gesture, quiet)
    assert both.counts.tolist() == [[[[3, 255]]]]
    assert both.counts.dtype == np.uint8
    assert both.label is label


def test_windows_are_overlaid_by_sessions_without_gestures_alone() -> None:
    """One event a millisecond in each, at places of their own."""
    t = np.arange(400, dtype=np.uint16)
    at = {"quiet": 10, "gesture": 90}
    quiet, gesture = (
        Session(t, *(np.full(400, v, np.uint8) for v in (x, x, 1)), np.full(400, label, np.int8))
        for x, label in ((at["quiet"], NO_GESTURE), (at["gesture"], 3))
    )

    def seen(overlay: float) -> set[tuple[bool, bool, bool]]:
        windows = Windows(64, 100, 10, 64, Augmentation(overlay=overlay))
        counts, labels = windows.draw([quiet, gesture], np.random.default_rng(0))
        cells = [counts[:, :, 1, at[name] // 2, at[name] // 2].sum(0) > 0 for name in at]
        return set(zip(*(c.tolist() for c in cells), (labels[0] >= 0).tolist(), strict=True))

    alone = {(True, False, False), (False, True, True)}
    assert seen(0.0) == alone
    assert seen(0.5) == alone | {(True, True, True)}


def test_filtered_rate_of_steady_spikes_is_their_rate() -> None:
    spikes = torch.full((400, 1, 1), 2.0)
    assert filtered_rates(spikes, 5.0, 60.0)[-1].item() == pytest.approx(0.4, rel=1e-4)


def test_weights_leave_out_burn_in_and_soften_changes() -> None:
    labels = torch.full((200, 1), -1)
    labels[100:] = 4
    p = RateLossParameters(burn_in_ms=100, change_ms=50, change_weight=0.2)
    weights = step_weights(labels, 5.0, p)[:, 0]
    assert (weights[:20] == 0).all()
    assert (weights[20:100] == 1).all()
    assert torch.allclose(weights[100:110], torch.tensor(0.2))
    assert (weights[110:] == 1).all()


def test_loss_prefers_the_right_class_and_silence_at_rest() -> None:
    p = RateLossParameters(burn_in_ms=0)
    right = torch.zeros(100, 1, 11)
    right[..., 4] = 3.0
    gesture, rest = torch.full((100, 1), 4), torch.full((100, 1), -1)
    silent = torch.zeros(100, 1, 11)
    assert rate_loss(right, gesture, 5.0, p)[0] < rate_loss(silent, gesture, 5.0, p)[0]
    assert rate_loss(silent, rest, 5.0, p)[0] < rate_loss(right, rest, 5.0, p)[0]


def test_a_gesture_begins_earlier_where_arms_are_on_the_way_to_it() -> None:
    way, rest = ON_THE_WAY, NO_GESTURE
    labels = torch.tensor(
        [[rest, way, way, way, 4, 4, way, way, rest], [way, 2, rest, 3, *[rest] * 5]]
    )
    led = with_lead(labels.T, 10.0, RateLossParameters(lead_ms=20.0)).T
    assert led[0].tolist() == [rest, way, 4, 4, 4, 4, way, way, rest]
    assert led[1].tolist() == [2, 2, rest, 3, *[rest] * 5]
    assert with_lead(labels, 10.0, RateLossParameters()) is labels


def test_imitation_is_cross_entropy_against_the_teacher_after_the_burn_in() -> None:
    p = RateLossParameters(burn_in_ms=10)
    taught = torch.tensor([0.5, 0.25, 0.25]).log().repeat(3, 1, 1)
    taught[0] = torch.tensor([-9.0, 9.0, -9.0])  # the first step is burn-in
    logits = torch.tensor([0.25, 0.5, 0.25]).log().expand(3, 1, 3)
    expected = 0.5 * np.log(4) + 0.25 * np.log(2) + 0.25 * np.log(4)
    assert imitation_loss(logits, taught, 10.0, p).item() == pytest.approx(expected, rel=1e-5)


def test_no_gesture_has_a_constant_logit_behind_the_classes() -> None:
    p = RateLossParameters(tau_ms=60.0, gain=4.0, quiet_rate=0.5)
    logits = rate_logits(torch.full((400, 1, 2), 3.0), 10.0, p)
    assert logits[-1, 0].tolist() == pytest.approx([1.2, 1.2, 2.0], rel=1e-4)


def test_rendered_set_is_kept_and_read_back(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    paths = render_set(tmp_path, "val", 1, 1, lambda done, total: seen.append((done, total)))
    assert seen == [(0, 1), (1, 1)]
    stamp = paths[0].stat().st_mtime_ns
    assert render_set(tmp_path, "val", 1) == paths
    assert paths[0].stat().st_mtime_ns == stamp
    rendered = load_session(paths[0])
    assert len(rendered.t_ms) > 10_000
    assert (np.diff(rendered.t_ms.astype(int)) >= 0).all()
    assert len({int(label) for label in rendered.label} - {NO_GESTURE}) >= 2
    assert rendered.label[0] == NO_GESTURE
    with pytest.raises(ValueError, match="expected a split"):
        render_set(tmp_path, "all", 1)
