"""``recognize`` on several recordings: side by side, in their order, one failure by itself."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from app.commands.errors import BadInput, OurFault
from app.commands.playing import Order
from app.events import Resolution
from app.sources.formats.aedat4 import Aedat4Writer
from tests.commands.conftest import ROOT, Type, left_then_right, start

CLIPS = sorted((ROOT / "assets" / "recordings").glob("*.aedat4"))


@pytest.fixture
def mirrored(tmp_path: Path) -> Path:
    """The recording ``left_then_right`` the other way round."""
    events = left_then_right()
    events["x"] = 127 - events["x"]
    with Aedat4Writer(tmp_path / "mirrored.aedat4", Resolution(128, 128)) as writer:
        writer.write(events)
    return tmp_path / "mirrored.aedat4"


def timeless(line: str) -> dict[str, Any]:
    """A line of JSON without what depends on how fast the machine is."""
    record: dict[str, Any] = json.loads(line)
    for figure in ("realtime_factor", "latency_ms_p50", "latency_ms_p99"):
        record.pop(figure, None)
    return record


def test_every_line_names_its_recording(
    type_in: Type, side_network: None, recording: Path, mirrored: Path
) -> None:
    files = [mirrored, recording]
    result = type_in("recognize", *files, "--json", "--jobs", 1)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [timeless(line) for line in result.stdout.splitlines()]
    for file in files:
        alone = type_in("recognize", file, "--json").stdout.splitlines()
        named = [{"source": str(file), **timeless(line)} for line in alone]
        assert lines[: len(named)] == named
        del lines[: len(named)]
    assert not lines


def test_text_names_them_too(
    type_in: Type, side_network: None, recording: Path, mirrored: Path
) -> None:
    text = type_in("recognize", recording, mirrored, "--jobs", 1).stdout
    alone = type_in("recognize", recording).stdout
    lines = [line for line in text.splitlines() if line]
    assert [
        line for line in lines if not line.startswith((f"{recording}: ", f"{mirrored}: "))
    ] == []
    assert [line.removeprefix(f"{recording}: ") for line in lines if str(recording) in line] == [
        line for line in alone.splitlines() if line
    ]


def test_a_failure_does_not_stop_the_others(
    type_in: Type, side_network: None, recording: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.aedat4").touch()
    bad = [tmp_path / "missing.aedat4", tmp_path, tmp_path / "empty.aedat4"]
    result = type_in("recognize", bad[0], recording, *bad[1:], "--json", "--jobs", 1)
    assert result.exit_code == 2
    sources = {json.loads(line)["source"] for line in result.stdout.splitlines()}
    assert sources == {str(recording)}
    missing, folder, empty = result.stderr.splitlines()
    assert missing == f"Error: there is no recording {bad[0]}"
    assert folder == f"Error: expected a recording, but {tmp_path} is a folder"
    assert empty.startswith("Error: ")
    assert str(bad[2]) in empty


def test_a_fault_of_ours_outweighs_bad_input(
    type_in: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(order: Order, *_: object) -> None:
        raise OurFault("oops") if "ours" in str(order.spec) else BadInput("no events")

    monkeypatch.setattr("app.commands.recognize_many.run_report", fail)
    result = type_in("recognize", "ours.aedat4", "theirs.aedat4", "--jobs", 1)
    assert result.exit_code == 1
    ours, theirs = result.stderr.splitlines()
    assert ours.startswith("Error: ours.aedat4: a fault in Spikehand itself, oops")
    assert theirs == "Error: theirs.aedat4: no events"


def test_a_bad_model_is_told_once(type_in: Type, recording: Path, tmp_path: Path) -> None:
    result = type_in("recognize", recording, recording, "--model", tmp_path / "none.safetensors")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "does not exist" in result.stderr


@pytest.mark.parametrize("live", [["--camera"], ["--network", "127.0.0.1:7"], ["--performer"]])
def test_a_live_source_comes_alone(type_in: Type, live: list[str]) -> None:
    result = type_in("recognize", "a.aedat4", "b.aedat4", *live)
    assert result.exit_code == 2
    assert "can only be the one source" in result.stderr


def test_two_processes_print_what_one_does(
    type_in: Type, untrained_model: Path, tmp_path: Path
) -> None:
    files = [CLIPS[0], tmp_path / "none.aedat4", CLIPS[1], CLIPS[0]]
    words = ("recognize", *files, "--json", "--seconds", 0.5, "--model", untrained_model)
    one, two = (type_in(*words, "--jobs", jobs) for jobs in (1, 2))
    assert one.exit_code == two.exit_code == 2
    assert [timeless(line) for line in one.stdout.splitlines()] == [
        timeless(line) for line in two.stdout.splitlines()
    ]
    assert len(one.stdout.splitlines()) > 150
    assert one.stderr == two.stderr == f"Error: there is no recording {files[1]}\n"


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups here")
def test_ctrl_c_leaves_no_process(recording: Path, untrained_model: Path) -> None:
    words = [*[recording] * 20, "--jobs", 2, "--realtime", "--model", untrained_model]
    process = start("recognize", *words, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert errors == ""
    deadline_s = time.monotonic() + 10
    while group_is_there(process.pid):
        assert time.monotonic() < deadline_s, "a process is left"
        time.sleep(0.05)


def group_is_there(leader: int) -> bool:
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True
