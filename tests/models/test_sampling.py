"""Training samples, the folder of rendered sessions, and short training runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from models.data.gestures import CLASSES, NO_GESTURE
from models.data.performer_set import Session, load_session, render_set
from models.data.sampling import Augmentation, cut_sample
from models.learning.rate_loss import RateLossParameters, filtered_rates, rate_loss, step_weights
from models.networks.conv_lif import ConvLifParameters
from models.train import Recipe, Stage, Trainer, draw_batch, learning_rate, validate


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


def test_learning_rate_warms_up_and_falls_to_zero() -> None:
    stage = Stage(steps=100, step_ms=5, batch=1, window_ms=100, learning_rate=1.0, sessions=9)
    values = [learning_rate(stage, step) for step in range(101)]
    assert values[0] < 0.3 < 0.9 < values[6]
    assert values[100] == pytest.approx(0.0)


TINY = Recipe(
    sizes=ConvLifParameters(channels=(4, 4, 4), hidden=8, population=2),
    stages=(
        Stage(steps=4, step_ms=5, batch=2, window_ms=300, learning_rate=1e-3, sessions=9),
        Stage(steps=3, step_ms=1, batch=2, window_ms=60, learning_rate=1e-4, sessions=9),
    ),
    loss=RateLossParameters(burn_in_ms=20, gain=12.0, quiet_rate=0.15),
)
QUIET = replace(TINY, augmentation=Augmentation())


def test_a_killed_run_goes_on_with_the_same_result(tmp_path: Path) -> None:
    data = [session(seed) for seed in range(3)]
    whole = Trainer(TINY, tmp_path / "whole").run(data, lambda p: None)

    class KilledError(Exception):
        pass

    def kill_at_third(progress) -> None:
        if progress.step == 3:
            raise KilledError

    broken = Trainer(TINY, tmp_path / "broken")
    with pytest.raises(KilledError):
        broken.run(data, kill_at_third)
    broken.save()
    resumed = Trainer(TINY, tmp_path / "broken").run(data, lambda p: None)
    for a, b in zip(whole.state_dict().values(), resumed.state_dict().values(), strict=True):
        assert torch.equal(a, b)
    assert all(projection.norm is None for projection, _ in whole.layers())


def test_a_stage_draws_from_its_own_sessions_only(tmp_path: Path) -> None:
    full, empty = session(), replace(session(), t_ms=np.empty(0, np.uint16))
    stage = replace(TINY.stages[0], sessions=1)
    counts, _ = draw_batch([empty, full], stage, QUIET, np.random.default_rng(0))
    assert counts.sum() == 0
    counts, _ = draw_batch([empty, full], replace(stage, sessions=2, batch=16), QUIET,
                           np.random.default_rng(0))  # fmt: skip
    assert counts.sum() > 0


def test_a_run_of_another_recipe_is_refused(tmp_path: Path) -> None:
    Trainer(TINY, tmp_path).save()
    with pytest.raises(ValueError, match="another recipe"):
        Trainer(replace(TINY, seed=9), tmp_path)


def test_training_learns_to_tell_two_streams_apart(tmp_path: Path) -> None:
    """Events at the left are class 1, events at the right class 2: a few steps must suffice."""
    rng, streams = np.random.default_rng(0), []
    for index in range(2):
        n = 20_000
        x = rng.integers(0, 40, n) + 80 * index
        label = np.full(400, 1 + index, np.int8)
        columns = (np.sort(rng.integers(0, 400, n)).astype(np.uint16), x.astype(np.uint8))
        y, p = rng.integers(0, 128, n).astype(np.uint8), rng.integers(0, 2, n).astype(np.uint8)
        streams.append(Session(*columns, y, p, label))
    recipe = replace(
        TINY,
        augmentation=Augmentation(),
        stages=(
            Stage(steps=60, step_ms=5, batch=4, window_ms=400, learning_rate=1e-2, sessions=9),
        ),
        sizes=ConvLifParameters(channels=(8, 8, 8), hidden=16, population=4),
        mean_decay=0.8,
    )
    trainer = Trainer(recipe, tmp_path)
    network = trainer.run(streams, lambda p: None)
    assert validate(network, streams, 5, recipe)["gesture_steps"] > 0.9


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


def test_a_stage_may_ask_for_another_rate_to_beat() -> None:
    stages = (Stage(1, 5, 2, 400, 1e-3, 2), Stage(1, 5, 2, 400, 1e-3, 2, quiet_rate=0.5))
    recipe = Recipe(stages=stages, loss=RateLossParameters(quiet_rate=0.1, gain=7.0))
    first, second = (recipe.loss_of(stage) for stage in stages)
    assert first == recipe.loss
    assert (second.quiet_rate, second.gain) == (0.5, 7.0)
