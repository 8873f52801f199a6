"""``evaluate``: on labelled recordings, on synthetic sessions, and on bad folders."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from app.commands.cli import cli
from app.commands.errors import OurFault
from app.commands.evaluate import judging
from app.commands.measuring.evaluate_cost import Cost, MeteredNetwork, Work, cost_of
from app.commands.measuring.evaluate_report import Judged, report
from app.events import EVENT_DTYPE, Resolution
from app.settings import Settings
from app.sources.formats.aedat4 import Aedat4Writer
from models.data.gestures import CLASSES
from models.measuring.scores import Outcome, Quiet
from models.spec import LayerSpikes, ModelSpec, TickEvents, TickOutput
from tests.commands.conftest import FaultyNetwork, SideNetwork, Type, assert_fault_of_ours
from tests.commands.test_train import write_sessions

HEADER = "class,startTime_usec,endTime_usec\n"
SPEC = ModelSpec("known", "none", CLASSES, (2, 8, 8))
PNG_START = b"\x89PNG\r\n\x1a\n"


class ArmRollNetwork(SideNetwork):
    """Sees arm roll in everything: 3 spikes and 50 operations a tick."""

    spec = SPEC
    seen = "arm_roll"

    def run(self, ticks: TickEvents) -> TickOutput:
        output = np.zeros((len(ticks), len(self.spec.classes)), np.int32)
        output[:, self.spec.classes.index(self.seen)] = 1
        layers = (
            LayerSpikes("hidden", np.tile(np.uint8([1, 0, 1]), (len(ticks), 1))),
            LayerSpikes("output", output.astype(np.uint8)),
        )
        return TickOutput(output, layers, np.full(len(ticks), 50, np.int64))


@pytest.fixture
def arm_roll_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.live.open_network", lambda path, **_: ArmRollNetwork())


@pytest.fixture
def faulty_network(monkeypatch: pytest.MonkeyPatch) -> None:
    network = FaultyNetwork()
    network.spec = SPEC
    monkeypatch.setattr("models.live.open_network", lambda path, **_: network)


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["evaluate", *words])
    return result.exit_code, result.stdout, result.stderr


def write_recording(path: Path, seconds: float = 0.5, start_us: int = 5_000_000) -> None:
    rng, n = np.random.default_rng(0), int(30_000 * seconds)
    events = np.zeros(n, EVENT_DTYPE)
    events["t"] = np.sort(rng.integers(0, int(seconds * 1e6), n)) + start_us
    events["x"], events["y"] = rng.integers(0, 128, (2, n))
    events["p"] = rng.integers(0, 2, n)
    with Aedat4Writer(path, Resolution(128, 128)) as writer:
        writer.write(events)


def test_folder_of_labelled_recordings(tmp_path: Path) -> None:
    write_recording(tmp_path / "a.aedat4")
    write_recording(tmp_path / "unlabelled.aedat4")
    (tmp_path / "a_labels.csv").write_text(HEADER + "4,5000000,5200000\n8,5200000,5500000\n")
    code, out, err = run(str(tmp_path), "--json")
    assert code == 0, err
    record = json.loads(out)
    assert record["clips"] == 2
    rows = {name: sum(row.values()) for name, row in record["confusion"].items()}
    assert {name: n for name, n in rows.items() if n} == {"right_arm_clockwise": 1, "arm_roll": 1}


def test_table_names_every_class(tmp_path: Path) -> None:
    write_recording(tmp_path / "a.aedat4")
    (tmp_path / "a_labels.csv").write_text(HEADER + "4,5000000,5400000\n")
    code, out, _ = run(str(tmp_path))
    assert code == 0
    assert "clip accuracy" in out
    assert "left arm counter clockwise" in out


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ("gesture,start,end\n1,2,3\n", "does not begin with class,startTime_usec"),
        (HEADER + "1,2\n", "three whole numbers in row 1"),
        (HEADER + "1,2,x\n", "three whole numbers in row 1"),
        (HEADER + "12,5,9\n", "has class 12 in row 1, where 1..11"),
        (HEADER + "1,9,5\n", "that ends before it starts"),
    ],
)
def test_wrong_labels_get_a_sentence(tmp_path: Path, labels: str, sentence: str) -> None:
    write_recording(tmp_path / "a.aedat4", 0.05)
    (tmp_path / "a_labels.csv").write_text(labels)
    code, _, err = run(str(tmp_path))
    assert code == 2
    assert sentence in err


def test_labels_from_a_spreadsheet_and_files_of_macos(
    arm_roll_network: None, tmp_path: Path
) -> None:
    write_recording(tmp_path / "a.aedat4")
    labels = HEADER.replace(",", ", ") + "8, 5000000, 5200000\r\n\r\n,,\n"
    (tmp_path / "a_labels.csv").write_text(labels, encoding="utf-8-sig")
    for name in ("._a.aedat4", "._a_labels.csv"):
        (tmp_path / name).write_bytes(b"\0\5\x16\7\0\2\0\0Mac OS X")
    code, out, err = run(str(tmp_path))
    assert (code, err.count("Error")) == (0, 0), err
    assert "a.aedat4" in out or "arm roll" in out


def test_a_fault_of_ours_is_not_bad_input(
    type_in: Type, faulty_network: None, tmp_path: Path
) -> None:
    write_recording(tmp_path / "a.aedat4", 0.05)
    (tmp_path / "a_labels.csv").write_text(HEADER + "4,5000000,5040000\n")
    assert_fault_of_ours(type_in("evaluate", tmp_path))


def test_bad_folders_and_choices(tmp_path: Path) -> None:
    assert run(str(tmp_path / "none"))[0] == 2
    assert "beside them" in run(str(tmp_path))[2]
    assert "either a FOLDER or --performer" in run()[2]
    assert run(str(tmp_path), "--performer")[0] == 2


def test_figures_of_a_known_network(arm_roll_network: None, tmp_path: Path) -> None:
    write_recording(tmp_path / "a.aedat4", 1.5)
    # Arm roll for 500 ms, then a circle for 400 ms, then nothing labelled.
    labels = "8,5000000,5500000\n4,5500000,5900000\n"
    (tmp_path / "a_labels.csv").write_text(HEADER + labels)
    code, out, err = run(str(tmp_path), "--json")
    assert code == 0, err
    record = json.loads(out)
    # Settled are 200 ms of the roll, all right, and 100 ms of the circle, all wrong.
    assert record["clip_accuracy"] == record["clip_accuracy_without_other"] == 0.5
    assert record["streaming_accuracy"] == pytest.approx(2 / 3)
    assert record["turning_sense"] == 0
    assert record["quiet_share"] == 0
    assert record["idle_share"] is None
    assert record["per_class"]["arm_roll"]["streaming_accuracy"] == 1
    assert record["per_class"]["right_arm_clockwise"]["onset_median_ms"] is None
    assert record["per_class"]["air_drums"]["clips"] == 0
    assert record["reliability"]["calibration_error"] == pytest.approx(1 / 3)
    last = record["reliability"]["bins"][-1]
    assert (last["decisions"], last["share"]) == (300, 1.0)
    assert last["right"] == pytest.approx(2 / 3)
    assert record["cost"]["spikes_per_s"] == pytest.approx(3_000)
    assert record["cost"]["synaptic_operations_per_s"] == pytest.approx(50_000)
    assert record["settings"] == {}


class SaluteNetwork(ArmRollNetwork):
    """Was taught a way of arm roll, which counts as that, and the salute that it always sees."""

    spec = replace(
        SPEC, classes=(*CLASSES, "arm_roll (mine)", "salute"), counts_as=(*range(11), 8, 12)
    )
    seen = "salute"


def test_a_taught_gesture_is_an_answer_and_never_a_truth(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("models.live.open_network", lambda path, **_: SaluteNetwork())
    write_recording(tmp_path / "a.aedat4")
    (tmp_path / "a_labels.csv").write_text(HEADER + "8,5000000,5500000\n")
    code, out, err = run(str(tmp_path), "--json")
    assert code == 0, err
    record = json.loads(out)
    assert (record["clips"], record["clip_accuracy"]) == (1, 0)
    assert list(record["per_class"]) == list(CLASSES)
    assert list(record["confusion"]["arm_roll"]) == [*CLASSES, "salute", "undecided"]
    assert record["confusion"]["arm_roll"]["salute"] == 1
    code, out, err = run(str(tmp_path), "--confusion", str(tmp_path / "matrix.png"))
    assert code == 0, err
    assert "taught: 12 salute" in out
    assert (tmp_path / "matrix.png").read_bytes().startswith(PNG_START)


def test_cost_is_the_mean_over_all_ticks() -> None:
    works = [Work(100, 300, 9_000, 0.05), Work(300, 100, 1_000, 0.03), Work(0, 0, 0, 0.0)]
    # 400 ticks of 500 us are 0.2 s.
    assert cost_of(works, 500) == Cost(
        pytest.approx(2_000), pytest.approx(50_000), pytest.approx(0.2)
    )
    assert cost_of([], 1_000) is None


def test_a_metered_network_counts_every_layer() -> None:
    metered = MeteredNetwork(ArmRollNetwork())
    metered.run(np.zeros((4, 2, 8, 8), np.float32))
    metered.run(np.zeros((1, 2, 8, 8), np.float32))
    assert metered.work(2.0) == Work(5, 15, 250, 2.0)


def test_pictures_are_written_and_not_overwritten(arm_roll_network: None, tmp_path: Path) -> None:
    write_recording(tmp_path / "a.aedat4")
    (tmp_path / "a_labels.csv").write_text(HEADER + "8,5000000,5500000\n")
    confusion, reliability = tmp_path / "confusion.png", tmp_path / "reliability.png"
    words = (str(tmp_path), "--confusion", str(confusion), "--reliability", str(reliability))
    assert run(*words)[0] == 0
    assert confusion.read_bytes().startswith(PNG_START)
    assert reliability.read_bytes().startswith(PNG_START)
    code, _, err = run(*words)
    assert code == 2
    assert "needs --force" in err
    assert run(*words, "--force")[0] == 0


def test_a_reliability_diagram_without_decisions(tmp_path: Path, untrained_model: Path) -> None:
    write_recording(tmp_path / "a.aedat4")
    # No tick is settled, so there is nothing to calibrate.
    (tmp_path / "a_labels.csv").write_text(HEADER + "8,5000000,5200000\n")
    picture = tmp_path / "reliability.png"
    words = (str(tmp_path), "--model", str(untrained_model), "--reliability", str(picture))
    assert run(*words)[0] == 0
    assert picture.read_bytes().startswith(PNG_START)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--confusion", "matrix.jpg"), "ends in .png"),
        (("--reliability", "nowhere/picture.png"), "there is no folder nowhere"),
        (("--confusion", "one.png", "--reliability", "one.png"), "one.png twice"),
    ],
)
def test_wrong_pictures_get_a_sentence(
    tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    code, _, err = run(str(tmp_path), *words)
    assert code == 2
    assert sentence in err


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ("", "at least one gesture"),
        ("4,1,900\n", "which is 5000000 to 5049000 us"),
    ],
)
def test_truth_without_a_gesture_to_judge_gets_a_sentence(
    arm_roll_network: None, tmp_path: Path, labels: str, sentence: str
) -> None:
    write_recording(tmp_path / "a.aedat4", 0.05)
    (tmp_path / "a_labels.csv").write_text(HEADER + labels)
    code, _, err = run(str(tmp_path))
    assert code == 2
    assert sentence in err


def test_a_model_of_other_classes_is_refused(side_network: None, tmp_path: Path) -> None:
    write_recording(tmp_path / "a.aedat4", 0.05)
    (tmp_path / "a_labels.csv").write_text(HEADER + "4,5000000,5040000\n")
    code, _, err = run(str(tmp_path))
    assert code == 2
    assert "got one of left, right" in err


def test_a_damaged_session_is_named(arm_roll_network: None, tmp_path: Path) -> None:
    write_sessions(tmp_path, "test", 1)
    (session,) = tmp_path.rglob("*.npz")
    session.write_bytes(session.read_bytes()[:1000])
    code, _, err = run("--performer", "--sessions", "1", "--data", str(tmp_path))
    assert code == 2
    assert "is damaged; delete it" in err


def test_synthetic_session(tmp_path: Path) -> None:
    write_sessions(tmp_path, "test", 1)  # rendering takes a while and has tests of its own
    words = ("--performer", "--sessions", "1", "--data", str(tmp_path), "--json")
    code, out, err = run(*words)
    assert code == 0, err
    record = without_times(out)
    assert record["clips"] == 1
    assert 0 <= record["streaming_accuracy"] <= 1
    assert record["quiet_share"] is not None
    again = without_times(run(*words)[1])
    assert again == record, "the second run plays the same session"


def test_settings_apart(arm_roll_network: None, tmp_path: Path) -> None:
    write_sessions(tmp_path, "test", 3)  # hand clapping, right wave, left wave
    words = ("--performer", "--sessions", "3", "--data", str(tmp_path), "--jobs", "1")
    record = json.loads(run(*words, "--json")[1])
    clips = {name: each["clips"] for name, each in record["settings"].items()}
    assert clips == {"ordinary": 1, "wild": 1, "hand": 1}
    assert record["settings"]["wild"]["per_class"]["right_hand_wave"]["clips"] == 1
    assert record["settings"]["ordinary"]["per_class"]["right_hand_wave"]["clips"] == 0
    text = run(*words)[1]
    assert "ordinary" in text
    assert "wild" in text
    assert "hand " in text


def without_times(text: str) -> dict[str, Any]:
    """The record without CPU times, the one figure in which two runs may differ."""
    record: dict[str, Any] = json.loads(text)
    for figures in (record, *record["settings"].values()):
        del figures["cost"]["cpu_ms_per_tick"]
    return record


def test_two_processes_measure_what_one_does(tmp_path: Path, untrained_model: Path) -> None:
    write_sessions(tmp_path, "test", 4)
    words = ["--performer", "--sessions", "4", "--data", str(tmp_path), "--json"]
    words += ["--model", str(untrained_model), "--jobs"]
    one, two = run(*words, "1"), run(*words, "2")
    assert (one[0], two[0]) == (0, 0), one[2] + two[2]
    assert without_times(two[1]) == without_times(one[1])
    assert json.loads(two[1])["cost"]["cpu_ms_per_tick"] > 0


def test_of_two_processes_the_first_failure_is_told(tmp_path: Path, untrained_model: Path) -> None:
    write_recording(tmp_path / "c.aedat4", 0.3)
    (tmp_path / "c_labels.csv").write_text(HEADER + "4,5000000,5200000\n")
    for name in "ab":
        (tmp_path / f"{name}.aedat4").write_bytes(b"")
        (tmp_path / f"{name}_labels.csv").write_text(HEADER + "4,5000000,5040000\n")
    code, out, err = run(str(tmp_path), "--model", str(untrained_model), "--jobs", "2")
    assert (code, out) == (2, "")
    (sentence,) = err.splitlines()
    assert "a.aedat4" in sentence


def test_a_fault_of_ours_is_told_alike_from_another_process() -> None:
    fault = OurFault("oops")
    again = pickle.loads(pickle.dumps(fault))
    assert (type(again), again.format_message()) == (OurFault, fault.format_message())


def test_streams_without_a_gesture_are_counted_apart() -> None:
    none, work = np.empty(0), Work(1, 0, 0, 0.0)
    gesture = Outcome(0, 0, 1, 1, 1000, None)
    judged = [
        Judged(None, [gesture], Quiet(5, 10), none, none, work),
        Judged(None, [], Quiet(9, 10), none, none, work),
    ]
    told = report(judged, SPEC)
    assert (told.scores.quiet_share, told.idle_share) == (0.7, 0.9)


def test_a_stream_that_is_judged_is_not_kept_waiting() -> None:
    own = Settings.model_validate({"vote": {"min_share": 0.4}, "stream": {"slice_ms": 2}})
    judged = judging(own)
    assert judged.vote.warm_up_ms == 0
    assert judged.vote.min_share == 0.4
    assert judged.stream == own.stream
