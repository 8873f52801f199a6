"""The training loop: the same for every system, exact after a stop, unchanged for the default."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numba
import numpy as np
import pytest
import torch

from models.data.gestures import NO_GESTURE
from models.data.performer_set import VARIED_FROM, Session
from models.data.sampling import Augmentation
from models.learning.lessons import LESSONS as LESSON_OF
from models.learning.rate_lesson import RateLesson, RateLessonParameters
from models.learning.rate_loss import RateLossParameters
from models.model_file import DEFAULT_CHECKPOINT
from models.networks.catalogue import FAMILIES, family_of
from models.networks.checkpoint import load_checkpoint
from models.networks.conv_lif import ConvLif, ConvLifParameters
from models.networks.slayer import Slayer
from models.training.deadline import NO_DEADLINE, Deadline, OutOfTimeError
from models.training.recipe import Recipe, Stage
from models.training.recipes import RECIPES
from models.training.train import Progress, Trainer, learning_rate
from models.training.validation import validate
from tests.models.tiny_systems import LESSONS, RATES, SIZES, noise_session, tiny_recipe

TINY = Recipe(
    sizes=ConvLifParameters(channels=(4, 4, 4), hidden=8, population=2),
    stages=(
        Stage(steps=4, step_ms=5, batch=2, window_ms=300, learning_rate=1e-3, sessions=9),
        Stage(steps=3, step_ms=1, batch=2, window_ms=60, learning_rate=1e-4, sessions=9),
    ),
    lesson=RateLessonParameters(RATES),
)


def silent(progress: Progress) -> None:
    pass


class KilledError(Exception):
    pass


def test_the_default_network_learns_what_it_always_did(tmp_path: Path) -> None:
    """Sums of weights and of their magnitudes, by one thread, whose order of adding is its own."""
    before = torch.get_num_threads(), numba.get_num_threads()
    torch.set_num_threads(1)
    numba.set_num_threads(1)
    expected = {
        "projections.0.drive": (-0.00012122824409743771, 0.0005352463849703781),
        "projections.0.op.weight": (0.40021858346881345, 6.255421418638434),
        "projections.1.drive": (0.00011783244553953409, 0.0015673302114009857),
        "projections.1.op.weight": (-0.0575270289555192, 5.249650299549103),
        "projections.2.drive": (-0.0008095877810774255, 0.0008788874738456798),
        "projections.2.op.weight": (0.4024272056267364, 5.357209292749758),
        "projections.3.drive": (-0.0003766424852074124, 0.002528676217480097),
        "projections.3.op.weight": (-0.3214702612385736, 14.425231406472449),
        "projections.4.drive": (-0.005622599692287622, 0.00785299826748087),
        "projections.4.op.weight": (-1.063493794936221, 14.131870814890135),
        "neurons.0.log_tau": (10.961600065231323, 10.961600065231323),
        "neurons.1.log_tau": (13.158167123794556, 13.158167123794556),
        "neurons.2.log_tau": (15.199169158935547, 15.199169158935547),
        "neurons.3.log_tau": (34.07131910324097, 34.07131910324097),
        "neurons.4.log_tau": (74.81381392478943, 74.81381392478943),
    }
    data = [noise_session(seed, events=5000) for seed in range(3)]
    weights = Trainer(TINY, tmp_path).run(data, silent).state_dict()
    torch.set_num_threads(before[0])
    numba.set_num_threads(before[1])
    assert set(weights) == set(expected)
    for name, (total, magnitude) in expected.items():
        value = weights[name].double()
        assert float(value.sum()) == pytest.approx(total, rel=1e-4, abs=1e-6 * magnitude + 1e-9)
        assert float(value.abs().sum()) == pytest.approx(magnitude, rel=1e-5)


def by_muon(recipe: Recipe) -> Recipe:
    return replace(recipe, stages=tuple(replace(s, optimiser="muon") for s in recipe.stages))


@pytest.mark.parametrize(
    "recipe",
    [*map(tiny_recipe, FAMILIES), by_muon(tiny_recipe("conv_lif"))],
    ids=[*FAMILIES, "by muon"],
)
@pytest.mark.parametrize("stop", [(0, 2), (1, 1)], ids=["first stage", "second stage"])
def test_a_killed_run_goes_on_with_the_same_result(
    recipe: Recipe, stop: tuple[int, int], tmp_path: Path
) -> None:
    data = [noise_session(seed) for seed in range(3)]
    whole = Trainer(recipe, tmp_path / "whole").run(data, silent)

    def kill(progress: Progress) -> None:
        if (progress.stage, progress.step) == stop:
            raise KilledError

    broken = Trainer(recipe, tmp_path / "broken")
    with pytest.raises(KilledError):
        broken.run(data, kill)
    broken.save()
    again = Trainer(recipe, tmp_path / "broken")
    assert again.done == broken.done == stop[0] * 4 + stop[1]
    resumed = again.run(data, silent)
    a, b = whole.state_dict(), resumed.state_dict()
    assert a.keys() == b.keys()
    for name, value in a.items():
        assert torch.equal(value, b[name]), name


@pytest.mark.parametrize("system", FAMILIES)
def test_every_stage_is_reported_and_changes_the_network(system: str, tmp_path: Path) -> None:
    recipe, reports, ends = tiny_recipe(system), [], []
    trainer = Trainer(recipe, tmp_path)
    before = [p.detach().clone() for p in trainer.network.parameters()]
    network = trainer.run(
        [noise_session()], reports.append, lambda stage, net: ends.append((stage, net))
    )
    assert [(p.stage, p.step) for p in reports] == [(0, n) for n in range(1, 5)] + [
        (1, n) for n in range(1, 4)
    ]
    assert [p.done for p in reports] == list(range(1, 8))
    assert all(np.isfinite(p.loss) and 0 <= p.accuracy <= 1 for p in reports)
    assert reports[1].learning_rate == learning_rate(recipe.stages[0], 1)
    assert [stage for stage, _ in ends] == list(recipe.stages)
    if system != "conv_lif":  # whose normalisation is folded into other parameters
        after = list(network.parameters())
        assert any(not torch.equal(a, b) for a, b in zip(before, after, strict=True))
    network.finish(5.0)
    lesson = LESSON_OF[system](network, recipe.lesson)
    figures = validate(network, lesson, [noise_session(7)], 1)
    assert all(0 <= share <= 1 for share in figures.values())


def test_the_network_is_prepared_before_it_is_copied(tmp_path: Path) -> None:
    trainer = Trainer(tiny_recipe("slayer"), tmp_path)
    network = trainer.run([noise_session()], silent)
    assert isinstance(network, Slayer)
    assert network.is_scaled


def test_without_averaging_the_last_weights_are_kept(tmp_path: Path) -> None:
    data = [noise_session()]
    plain = Trainer(replace(TINY, mean_decay=None), tmp_path / "plain").run(data, silent)
    # A mean that follows at once is the same.
    at_once = Trainer(replace(TINY, mean_decay=0.0), tmp_path / "at_once").run(data, silent)
    for a, b in zip(plain.state_dict().values(), at_once.state_dict().values(), strict=True):
        torch.testing.assert_close(a, b)


def test_normalisation_is_folded_between_stages(tmp_path: Path) -> None:
    network = Trainer(TINY, tmp_path).run([noise_session()], silent)
    assert isinstance(network, ConvLif)
    assert all(projection.norm is None for projection, _ in network.layers())


def test_a_stage_draws_from_its_own_sessions_only(tmp_path: Path) -> None:
    full, empty = noise_session(), replace(noise_session(), t_ms=np.empty(0, np.uint16))
    quiet = replace(TINY, augmentation=Augmentation())
    counts, _ = quiet.windows_of(replace(TINY.stages[0], batch=16)).draw(
        [empty, full], np.random.default_rng(0)
    )
    assert counts.sum() > 0
    stages = tuple(replace(stage, sessions=1) for stage in TINY.stages)
    both = Trainer(replace(TINY, stages=stages), tmp_path / "a").run([full, empty], silent)
    alone = Trainer(replace(TINY, stages=stages), tmp_path / "b").run([full], silent)
    for a, b in zip(both.state_dict().values(), alone.state_dict().values(), strict=True):
        assert torch.equal(a, b)


def test_a_run_of_another_recipe_is_refused(tmp_path: Path) -> None:
    Trainer(TINY, tmp_path).save()
    with pytest.raises(ValueError, match="another recipe"):
        Trainer(replace(TINY, seed=9), tmp_path)


def test_learning_rate_warms_up_and_falls_to_zero() -> None:
    stage = Stage(steps=100, step_ms=5, batch=1, window_ms=100, learning_rate=1.0, sessions=9)
    values = [learning_rate(stage, step) for step in range(101)]
    assert values[0] < 0.3 < 0.9 < values[6]
    assert values[100] == pytest.approx(0.0)


def test_a_stage_may_have_a_lesson_of_its_own() -> None:
    louder = RateLessonParameters(RateLossParameters(quiet_rate=0.5, gain=7.0))
    stage = Stage(1, 5, 2, 400, 1e-3, 2)
    recipe = Recipe(stages=(stage, replace(stage, lesson=louder)))
    assert recipe.lesson_of(recipe.stages[0]) == recipe.lesson
    assert recipe.lesson_of(recipe.stages[1]) == louder


def test_a_stage_may_have_changes_of_its_own() -> None:
    busy = Augmentation(overlay=0.5)
    stage = Stage(1, 5, 2, 400, 1e-3, 2)
    recipe = Recipe(stages=(stage, replace(stage, augmentation=busy)))
    assert recipe.windows_of(recipe.stages[0]).change == recipe.augmentation
    assert recipe.windows_of(recipe.stages[1]).change == busy


def test_a_stage_may_leave_out_the_ordinary_sessions() -> None:
    sessions = [noise_session(seed) for seed in range(6)]
    stage = Stage(1, 5, 2, 400, 1e-3, sessions=4)
    assert [id(s) for s in stage.pick(sessions)] == [id(s) for s in sessions[:4]]
    one, none = replace(stage, ordinary=1), replace(stage, ordinary=0)
    assert [id(s) for s in one.pick(sessions)] == [id(sessions[i]) for i in (0, 1, 2)]
    assert [id(s) for s in none.pick(sessions)] == [id(sessions[1]), id(sessions[2])]
    assert [id(s) for s in none.pick(sessions[:1])] == [id(sessions[0])]
    assert Recipe(stages=(none,)).with_all_sessions().stages == (stage,)
    late = replace(none, sessions=VARIED_FROM + 3).pick(sessions * (VARIED_FROM // 2))
    assert len(late) == VARIED_FROM * 2 // 3 + 3


def test_a_teacher_is_listened_to_beside_the_labels(tmp_path: Path) -> None:
    sizes = replace(TINY.sizes, side=64, stem=(7, 4))
    stage = replace(TINY.stages[0], learning_rate=1e-2)
    data = [noise_session(events=40_000)]
    alone, taught = (
        Trainer(replace(TINY, sizes=sizes, stages=(one,)), tmp_path / name).run(data, silent)
        for name, one in (("alone", stage), ("taught", replace(stage, teacher="small.safetensors")))
    )
    other = dict(taught.named_parameters())
    assert any(not torch.equal(w, other[name]) for name, w in alone.named_parameters())


def test_a_teacher_must_fit() -> None:
    lesson = RateLesson(ConvLif(TINY.sizes), TINY.lesson)
    with pytest.raises(ValueError, match="input side of 32"):
        lesson.listen(ConvLif(replace(TINY.sizes, side=64)))
    decolle = family_of("decolle")
    pupil = decolle.network(SIZES["decolle"])
    with pytest.raises(ValueError, match="taught by another"):
        LESSON_OF["decolle"](pupil, LESSONS["decolle"]).listen(pupil)


def test_a_network_grows_between_stages_and_after_a_stop(tmp_path: Path) -> None:
    longer = replace(TINY.sizes, delays_ms=((0,), (0,), (0,), (0, 5), (0, 10, 20)))
    stage = replace(TINY.stages[0], learning_rate=1e-2)
    stages = (replace(stage, sizes=TINY.sizes), replace(stage, blend=0.5))
    recipe = replace(TINY, sizes=longer, stages=stages)
    data = [noise_session(events=20_000)]
    whole = Trainer(recipe, tmp_path / "whole").run(data, silent)
    assert whole.sizes == longer
    added = whole.state_dict()["projections.4.op.weight"][:, TINY.sizes.hidden :]
    assert (added != 0).any()  # the new synapses have learnt something

    def kill(progress: Progress) -> None:
        if (progress.stage, progress.step) == (1, 2):
            raise KilledError

    broken = Trainer(recipe, tmp_path / "broken")
    with pytest.raises(KilledError):
        broken.run(data, kill)
    broken.save()
    resumed = Trainer(recipe, tmp_path / "broken").run(data, silent)
    for a, b in zip(whole.state_dict().values(), resumed.state_dict().values(), strict=True):
        assert torch.equal(a, b)


def test_a_blend_lies_between_what_a_stage_began_and_ended_with(tmp_path: Path) -> None:
    def weights(blend: float) -> dict[str, torch.Tensor]:
        stages = (TINY.stages[0], replace(TINY.stages[0], learning_rate=1e-2, blend=blend))
        recipe = replace(TINY, stages=stages)
        return Trainer(recipe, tmp_path / str(blend)).run([noise_session()], silent).state_dict()

    begun, ended, between = weights(0.0), weights(1.0), weights(0.25)
    assert any(not torch.equal(value, ended[name]) for name, value in begun.items())
    for name, value in between.items():
        torch.testing.assert_close(value, 0.75 * begun[name] + 0.25 * ended[name])


def test_a_system_that_cannot_grow_says_so(tmp_path: Path) -> None:
    recipe = tiny_recipe("slayer")
    other = replace(recipe.sizes, side=2 * recipe.sizes.side)
    stages = (recipe.stages[0], replace(recipe.stages[1], sizes=other))
    with pytest.raises(ValueError, match="stages of equal sizes"):
        Trainer(replace(recipe, stages=stages), tmp_path).run([noise_session()], silent)


def side_sessions() -> list[Session]:
    """Events at the left are class 1, events at the right class 2."""
    rng, streams, n = np.random.default_rng(0), [], 20_000
    for index in range(2):
        x = rng.integers(0, 40, n) + 80 * index
        label = np.full(400, 1 + index, np.int8)
        columns = (np.sort(rng.integers(0, 400, n)).astype(np.uint16), x.astype(np.uint8))
        y, p = rng.integers(0, 128, n).astype(np.uint8), rng.integers(0, 2, n).astype(np.uint8)
        streams.append(Session(*columns, y, p, label))
    return streams


def test_training_learns_to_tell_two_streams_apart(tmp_path: Path) -> None:
    recipe = replace(
        TINY,
        augmentation=Augmentation(),
        stages=(Stage(60, 5, batch=4, window_ms=400, learning_rate=1e-2, sessions=9),),
        sizes=ConvLifParameters(channels=(8, 8, 8), hidden=16, population=4),
        mean_decay=0.8,
    )
    network = Trainer(recipe, tmp_path).run(side_sessions(), silent)
    lesson = LESSON_OF["conv_lif"](network, recipe.lesson)
    assert validate(network, lesson, side_sessions(), 5)["gesture_steps"] > 0.9


def test_eedn_is_validated_alike_in_steps_of_any_length(tmp_path: Path) -> None:
    """It fires or does not however long a step is, so counts of spikes alone would mislead."""
    recipe = replace(
        tiny_recipe("eedn"),
        augmentation=Augmentation(),
        stages=(Stage(60, 5, batch=8, window_ms=300, learning_rate=2e-2, sessions=9),),
        mean_decay=0.8,
    )
    network = Trainer(recipe, tmp_path).run(side_sessions(), silent)
    network.finish(5.0)
    lesson = LESSON_OF["eedn"](network, recipe.lesson)
    for step_ms in (1, 5, 10):
        assert validate(network, lesson, side_sessions(), step_ms)["gesture_steps"] > 0.9


def test_validation_asks_for_gestures_and_rest_apart() -> None:
    network = family_of("conv_lif").network(TINY.sizes)
    network.finish(5.0)

    class AlwaysThree:
        def answers(self, output: torch.Tensor, dt_ms: float) -> torch.Tensor:
            return torch.full(output.shape[:2], 3)

    session = replace(noise_session(length_ms=2000), label=np.full(2000, NO_GESTURE, np.int8))
    session.label[500:1000] = 3
    session.label[1500:] = 4
    # Each gesture has 200 ms left from 300 ms after its start on; one of the two is right.
    figures = validate(network, AlwaysThree(), [session], 5)
    assert figures["gesture_steps"] == pytest.approx(0.5, abs=0.01)
    assert figures["rest_steps"] == 0.0


ALL = [(system, name) for system, recipes in RECIPES.items() for name in recipes]


@pytest.mark.parametrize(("system", "name"), ALL)
def test_recipes_fit_their_systems(system: str, name: str) -> None:
    recipe = RECIPES[system][name]
    assert recipe.system == {"default": "conv_lif"}.get(system, system)
    with torch.device("meta"):
        network = family_of(recipe.system).network(recipe.sizes)
    for stage in recipe.stages:
        assert stage.window_ms % stage.step_ms == 0
        lesson = LESSON_OF[recipe.system](network, recipe.lesson_of(stage))
        assert lesson._parameters == recipe.lesson_of(stage)


def short(recipe: Recipe) -> Recipe:
    """One step of every stage, on two windows."""
    stages = tuple(replace(stage, steps=1, batch=2) for stage in recipe.stages)
    return replace(recipe, stages=stages)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("system", "name"), [k for k in ALL if k != ("default", "default")])
def test_whole_recipes_train_a_step_and_stream(system: str, name: str, tmp_path: Path) -> None:
    recipe = short(RECIPES[system][name])
    data = [noise_session(seed, length_ms=2000, events=100_000) for seed in range(2)]
    network = Trainer(recipe, tmp_path).run(data, silent)
    network.finish(float(recipe.stages[-1].step_ms))
    plan, side = network.plan(1.0), recipe.sizes.side
    x = torch.poisson(torch.full((50, 2, side, side), 0.02))
    spikes, state = network.stream(x, None, plan)
    assert len(spikes) == len(network.layer_names)
    assert spikes[-1].shape[0] == 50
    network.stream(x, network.decay(state, 20.0, 1.0), plan)


def test_a_recipe_may_go_on_from_a_bundled_model(tmp_path: Path) -> None:
    people = RECIPES["default"]["people"]
    weights = Trainer(people, tmp_path / "people").network.state_dict()
    bundled, _ = load_checkpoint(DEFAULT_CHECKPOINT)
    for name, value in bundled.state_dict().items():
        begin = weights[name][tuple(slice(side) for side in value.shape)]
        assert torch.equal(begin, value) or value.dim() > 1
    assert torch.equal(weights["projections.0.op.weight"], bundled.projections[0].op.weight)
    with pytest.raises(ValueError, match="with more neurons or delays"):
        Trainer(replace(TINY, start=DEFAULT_CHECKPOINT.name), tmp_path / "tiny")


def test_a_run_in_pieces_is_the_run_in_one(tmp_path: Path) -> None:
    data = [noise_session(seed) for seed in range(3)]
    whole = Trainer(TINY, tmp_path / "whole").run(data, silent).state_dict()
    pieces = 0
    while True:
        late = Deadline.after(0.0)
        trainer = Trainer(TINY, tmp_path / "pieces", deadline=late)
        try:
            weights = trainer.run(data, silent).state_dict()
            break
        except OutOfTimeError:
            pieces += 1
            assert trainer.done == pieces
    assert pieces == sum(stage.steps for stage in TINY.stages)
    assert all(torch.equal(value, weights[name]) for name, value in whole.items())


def test_windows_drawn_on_the_device_teach_and_go_on_alike(tmp_path: Path) -> None:
    data = [noise_session(seed) for seed in range(3)]

    def trainer(name: str, deadline: Deadline = NO_DEADLINE) -> Trainer:
        return Trainer(TINY, tmp_path / name, deadline=deadline, draws_on_device=True)

    whole = trainer("whole").run(data, silent).state_dict()
    with pytest.raises(OutOfTimeError):
        trainer("pieces", Deadline.after(0.0)).run(data, silent)
    again = trainer("pieces").run(data, silent).state_dict()
    assert all(torch.equal(value, again[name]) for name, value in whole.items())
    elsewhere = Trainer(TINY, tmp_path / "elsewhere").run(data, silent).state_dict()
    assert not torch.equal(whole["projections.4.op.weight"], elsewhere["projections.4.op.weight"])
