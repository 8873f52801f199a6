"""``compare``: figures that are known beforehand, the whole command, and what it refuses."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from click.testing import Result

from app.commands.evaluate import decide
from app.commands.measuring.compare_cases import data_set_cases, drawn, sessions_with
from app.commands.measuring.compare_streams import TapedNetwork
from app.commands.measuring.compare_training import Training, training_of
from app.events import Resolution, join_events
from app.settings import Settings, VoteSettings
from app.sources.arrays import ArraySource
from app.sources.bundled import RECORDINGS
from app.sources.contract import FileSpec
from app.sources.opening import open_source
from models.data.gestures import CLASSES
from models.measuring.chips import LOIHI, TRUENORTH, power_mw
from models.measuring.scores import OTHER
from models.model_file import DEFAULT_CHECKPOINT, load_model, save_model
from models.networks.catalogue import FAMILIES
from models.networks.checkpoint import load_checkpoint, save_checkpoint
from models.networks.torch_session import TorchSession, load_torch_session
from models.spec import LayerSpikes, ModelSpec, TickEvents, TickOutput
from models.teaching.taught import with_class
from tests.commands.conftest import SideNetwork, Type
from tests.commands.test_train import write_sessions
from tests.models.dvs_sets import write_set
from tests.models.tiny_systems import SIZES, tiny_recipe

ROLL = CLASSES.index("arm_roll")
COLD = VoteSettings(warm_up_ms=0)
COLD_OF_3 = VoteSettings(warm_up_ms=0, min_count=3)
PNG_START = b"\x89PNG\r\n\x1a\n"


def refusal(result: Result) -> str:
    """The one sentence of a command that was given something bad."""
    assert result.exit_code == 2, result.output
    sentence = result.stderr.strip().splitlines()[-1]
    assert "Traceback" not in result.stderr
    return sentence


@pytest.fixture(autouse=True)
def quick_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.commands.measuring.compare_streams.TIMED_TICKS", 80)


@pytest.fixture
def performed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sessions where the performer's are looked for, so that nothing is rendered."""
    write_sessions(tmp_path / "data" / "performer", "test", 2)
    monkeypatch.chdir(tmp_path)


def untrained(folder: Path, system: str) -> Path:
    torch.manual_seed(0)
    network = FAMILIES[system].network(SIZES[system])
    network.finish(1.0)
    side = SIZES[system].side
    training = {"recipe": tiny_recipe(system).record()}
    spec = ModelSpec(
        system, system, CLASSES, (2, side, side), parameters=asdict(SIZES[system]),
        training=training,
    )  # fmt: skip
    save_checkpoint(folder / f"{system}.safetensors", network.eval(), spec)
    return folder / f"{system}.safetensors"


class UndecidedNetwork(SideNetwork):
    """Fires twice for other gestures and once for arm roll, whatever it sees."""

    def __init__(self, spec: ModelSpec) -> None:
        self.spec = spec

    def run(self, ticks: TickEvents) -> TickOutput:
        output = np.zeros((len(ticks), len(CLASSES)), np.int32)
        output[:, OTHER], output[:, ROLL] = 2, 1
        layer = LayerSpikes("output", output.astype(np.uint8))
        return TickOutput(output, (layer,), np.full(len(ticks), 7, np.int64))


@pytest.fixture
def undecided_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = untrained(tmp_path, "conv_lif")
    spec = load_torch_session(path).spec
    for module in ("measure", "streams"):
        monkeypatch.setattr(
            f"app.commands.measuring.compare_{module}.open_network",
            lambda file, **_: UndecidedNetwork(spec),
        )
    return path


def test_ten_classes_have_neither_the_clips_nor_the_answer(
    type_in: Type, tmp_path: Path, undecided_model: Path
) -> None:
    folder = write_set(tmp_path / "set")
    result = type_in(
        "compare", "--data", folder, "--models", undecided_model, "--json", "--jobs", 1
    )
    assert result.exit_code == 0, result.output
    (record,) = json.loads(result.stdout)["models"]
    # Twelve clips of one person, one of them of other gestures, two of arm roll.
    assert record["classes_11"]["clips"] == 12
    assert record["classes_11"]["clip_accuracy"] == pytest.approx(1 / 12)
    assert record["classes_10"]["clips"] == 11
    assert record["classes_10"]["clip_accuracy"] == pytest.approx(2 / 11)
    # Seven operations a tick of a millisecond.
    assert record["cost"]["synaptic_events_per_s"] == pytest.approx(7_000)
    assert record["estimated_power_mw"]["truenorth"] == pytest.approx(7_000 * 26e-12 * 1e3)
    assert record["training"] == {"steps": 7, "windows": 14}
    assert set(record["reported"].values()) == {None}


@pytest.mark.parametrize("vote", [COLD, COLD.model_copy(update={"min_count": 14})])
def test_a_tape_decides_as_the_pipeline_does(vote: VoteSettings) -> None:
    network, spec = load_checkpoint(DEFAULT_CHECKPOINT)
    session = TorchSession(network, replace(spec, min_count=9))
    with open_source(FileSpec(str(RECORDINGS / "hand_clapping_7.aedat4"))) as clapping:
        events = join_events([batch.events for batch in clapping.batches()])
    events = events[events["t"] < events["t"][0] + 1_000_000].copy()
    events["t"][len(events) // 2 :] += 5_000_000  # a gap, at which votes are cleared
    tape = TapedNetwork(session)
    source = partial(ArraySource, events, Resolution(128, 128), "clapping")
    played = decide(source, tape, Settings(vote=vote))
    assert (played.decisions >= 0).any()
    np.testing.assert_array_equal(tape.decisions_without(None, vote), played.decisions)


@pytest.mark.parametrize(("vote", "needed"), [(COLD, 7), (COLD_OF_3, 3)])
def test_a_gap_clears_the_votes_of_a_tape(vote: VoteSettings, needed: int) -> None:
    spec = ModelSpec("undecided", "none", CLASSES, (2, 8, 8), min_count=7)
    tape = TapedNetwork(UndecidedNetwork(spec))
    counts = np.zeros((20, 2, 8, 8), np.float32)
    tape.run(counts)
    tape.skip(5_000)
    tape.run(counts)
    decisions = tape.decisions_without(OTHER, vote)
    # Votes are counted anew after the gap; the model says how many decide, if the settings do not.
    expected = np.where(np.arange(20) >= needed - 1, ROLL, -1)
    np.testing.assert_array_equal(decisions, np.tile(expected, 2))


def test_every_system_beside_what_is_reported(
    type_in: Type, tmp_path: Path, performed: None
) -> None:
    files = [untrained(tmp_path, system) for system in FAMILIES]
    out = tmp_path / "pictures"
    words = ("compare", "--data", "performer", "--clips", 6, "--models", *files, "--out", out)
    result = type_in(*words, "--json", "--jobs", 1)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    models = {model["name"]: model for model in told["models"]}
    assert list(models) == list(FAMILIES)
    assert models["eedn"]["reported"] == {
        "accuracy_11": 0.9459, "accuracy_10": 0.9649, "latency_ms": 105.0, "power_mw": 178.8,
        "iterations": 64e6,
    }  # fmt: skip
    assert models["slayer"]["reported"]["iterations"] == 0.27e6
    c3d = models["c3d"]["cost"]
    assert c3d["synaptic_events_per_s"] is None
    assert 0 < c3d["multiply_accumulations_per_s"] < c3d["dense_per_s"]
    assert models["c3d"]["estimated_power_mw"] == {"truenorth": None, "loihi": None}
    assert models["eedn"]["cost"]["accumulations_per_s"] > 0
    assert all(model["classes_11"]["clips"] == 2 for model in models.values())
    assert all(model["cost"]["cpu_ms_single"] > 0 for model in models.values())
    assert any("C3D does not spike" in limit for limit in told["limits"])
    assert max(map(len, told["limits"])) <= 98  # a line each
    for name in ("accuracies.png", "accuracy_over_operations.png"):
        assert (out / name).read_bytes().startswith(PNG_START)
    assert "would be overwritten, which needs --force" in refusal(type_in(*words))


def taught_twice(path: Path) -> Path:
    """The same model with a way of arm roll and a salute, whose neurons know nothing yet."""
    spec, weights = with_class(*load_model(path), "arm_roll (mine)", ROLL)
    out = path.with_name("taught.safetensors")
    save_model(out, *with_class(spec, weights, "salute"))
    return out


def test_a_taught_model_beside_the_one_it_was(
    type_in: Type, tmp_path: Path, performed: None
) -> None:
    path = untrained(tmp_path, "conv_lif")
    words = ("compare", "--data", "performer", "--clips", 6, "--json", "--jobs", 1, "--models")
    result = type_in(*words, path, taught_twice(path))
    assert result.exit_code == 0, result.output
    before, after = json.loads(result.stdout)["models"]
    assert after["classes_11"] == before["classes_11"]
    assert after["classes_10"] == before["classes_10"]
    assert after["cost"]["parameters"] > before["cost"]["parameters"]


@pytest.mark.slow
def test_two_processes_measure_what_one_does(
    type_in: Type, tmp_path: Path, performed: None
) -> None:
    files = [untrained(tmp_path, system) for system in ("conv_lif", "c3d")]
    words = ("compare", "--data", "performer", "--clips", 6, "--json", "--models", *files)
    told = []
    for jobs in (1, 2):
        result = type_in(*words, "--jobs", jobs)
        assert result.exit_code == 0, result.output
        record = json.loads(result.stdout)
        for model in record["models"]:  # CPU time alone may differ
            assert model["cost"].pop("cpu_ms_in_chunks") > 0
            assert model["cost"].pop("cpu_ms_single") > 0
        told.append(record)
    assert told[1] == told[0]


def test_the_bundled_models_as_tables(
    type_in: Type, performed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.commands.compare.bundled_models", lambda: [DEFAULT_CHECKPOINT])
    result = type_in("compare", "--data", "performer", "--clips", 4)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 100
    assert "…" not in result.stdout
    assert sum("(convolutional LIF)" in line for line in lines) == 3
    assert "synthetic people" in result.stdout
    assert "Estimates are no measurements" in result.stdout


def test_what_is_compared_by_itself_is_all_that_comes_with_the_program() -> None:
    from app.commands.compare import bundled_models

    assert DEFAULT_CHECKPOINT in bundled_models()


def test_clips_are_drawn_always_the_same(tmp_path: Path) -> None:
    cases = data_set_cases(write_set(tmp_path / "set"))
    assert len(cases) == 12
    few = drawn(cases, 5)
    assert few == drawn(cases, 5)
    assert [cases.index(case) for case in few] == sorted(cases.index(case) for case in few)
    assert drawn(cases, None) == drawn(cases, 99) == cases
    with cases[3].open_source() as source:
        times = np.concatenate([batch.events["t"] for batch in source.batches()])
    (truth,) = cases[3].truths
    assert truth.start_us <= times[0] <= times[-1] < truth.end_us


@pytest.mark.parametrize(("clips", "sessions"), [(1, 1), (3, 1), (4, 2), (18, 6), (19, 8)])
def test_sessions_of_the_performer_for_so_many_clips(clips: int, sessions: int) -> None:
    assert sessions_with(clips) == sessions  # every seventh has no gesture


def test_how_much_was_learnt_from() -> None:
    spec = ModelSpec("m", "decolle", CLASSES, (2, 16, 16))
    assert training_of(spec) == Training(None, None)
    assert training_of(replace(spec, training={"recipe": {"stages": 5}})) == Training(None, None)
    record = tiny_recipe("decolle").record()
    # Four batches of two windows with 2 steps of 10 ms after the burn-in, three with 4 of 5 ms.
    assert training_of(replace(spec, training={"recipe": record})) == Training(4 * 2 + 3 * 4, 14)
    older = {"stages": [{"steps": 10, "batch": 16}]}  # as the bundled model has it
    assert training_of(replace(spec, training={"recipe": older})) == Training(10, 160)


def test_estimates() -> None:
    assert power_mw(TRUENORTH, 1e9) == pytest.approx(26.0)
    assert power_mw(LOIHI, 1e9) == pytest.approx(23.6)


def test_bad_input_gets_a_sentence(type_in: Type, tmp_path: Path, untrained_model: Path) -> None:
    words = ("compare", "--models", untrained_model, "--data")
    assert "is not a folder" in refusal(type_in(*words, tmp_path / "none"))
    assert "holds no trials_to_train.txt" in refusal(type_in(*words, tmp_path))
    assert "Missing option '--data'" in refusal(type_in("compare"))
    assert "does not exist" in refusal(
        type_in("compare", "--data", tmp_path, "--models", tmp_path / "no.safetensors")
    )
    (tmp_path / "no.safetensors").write_text("no model")
    assert "is damaged or not a model" in refusal(
        type_in(
            "compare", "--data", tmp_path, "--models", untrained_model, tmp_path / "no.safetensors"
        )
    )
    assert refusal(type_in(*words, "performer", "--clips", 0))
    (tmp_path / "file").write_text("")
    assert refusal(type_in(*words, tmp_path, "--out", tmp_path / "file" / "pictures"))
    folder = write_set(tmp_path / "set")
    (folder / "user03_led.aedat").write_bytes(b"nothing")
    assert "user03_led.aedat does not begin as" in refusal(type_in(*words, folder))


def test_a_model_of_other_classes_is_refused(type_in: Type, tmp_path: Path) -> None:
    sizes = replace(SIZES["conv_lif"], classes=2)
    network = FAMILIES["conv_lif"].network(sizes)
    network.finish(1.0)
    path = tmp_path / "sides.safetensors"
    spec = ModelSpec("s", "conv_lif", ("left", "right"), (2, 16, 16), parameters=asdict(sizes))
    save_checkpoint(path, network.eval(), spec)
    result = type_in("compare", "--data", "performer", "--models", path)
    assert "got one of left, right" in refusal(result)
