"""Made data sets: layout, split, resuming, and people who stay themselves in every light."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import numpy as np
import pytest

from models.data.dvs_gesture import making
from models.data.dvs_gesture.clips import DvsGesture
from models.data.dvs_gesture.findings import DataSetError
from models.data.dvs_gesture.making import Plan, make_data_set, perform_trial
from models.data.dvs_gesture.survey import survey
from models.data.performer import Label, Performance, Performer
from tests.models.dvs_sets import noise

Asked = list[tuple[int, str, bool, float]]


@pytest.fixture
def quick_actor(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """A performer of noise; the list says what it was asked for."""
    asked: Asked = []

    def act(seed: int, lighting: str, reserved: bool, gesture_s: float) -> Performance:
        asked.append((seed, lighting, reserved, gesture_s))
        labels = [
            Label(name, 80_000 * i, 80_000 * i + 60_000) for i, name in enumerate(making.PROGRAMME)
        ]
        events = noise(1000, 0, 1_000_000, seed)
        return Performance(events, tuple(labels), 128, 128)

    monkeypatch.setattr(making, "perform_trial", act)
    return asked


@pytest.mark.parametrize(("people", "test"), [(2, 1), (5, 1), (10, 2), (29, 6)])
def test_the_last_fifth_of_the_people_is_for_the_test(people: int, test: int) -> None:
    assert people - Plan(people).first_test_person + 1 == test


def test_a_made_set_is_like_the_original(quick_actor: Asked, tmp_path: Path) -> None:
    plan = Plan(people=6, lightings=2, gesture_s=0.5, seed=3)
    steps: list[tuple[int, int]] = []
    make_data_set(tmp_path, plan, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(done, 12) for done in range(13)]
    found = survey(tmp_path)
    assert found.findings == ()
    assert sum(len(summary.labels) for summary in found.summaries) == 12 * 12
    served = DvsGesture(tmp_path, tmp_path / "cache")
    assert [trial.name for trial in served.trials_of("test")] == [
        "user06_fluorescent",
        "user06_fluorescent_led",
    ]
    assert [reserved for _, _, reserved, _ in quick_actor] == [False] * 10 + [True] * 2
    # One seed, so one body, for a person in all lights.
    assert len({seed for seed, *_ in quick_actor}) == 6
    assert {name for _, name, *_ in quick_actor} == {"fluorescent", "fluorescent_led"}


def test_making_goes_on_where_it_stopped(quick_actor: Asked, tmp_path: Path) -> None:
    plan = Plan(people=2, lightings=2)
    make_data_set(tmp_path, plan)
    (tmp_path / "user02_fluorescent.aedat").unlink()
    (sentence,) = [problem.sentence for problem in survey(tmp_path).problems]
    assert sentence.endswith("; run dataset make again")
    quick_actor.clear()
    make_data_set(tmp_path, plan)
    assert [(lighting, reserved) for _, lighting, reserved, _ in quick_actor] == [
        ("fluorescent", True)
    ]
    assert not survey(tmp_path).findings


def test_an_interrupted_recording_is_not_taken_for_whole(
    quick_actor: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(path: Path, events: np.ndarray) -> None:
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    plan = Plan(people=2, lightings=1)
    with monkeypatch.context() as patch:
        patch.setattr(making, "write_aedat3", half)
        with pytest.raises(KeyboardInterrupt):
            make_data_set(tmp_path, plan)
    assert not list(tmp_path.glob("*.aedat"))
    make_data_set(tmp_path, plan)
    assert not survey(tmp_path).findings


class DyingPool:
    """A pool whose first worker is killed."""

    def __init__(self, *_: object) -> None: ...

    def submit(self, *_: object) -> Future[None]:
        job: Future[None] = Future()
        job.set_exception(BrokenProcessPool())
        return job

    def shutdown(self, *, cancel_futures: bool) -> None: ...


def test_a_worker_that_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.data.side_by_side.ProcessPoolExecutor", DyingPool)
    with pytest.raises(DataSetError, match=r"is not finished, .*; run dataset make again"):
        make_data_set(tmp_path, Plan(people=2), workers=2)


def test_other_options_need_another_folder(quick_actor: Asked, tmp_path: Path) -> None:
    make_data_set(tmp_path, Plan(people=2, lightings=1))
    with pytest.raises(DataSetError, match=r"made\.json tells of a data set made with other"):
        make_data_set(tmp_path, Plan(people=3, lightings=1))


def test_a_real_data_set_is_left_alone(quick_actor: Asked, tmp_path: Path) -> None:
    (tmp_path / "trials_to_train.txt").write_text("user01_led.aedat\n")
    with pytest.raises(DataSetError, match="holds recordings already; give another folder"):
        make_data_set(tmp_path, Plan(people=2))
    assert [path.name for path in tmp_path.iterdir()] == ["trials_to_train.txt"]


@pytest.mark.parametrize(
    "numbers", [{"people": 1}, {"lightings": 6}, {"gesture_s": 0.1}, {"gesture_s": float("nan")}]
)
def test_plans_that_cannot_be(numbers: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="expected"):
        Plan(**numbers)  # type: ignore[arg-type]


def test_the_real_performer_moves_anew_in_every_light() -> None:
    first, again, other = (
        perform_trial(7, lighting, False, 0.5, ("right_hand_wave",))
        for lighting in ("led", "led", "natural")
    )
    assert np.array_equal(first.events, again.events)
    assert first.labels == again.labels != other.labels
    assert len(first.events) > 1000
    assert (first.width, first.height) == (128, 128)
    assert (np.diff(first.events["t"]) >= 0).all()
    (label,) = first.labels
    assert label.gesture == "right_hand_wave"
    assert 0 < label.start_us < label.end_us < first.events["t"][-1]
    assert 0.4e6 <= label.end_us - label.start_us <= 0.6e6


def test_what_is_drawn_first_is_not_the_same_in_every_light(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Body and place stay, the light and the dice do not."""
    drawn = []

    def note(performer: Performer, *_: object) -> list[np.ndarray]:
        drawn.append(
            (performer.body, performer.scene, performer.draw("arm_roll").right(np.arange(3.0)))
        )
        return []

    monkeypatch.setattr(Performer, "play", note)
    for lighting in ("led", "natural"):
        perform_trial(7, lighting, False, 0.5, ())
    (body, scene, wrist), (other_body, other_scene, other_wrist) = drawn
    assert body == other_body
    assert (scene.camera, scene.place) == (other_scene.camera, other_scene.place)
    assert scene.light.level != other_scene.light.level
    assert not np.array_equal(wrist.wrist, other_wrist.wrist)
