"""``recognize`` on a recording whose decisions are known beforehand, and on real ones."""

from __future__ import annotations

import json
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import Result

from models.data.gestures import CLASSES
from models.spec import TickEvents, TickOutput
from tests.commands.conftest import (
    RECORDINGS,
    START_US,
    SideNetwork,
    Type,
    assert_fault_of_ours,
    start,
)

SUMMARY_KEYS = {
    "summary", "gesture", "events", "lost_events", "filters", "duration_us", "decisions",
    "undecided", "realtime_factor", "latency_ms_p50", "latency_ms_p99",
}  # fmt: skip


def lines_of(text: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The decisions and the summary of what was printed."""
    *decisions, summary = [json.loads(line) for line in text.splitlines()]
    return decisions, summary


@pytest.fixture
def done(type_in: Type, side_network: None, recording: Path) -> Result:
    return type_in("recognize", recording, "--json")


def test_every_decision_is_a_line_in_sensor_time(done: Result) -> None:
    decisions, _ = lines_of(done.stdout)
    assert done.exit_code == 0
    assert all(set(decision) == {"t_us", "gesture", "share"} for decision in decisions)
    # The first tick ends 1 ms in; after that one decision for every whole 10 ms.
    expected = [START_US + 1_000, *range(START_US + 10_000, START_US + 400_001, 10_000)]
    assert [decision["t_us"] for decision in decisions] == expected


def test_the_vote_follows_the_events(done: Result) -> None:
    decisions, _ = lines_of(done.stdout)
    gestures = {decision["t_us"] - START_US: decision["gesture"] for decision in decisions}
    assert gestures[190_000] is None  # 120 ms to warm up, then 80 until the window has filled
    assert gestures[200_000] == gestures[300_000] == "left"
    assert gestures[390_000] == "right"  # 80 ms after the change nothing of it is left
    shares = {decision["t_us"] - START_US: decision["share"] for decision in decisions}
    assert shares[300_000] == 1.0
    assert shares[320_000] == pytest.approx(60 / 80)


def test_the_summary_counts_what_was_printed(done: Result) -> None:
    decisions, summary = lines_of(done.stdout)
    assert set(summary) == SUMMARY_KEYS
    printed = [decision["gesture"] for decision in decisions]
    assert summary["decisions"] == {name: printed.count(name) for name in ("left", "right")}
    assert summary["undecided"] == printed.count(None)
    assert summary["gesture"] == "left"
    assert summary["events"] == 16_000
    assert summary["duration_us"] == 399_976  # the last of the events is 25 us before the end
    assert summary["realtime_factor"] > 0
    assert 0 <= summary["latency_ms_p50"] <= summary["latency_ms_p99"]


class HandyNetwork(SideNetwork):
    """Was taught a way of "left", which counts as that, and "both"."""

    spec = replace(
        SideNetwork.spec, classes=("left", "right", "left (mine)", "both"), counts_as=(0, 1, 0, 3)
    )

    def run(self, ticks: TickEvents) -> TickOutput:
        said = super().run(ticks)
        return replace(said, output=np.pad(said.output, ((0, 0), (0, 2))))


def test_one_s_own_way_is_no_answer_of_its_own(
    type_in: Type, monkeypatch: pytest.MonkeyPatch, recording: Path
) -> None:
    monkeypatch.setattr("models.live.open_network", lambda path, **_: HandyNetwork())
    result = type_in("recognize", recording, "--json")
    assert result.exit_code == 0, result.output
    assert list(lines_of(result.stdout)[1]["decisions"]) == ["left", "right", "both"]


def test_the_network_sees_a_region(type_in: Type, side_network: None, recording: Path) -> None:
    done = type_in("recognize", recording, "--json", "--region", "64,0,64,128")
    assert done.exit_code == 0
    decisions = lines_of(done.stdout)[1]["decisions"]
    assert decisions["left"] == 0 < decisions["right"]


@pytest.mark.parametrize("region", ["1,2,3", "0,0,0,4", "-1,0,4,4", "0,0,99999,4", "a,b,c,d"])
def test_a_region_that_is_none(
    type_in: Type, side_network: None, recording: Path, region: str
) -> None:
    refused = type_in("recognize", recording, f"--region={region}")
    assert refused.exit_code == 2
    assert "expected" in refused.stderr
    assert refused.stderr.count("Error:") == 1


def test_a_source_that_takes_long_to_open_is_said_to_be_waited_for(
    type_in: Type, side_network: None, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = "Note: waiting for the source to open"
    assert waiting not in type_in("recognize", recording).stderr
    monkeypatch.setattr("app.commands.reporting.WAITING_NOTED_S", 0.0)
    assert type_in("recognize", recording).stderr.count(waiting) == 1


def test_two_runs_print_the_same_decisions(
    type_in: Type, side_network: None, recording: Path, done: Result
) -> None:
    again = type_in("recognize", recording, "--json")
    assert lines_of(again.stdout)[0] == lines_of(done.stdout)[0]


def test_realtime_takes_as_long_as_the_recording(
    type_in: Type, side_network: None, recording: Path, done: Result
) -> None:
    began_s = time.monotonic()
    slow = type_in("recognize", recording, "--json", "--realtime")
    assert time.monotonic() - began_s >= 0.39
    assert lines_of(slow.stdout)[0] == lines_of(done.stdout)[0]


def test_every_ms_thins_the_lines(type_in: Type, side_network: None, recording: Path) -> None:
    decisions, _ = lines_of(type_in("recognize", recording, "--json", "--every-ms", "100").stdout)
    times = [decision["t_us"] - START_US for decision in decisions]
    assert times == [1_000, 100_000, 200_000, 300_000, 400_000]


def test_seconds_end_a_recording_early(type_in: Type, side_network: None, recording: Path) -> None:
    result = type_in("recognize", recording, "--json", "--seconds", "0.2")
    decisions, summary = lines_of(result.stdout)
    assert decisions[-1]["t_us"] == START_US + 200_000
    assert (summary["events"], summary["duration_us"]) == (8_000, 200_000)


def test_text_tells_the_changes(type_in: Type, side_network: None, recording: Path) -> None:
    result = type_in("recognize", recording)
    words = [line.split() for line in result.stdout.splitlines()]
    # In between there is a moment when left and right have 40 ms of the window each.
    assert [line[2] for line in words[:4]] == ["-", "left", "-", "right"]
    assert words[-1][:2] == ["left:", "16,000"]


def test_a_clip_without_any_decision(type_in: Type, side_network: None, recording: Path) -> None:
    result = type_in("recognize", recording, "--json", "--seconds", "0.005")
    _, summary = lines_of(result.stdout)
    assert summary["gesture"] is None
    assert summary["decisions"] == {"left": 0, "right": 0}


BAD_FILES = {
    "missing": (None, "there is no recording"),
    "empty": (b"", "is empty"),
    "junk": (b"GIF89a" + bytes(100), "expected a recording of AEDAT"),
    "header_only": (b"#!AER-DAT3.1\r\n#Format: RAW\r\n#!END-HEADER\r\n", "event"),
    "version": (b"#!AER-DAT7.3\r\n" + bytes(100), "version"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_bad_recordings_are_one_sentence(
    type_in: Type, side_network: None, tmp_path: Path, case: str
) -> None:
    content, words = BAD_FILES[case]
    path = tmp_path / "bad.aedat4"
    if content is not None:
        path.write_bytes(content)
    assert_one_sentence(type_in("recognize", path, "--json"), words)


def assert_one_sentence(result: Result, words: str) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr


def test_a_folder_is_no_recording(type_in: Type, side_network: None, tmp_path: Path) -> None:
    assert_one_sentence(type_in("recognize", tmp_path), "is a folder")


@pytest.mark.parametrize(("content", "words"), [(None, "does not exist"), (b"no model", "damaged")])
def test_bad_models_are_one_sentence(
    type_in: Type, recording: Path, tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "net.safetensors"
    if content is not None:
        path.write_bytes(content)
    assert_one_sentence(type_in("recognize", recording, "--model", path), words)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("localhost:7777", "IP address"),
        ("7777", "IP address"),
        ("127.0.0.1", "IP address"),
        ("127.0.0.1:0", "1..65535"),
        ("127.0.0.1:70000", "1..65535"),
        ("127.0.0.1:x", "1..65535"),
    ],
)
def test_bad_addresses_are_one_sentence(type_in: Type, address: str, words: str) -> None:
    assert_one_sentence(type_in("recognize", "--network", address), words)


def test_an_unknown_gesture_is_one_sentence(type_in: Type) -> None:
    assert_one_sentence(type_in("recognize", "--performer", "juggling"), "arm_roll")


@pytest.mark.parametrize("words", [[], ["a.aedat", "--camera"], ["--camera", "--performer"]])
def test_exactly_one_source(type_in: Type, words: list[str]) -> None:
    result = type_in("recognize", *words)
    assert result.exit_code == 2
    assert "exactly one source" in result.stderr


def test_a_failure_midway_keeps_what_was_recognised(
    type_in: Type, side_network: None, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.sources.contract import SourceError
    from app.sources.hosting.host import HostedSource

    whole = HostedSource.batches

    def torn(self: HostedSource) -> Any:
        yield from whole(self)
        raise SourceError("the rest is missing")

    monkeypatch.setattr(HostedSource, "batches", torn)
    result = type_in("recognize", recording, "--json")
    assert result.exit_code == 2
    assert result.stderr == "Error: the rest is missing\n"
    decisions, summary = lines_of(result.stdout)
    assert decisions
    assert summary["events"] == 15_800  # the slice of 5 ms that was torn is not one


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_a_fault_of_ours_is_not_bad_input(
    type_in: Type, faulty_network: None, recording: Path, words: list[str]
) -> None:
    assert_fault_of_ours(type_in("recognize", recording, *words))


def test_ctrl_c_still_prints_the_summary(untrained_model: Path) -> None:
    process = start("recognize", "--performer", "arm_roll", "--json", "--model", untrained_model)
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest = process.stdout.read()
    assert process.wait(20) == 130
    assert process.stderr is not None
    # On a busy machine the performer may be late, of which a note may tell.
    told = [line for line in process.stderr if not line.startswith("Note: ")]
    assert told == []
    decisions, summary = lines_of(first + rest)
    assert set(summary) == SUMMARY_KEYS
    assert sum(summary["decisions"].values()) + summary["undecided"] == len(decisions)


def test_a_closed_pipe_ends_quietly(recording: Path, untrained_model: Path, tmp_path: Path) -> None:
    words = ["--json", "--every-ms", "1", "--realtime", "--model", untrained_model]
    told = tmp_path / "told"
    with told.open("w") as stderr:
        process = start("recognize", recording, *words, stderr=stderr)
    assert process.stdout is not None
    assert process.stdout.readline()
    before = told.read_text()  # a busy machine may have had to wait for the source
    process.stdout.close()
    assert process.wait(20) == 0
    assert told.read_text() == before


@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="no real recordings beside the checkout")
@pytest.mark.parametrize("path", sorted(RECORDINGS.glob("*.aedat*")), ids=lambda p: p.stem)
def test_real_recordings_run_to_the_end(type_in: Type, path: Path) -> None:
    result = type_in("recognize", path, "--json", "--every-ms", "100")
    assert result.exit_code == 0, result.output
    decisions, summary = lines_of(result.stdout)
    assert len(decisions) >= summary["duration_us"] // 100_000
    assert tuple(summary["decisions"]) == CLASSES
    assert summary["gesture"] in (*CLASSES, None)
    assert summary["events"] > 10_000
