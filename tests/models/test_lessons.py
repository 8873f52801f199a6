"""What lessons of all systems have in common: answers at any step length, lower precision."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from models.data.gestures import CLASSES, NO_GESTURE
from models.learning.clip_loss import C3dLesson, C3dLossParameters
from models.learning.eedn_lesson import EednLesson, EednLossParameters
from models.learning.lesson import Lesson
from models.learning.local_loss import DecolleLesson, DecolleLossParameters
from models.learning.rate_lesson import RateLesson, RateLessonParameters
from models.learning.spike_count_loss import SlayerLesson, SlayerLossParameters
from models.networks.conv_lif import ConvLif
from tests.models.test_session import (
    make_c3d,
    make_decolle,
    make_eedn,
    make_slayer,
    random_counts,
)
from tests.models.tiny_systems import SIZES

LESSONS: dict[str, Callable[[], Lesson]] = {
    "conv_lif": lambda: RateLesson(ConvLif(SIZES["conv_lif"]), RateLessonParameters()),
    "eedn": lambda: EednLesson(make_eedn(), EednLossParameters()),
    "slayer": lambda: SlayerLesson(make_slayer(), SlayerLossParameters()),
    "decolle": lambda: DecolleLesson(make_decolle(), DecolleLossParameters()),
    "c3d": lambda: C3dLesson(make_c3d(), C3dLossParameters()),
}
POPULATIONS = {"conv_lif": 2, "eedn": 8}
# Spikes of each neuron per ms of a class that is shown.
RATES = {"conv_lif": 0.4, "eedn": 0.4, "slayer": 0.1, "decolle": 1.0, "c3d": 1.0}
# Networks whose neurons fire or do not, however long a step is.
BINARY = ("eedn", "decolle", "c3d")


@pytest.mark.parametrize("dt_ms", [1, 5, 10])
@pytest.mark.parametrize("system", LESSONS)
def test_answers_mean_the_same_at_steps_of_any_length(system: str, dt_ms: int) -> None:
    """Half a second of class 3, then half a second of silence."""
    steps, population = 500 // dt_ms, POPULATIONS.get(system, 1)
    output = torch.zeros(2 * steps, 1, len(CLASSES), population)
    if system == "eedn":  # a share of the neurons fires in every step
        output[:steps, :, 3, : round(RATES["eedn"] * population)] = 1.0
    elif system in BINARY:
        output[:steps, :, 3] = 1.0
    else:
        due = torch.arange(1, steps + 1) * dt_ms * RATES[system]
        output[:steps, 0, 3] = due.floor().diff(prepend=torch.zeros(1))[:, None]
    answers = LESSONS[system]().answers(output.flatten(2), float(dt_ms))[:, 0]
    settled = 200 // dt_ms
    assert answers.shape == (2 * steps,)
    assert (answers[settled:steps] == 3).float().mean() > 0.95
    assert (answers[steps + settled :] == NO_GESTURE).all()


@pytest.mark.parametrize("system", LESSONS)
def test_lower_precision_ends_at_the_synapses(system: str) -> None:
    """What neurons compute is float32, so spikes are nearly those of full precision."""
    torch.manual_seed(0)
    lesson = LESSONS[system]()
    network = lesson._network
    side, dt_ms = network.sizes.side, 10.0
    counts = random_counts(64, side, 2)
    labels = torch.randint(NO_GESTURE, len(CLASSES), (64, 2))
    with torch.autocast("cpu", torch.bfloat16):
        update = next(lesson.updates(network, counts, labels, dt_ms))
    assert update.loss.dtype == torch.float32
    update.loss.backward()
    grads = [p.grad for p in network.parameters() if p.grad is not None]
    assert grads
    assert all(g.dtype == torch.float32 and g.isfinite().all() for g in grads)
    network.eval()
    with torch.no_grad():
        full, _ = network(counts, None, dt_ms)
        with torch.autocast("cpu", torch.bfloat16):
            low, _ = network(counts, None, dt_ms)
    for a, b in zip(full[:-1], low[:-1], strict=True):
        assert b.dtype == torch.float32
        assert (a != b).float().mean() < 0.05
