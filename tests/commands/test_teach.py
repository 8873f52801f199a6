"""``teach``: a gesture from a recording, another way of a known one, forgetting, and bad input."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result

from app.sources.bundled import RECORDINGS
from models.model_file import load_model, save_model
from models.spec import ModelSpec
from models.teaching.lesson import Shown
from models.teaching.rehearsal import load_rehearsal, save_rehearsal
from tests.commands.conftest import Type
from tests.commands.test_compare import untrained
from tests.commands.test_evaluate import HEADER, write_recording
from tests.commands.test_train import write_sessions

CLAPPING = RECORDINGS / "hand_clapping_7.aedat4"


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small network that has learnt nothing, and what it must not forget: nothing shown."""
    path = untrained(tmp_path, "conv_lif")
    spec, weights = load_model(path)
    hidden = np.zeros((500, spec.parameters["hidden"]), np.uint8)
    rehearsal = tmp_path / "rehearsal.npz"
    save_rehearsal(rehearsal, weights, [Shown(hidden, np.full(500, -1))])
    monkeypatch.setattr("app.commands.teach.REHEARSAL", rehearsal)
    return path


def refusal(result: Result) -> str:
    """The one sentence of a command that was given something bad."""
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.stderr.strip().splitlines()[-1]


def test_a_gesture_is_taught_and_forgotten_again(
    type_in: Type, model: Path, tmp_path: Path
) -> None:
    mine, again = tmp_path / "mine.safetensors", tmp_path / "again.safetensors"
    result = type_in("teach", CLAPPING, "--as", "applause", "--model", model, "--out", mine)
    assert result.exit_code == 0, result.output
    assert "which were not learnt from, 'applause' won " in result.stderr
    assert load_model(mine)[0].taught == ("applause",)
    result = type_in("teach", "--forget", "applause", "--model", mine, "--out", again)
    assert result.exit_code == 0, result.output
    assert result.stderr.strip() == f"Wrote {again}. It no longer knows 'applause'."
    weights, same = load_model(model)[1], load_model(again)[1]
    assert all(same[name].tobytes() == weights[name].tobytes() for name in weights)
    assert load_model(again)[0].classes == load_model(model)[0].classes


def test_a_known_name_is_another_way(type_in: Type, model: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.safetensors"
    result = type_in("teach", CLAPPING, "--as", "Hand clapping", "--model", model, "--out", mine)
    assert result.exit_code == 0, result.output
    assert " before.\n" in result.stderr
    assert load_model(mine)[0].taught == ("hand_clapping (mine)",)


def test_labels_are_in_the_time_of_the_sensor(type_in: Type, model: Path, tmp_path: Path) -> None:
    """A recording that begins at 5 s, of which 3 s are labelled and 1 s is not."""
    recording, mine = tmp_path / "late.aedat4", tmp_path / "mine.safetensors"
    write_recording(recording, 4.0)
    labels = recording.with_name("late_labels.csv")
    words = ("teach", recording, "--as", "bow", "--model", model, "--out", mine, "--force")
    labels.write_text(HEADER + "1,5000000,6000000\n1,7000000,9000000\n")
    result = type_in(*words)
    assert result.exit_code == 0, result.output
    assert "In the last 900 ms" in result.stderr
    labels.write_text(HEADER + "1,0,3000000\n")
    assert "at least 2000 ticks of a gesture, got 0" in refusal(type_in(*words))
    labels.write_text(HEADER)
    assert "at least 2000 ticks of a gesture, got 0" in refusal(type_in(*words))


def test_what_a_network_rehearses_is_made_of_sessions(
    type_in: Type, model: Path, tmp_path: Path
) -> None:
    from app.commands import teach

    write_sessions(tmp_path / "data", "test", 3)
    folder = next((tmp_path / "data").rglob("*.npz")).parent
    rehearsal = teach.REHEARSAL
    result = type_in("teach", "--rehearse", folder, "--model", model)
    assert result.exit_code == 0, result.output
    looks = load_rehearsal(rehearsal, load_model(model)[1])
    assert len(looks) == 3
    assert {int(n) for look in looks for n in np.unique(look.labels)} >= {-1, 0, 1, 2}
    assert "there are none" in refusal(
        type_in("teach", "--rehearse", tmp_path / "data", "--model", model)
    )


def test_what_is_to_be_done_must_be_said(type_in: Type, model: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.safetensors"
    for words in (
        (),
        ("--out", out),
        (CLAPPING, "--out", out),
        (CLAPPING, "--as", "applause"),
        ("--forget", "applause"),
        (CLAPPING, "--as", "applause", "--forget", "applause", "--out", out),
    ):
        assert "Expected a RECORDING" in refusal(type_in("teach", *words, "--model", model))


def crafted(model: Path, spec: ModelSpec, **arrays: np.ndarray) -> Path:
    path = model.with_name(f"crafted{len(list(model.parent.iterdir()))}.safetensors")
    save_model(path, spec, {**load_model(model)[1], **arrays})
    return path


def test_a_half_broken_model_is_one_sentence(type_in: Type, model: Path, tmp_path: Path) -> None:
    spec, weights = load_model(model)
    taught = replace(spec, training={"taught": ("right_hand_wave",)})
    huge = replace(taught, parameters={**spec.parameters, "population": 10**9})
    less = {"projections.4.drive": weights["projections.4.drive"][:3]}
    twins = (0, 2, 1, *range(3, 11))
    out = tmp_path / "out.safetensors"
    for path, sentence in (
        (crafted(model, spec), "expected a taught gesture, got 'right_hand_wave'"),
        (crafted(model, huge), "do not fit its system"),
        (crafted(model, taught, **less), "do not fit its system"),
        (crafted(model, replace(taught, mirror=twins)), "another class is the mirror image"),
        (crafted(model, replace(spec, system="slayer")), "expected a network of the system"),
    ):
        words = ("teach", "--forget", "right_hand_wave", "--model", path, "--out", out)
        assert sentence in refusal(type_in(*words))
    assert not out.exists()


def test_what_cannot_be_taught_is_one_sentence(type_in: Type, model: Path, tmp_path: Path) -> None:
    def said(recording: Path, name: str, model: Path = model) -> str:
        words = ("teach", recording, "--as", name, "--model", model, "--out", tmp_path / "out")
        return refusal(type_in(*words))

    assert "1 to 40 letters" in said(CLAPPING, "a\nb")
    assert "there is no recording" in said(tmp_path / "none.aedat4", "bow")
    assert "does not exist" in said(CLAPPING, "bow", tmp_path / "none.safetensors")
    nan = load_model(model)[1]["projections.4.drive"] * np.float32("nan")
    path = crafted(model, load_model(model)[0], **{"projections.4.drive": nan})
    assert "projections.4.drive" in said(CLAPPING, "bow", path)
