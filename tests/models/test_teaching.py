"""The read-out learns by a local rule; what it knew before stays."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import torch

from models.engine.session import EngineSession
from models.live import open_network
from models.model_file import DEFAULT_CHECKPOINT, Weights, load_model, save_model
from models.spec import ModelError, ModelSpec, TickEvents
from models.teaching.lesson import Shown, class_spikes, spikes_of
from models.teaching.rehearsal import load_rehearsal, save_rehearsal
from models.teaching.rule import NOT_JUDGED, ReadOut, Rule, State, class_errors, correct
from models.teaching.taught import (
    check_teachable,
    delays_of,
    forget,
    read_out_of,
    renamed,
    teach,
    told_apart,
)

DELAYS = (0, 3)
SETTLED_TICKS = 600


def few(rng: np.random.Generator, ticks: int = 60, hidden: int = 5) -> np.ndarray:
    return (rng.random((ticks, hidden)) < 0.3).astype(np.uint8)


def small_read_out(rng: np.random.Generator) -> ReadOut:
    weights = rng.normal(0.1, 0.2, (len(DELAYS) * 5 + 1, 4)).astype(np.float32)
    return ReadOut(weights, np.array([0.9, 0.8, 0.95, 0.7], np.float32), np.array([0, 0, 1, 1]))


def test_one_step_by_hand() -> None:
    """One input, one neuron of one class: rate 0, so its share is 1 / (1 + e^(8 0.3))."""
    read_out = ReadOut(
        np.array([[0.5], [0.0]], np.float32), np.array([0.5], np.float32), np.array([0])
    )
    correction = np.zeros((2, 1), np.float32)
    spikes = spikes_of(np.ones((1, 1), np.uint8), (0,))
    state = State.empty(read_out, 1)
    others = np.zeros((1, 1), np.int32)
    correct(read_out, Rule.of(1.0), state, spikes, 0, 0, np.array([0]), others, correction)
    error = 1 / (1 + np.exp(8 * 0.3)) - 1
    slope = 1 / (1 + 2 * abs(0.5 - 1)) ** 2
    assert correction[:, 0] == pytest.approx([error * slope * 1, error * slope * 1])
    assert state.traces[:, 0].tolist() == [1.0, 1.0]


@pytest.mark.parametrize("chunk", [60, 25, 1])
def test_the_rule_is_the_gradient_of_the_local_loss(chunk: int) -> None:
    """Autograd of the same loss in which neither resets nor rates lead back in time."""
    rng = np.random.default_rng(1)
    read_out, hidden, rule = small_read_out(rng), few(rng), Rule.of(1.0)
    labels = rng.integers(-2, 2, len(hidden))
    correction, state = np.zeros_like(read_out.weights), State.empty(read_out, 2)
    others = np.zeros((len(hidden), 2), np.int32)
    for first in range(0, len(hidden), chunk):
        now = slice(first, first + chunk)
        correct(
            read_out, rule, state, spikes_of(hidden, DELAYS), 0, first, labels[now], others[now],
            correction,
        )  # fmt: skip
    assert correction == pytest.approx(by_autograd(read_out, hidden, labels, rule), abs=2e-4)


def by_autograd(
    read_out: ReadOut, hidden: np.ndarray, labels: np.ndarray, rule: Rule
) -> np.ndarray:
    weights = torch.tensor(read_out.weights, requires_grad=True)
    inputs = np.zeros((len(hidden), 11), np.float32)
    inputs[:, :5], inputs[3:, 5:10], inputs[:, 10] = hidden, hidden[:-3], 1
    decay, v, rates = torch.tensor(read_out.decay), torch.zeros(4), np.zeros(2, np.float32)
    loss = torch.zeros(())
    for t, label in enumerate(labels):
        u = v * decay + torch.tensor(inputs[t]) @ weights
        fired = (u >= 1).float().detach()
        v = u - fired
        counts = np.array([fired[:2].sum(), fired[2:].sum()])
        rates = rule.keep * rates + (1 - rule.keep) * counts
        errors = np.zeros(2, np.float32)
        class_errors(rates.astype(np.float32), label, rule, errors)
        slope = 1 / (1 + rule.slope * (u.detach() - 1).abs()) ** 2
        loss = loss + (torch.tensor(np.repeat(errors, 2)) * slope * u).sum()
    loss.backward()
    assert weights.grad is not None
    return weights.grad.numpy()


def test_errors_are_those_of_the_training_loss() -> None:
    rates = torch.tensor([0.4, 0.1], requires_grad=True)
    logits = 8 * torch.cat([rates, torch.tensor([0.3])])
    torch.nn.functional.cross_entropy(logits[None], torch.tensor([1])).backward()
    errors = np.zeros(2, np.float32)
    class_errors(np.array([0.4, 0.1], np.float32), 1, Rule.of(1.0), errors)
    assert rates.grad is not None
    assert 8 * errors == pytest.approx(rates.grad.numpy(), abs=1e-5)
    class_errors(np.array([0.4, 0.1], np.float32), NOT_JUDGED, Rule.of(1.0), errors)
    assert not errors.any()


@pytest.fixture(scope="module")
def lesson():
    """The bundled network taught what a handful of its hidden neurons fire at."""
    spec, weights = load_model(DEFAULT_CHECKPOINT)
    rng = np.random.default_rng(2)
    shown = np.zeros((3000, 2 * spec.parameters["hidden"]), np.uint8)
    shown[:, ::16] = rng.random((3000, shown.shape[1] // 16)) < 0.1
    other = np.zeros((3000, spec.parameters["hidden"]), np.uint8)
    other[:, 5::16] = rng.random((3000, 16)) < 0.1
    rehearsal = [Shown(other, np.full(3000, -1))]
    told: list[float] = []
    wider, learnt = teach(spec, weights, "salute", shown, rehearsal, told.append)
    return spec, weights, wider, learnt, shown, other, told


def won_ticks(spec: ModelSpec, weights: Weights, hidden: np.ndarray) -> np.ndarray:
    """Which class has more spikes than any other, tick by tick, both looks: (T, C)."""
    width, twins = spec.parameters["hidden"], list(spec.mirror)
    one, other = (
        class_spikes(read_out_of(spec, weights), part, delays_of(spec), len(spec.classes))
        for part in (hidden[:, :width], hidden[:, width:])
    )
    total = one + other[:, twins]
    return (total == total.max(1, keepdims=True)) & (
        np.sort(total)[:, -1:] > np.sort(total)[:, -2:-1]
    )


def lately(won: np.ndarray) -> np.ndarray:
    """What was won in the last 80 ticks, once the longest delay is over."""
    sums = np.cumsum(won, 0)
    return (sums[80:] - sums[:-80])[SETTLED_TICKS:]


def test_what_was_taught_is_told_apart(lesson) -> None:
    _, _, wider, learnt, shown, other, told = lesson
    votes = lately(won_ticks(wider, learnt, shown))
    assert np.mean(votes[:, 11] > votes[:, :11].max(1)) > 0.99
    assert told_apart(wider, learnt, np.concatenate([other, other], 1), 11) == 0.0
    ours = class_spikes(read_out_of(wider, learnt), other, delays_of(wider), 12)[:, 11]
    assert ours.mean() < 0.05
    assert told[-1] == 1.0
    assert told == sorted(told)


def test_forgetting_gives_back_the_network_bit_for_bit(lesson) -> None:
    spec, weights, wider, learnt, *_ = lesson
    named = renamed(wider, "salute", "bow")
    assert named.taught == ("bow",)
    again, same = forget(named, learnt, "bow")
    assert again.classes == spec.classes
    assert again.mirror == spec.mirror
    assert again.parameters == spec.parameters
    assert same.keys() == weights.keys()
    assert all(same[n].tobytes() == weights[n].tobytes() for n in weights)
    with pytest.raises(ModelError, match="taught"):
        forget(wider, learnt, "air_drums")


def test_a_saved_one_runs_and_says_the_same_of_what_was_known(lesson, tmp_path: Path) -> None:
    spec, _, wider, learnt, *_ = lesson
    save_model(tmp_path / "mine.safetensors", wider, learnt)
    network = open_network(tmp_path / "mine.safetensors")
    assert network.spec.classes == (*spec.classes, "salute")
    rng = np.random.default_rng(3)
    places = rng.integers(0, 2 * 64 * 64, 6000).astype(np.int32)
    ticks = TickEvents(np.arange(0, 6001, 60), places, (2, 64, 64))
    known = open_network().run(ticks)
    assert np.array_equal(network.run(ticks).output[:, :11], known.output)


def test_what_it_hears_is_what_the_engine_hears(lesson) -> None:
    spec, weights, *_ = lesson
    rng = np.random.default_rng(4)
    places = rng.integers(0, 2 * 64 * 64, 60_000).astype(np.int32)
    run = EngineSession(spec, weights).run(
        TickEvents(np.arange(0, 60_001, 75), places, (2, 64, 64))
    )
    hidden = run.layers[-2].spikes
    assert hidden.any()
    ours = class_spikes(read_out_of(spec, weights), hidden, delays_of(spec), 11)
    assert np.mean(ours == run.output) > 0.999  # but for the order of one sum


@pytest.mark.parametrize("name", ["", " ", "Air_Drums", "Arm-roll", "x" * 41, "a\nb"])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    spec, _ = load_model(DEFAULT_CHECKPOINT)
    with pytest.raises(ModelError, match="name"):
        check_teachable(spec, name)


def test_a_rehearsal_is_kept_and_belongs_to_its_network(tmp_path: Path) -> None:
    spec, weights = load_model(DEFAULT_CHECKPOINT)
    hidden = few(np.random.default_rng(5), 100, spec.parameters["hidden"])
    looks = [Shown(hidden, np.full(100, 3)), Shown(hidden[:40], np.full(40, -2))]
    save_rehearsal(tmp_path / "r.npz", weights, looks)
    back = load_rehearsal(tmp_path / "r.npz", weights)
    for one, other in zip(looks, back, strict=True):
        assert np.array_equal(one.hidden, other.hidden)
        assert np.array_equal(one.labels, other.labels)
    changed = {**weights, "projections.0.drive": weights["projections.0.drive"] + 1}
    with pytest.raises(ModelError, match="another"):
        load_rehearsal(tmp_path / "r.npz", changed)


def test_a_damaged_rehearsal_is_a_sentence(tmp_path: Path) -> None:
    spec, weights = load_model(DEFAULT_CHECKPOINT)
    path = tmp_path / "r.npz"
    hidden = few(np.random.default_rng(5), 100, spec.parameters["hidden"])
    save_rehearsal(path, weights, [Shown(hidden, np.full(100, 3))])
    whole = path.read_bytes()
    spoilt = [bytes(whole[:place]) for place in range(0, len(whole), 97)]
    for place in range(0, len(whole), 41):
        spoilt.append(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
    for content in (b"nothing", *spoilt):
        path.write_bytes(content)
        # Not every byte of an archive says something.
        with suppress(ModelError):
            assert len(load_rehearsal(path, weights)) == 1
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match="expected what a network rehearses"):
        load_rehearsal(path, weights)
