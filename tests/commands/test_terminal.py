"""The window's stand-in on a machine without a display."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from app.commands import terminal
from app.commands.errors import BadInput, OurFault
from app.commands.interrupt import watch_interrupt
from app.commands.playing import Order
from app.commands.terminal import picture
from app.events import Resolution
from app.pipeline.snapshot import PipelineState, Reading, Snapshot, Stats
from app.pipeline.systems import system_at
from app.recognition.decision import Recognition
from app.settings import Settings, VoteSettings
from app.sources.contract import FileSpec, SourceInfo
from models.spec import ModelSpec
from tests.commands.conftest import NO_DISPLAY, ROOT, Type, assert_fault_of_ours

SPEC = ModelSpec("default", "test", ("arm_roll", "air_drums"), (2, 32, 32))
DECIDED = Recognition(80_500_000, 0, 0, 0.75, np.array([60, 20], np.int32))
READING = Reading(system_at(), SPEC, DECIDED)


def snapshot(**changes: object) -> Snapshot:
    fields: dict[str, object] = {
        "state": PipelineState.PLAYING,
        "info": SourceInfo("clip.aedat4", Resolution(128, 128), False, 80_000_000, 1_450_000),
        "counts": None,
        "restarted": False,
        "readings": (READING,),
        "stats": Stats(event_rate=71_400.0),
        "position_us": 80_500_000,
    }
    return Snapshot(**{**fields, **changes})  # type: ignore[arg-type]


def drawn(shown: Snapshot) -> str:
    console = Console(width=100, record=True, file=open(os.devnull, "w"))  # noqa: SIM115
    console.print(picture(shown, VoteSettings()))
    return console.export_text()


def test_the_picture_says_it_all() -> None:
    text = drawn(snapshot())
    for part in ("clip.aedat4", "128x128", "Default", "0.50 of 1.45 s", "71 kev/s"):
        assert part in text
    lines = text.splitlines()
    assert lines[1].split() == ["arm", "roll", "60", "of", "80", "votes"]
    assert (lines[2].split()[-1], lines[3].split()[-1]) == ("60", "20")
    assert len(lines[2].split()[2]) > 0


@pytest.mark.parametrize(
    ("decision", "line"),
    [
        (
            Recognition(0, 0, None, 0.75, np.array([12, 0], np.int32)),
            "no decision  16 votes decide",
        ),
        (Recognition(0, 0, None, 1.0, np.array([60, 0], np.int32), True), "warming up"),
    ],
)
def test_why_there_is_no_decision(decision: Recognition, line: str) -> None:
    text = drawn(snapshot(readings=(Reading(system_at(), SPEC, decision),)))
    assert text.splitlines()[1].strip() == line


def test_what_is_worth_knowing_is_said_in_the_picture() -> None:
    assert "too slow" in drawn(snapshot(too_slow="this machine is too slow"))
    assert "a packet is damaged" in drawn(snapshot(notice="a packet is damaged"))


def test_the_performer_says_what_it_performs() -> None:
    acting = SourceInfo("performer", Resolution(128, 128), True, performing="air_drums")
    assert "performer  now air drums" in drawn(snapshot(info=acting))


def test_drops_are_shown_when_there_are_any() -> None:
    assert "dropped" not in drawn(snapshot())
    assert "3 slices dropped" in drawn(snapshot(stats=Stats(dropped_slices=3)))


def test_before_anything_is_known() -> None:
    empty = snapshot(info=None, readings=(), loading="Loading the network")
    assert drawn(empty).split() == ["Loading", "the", "network", "no", "decision"]


def test_no_display_plays_in_plain_lines(
    type_in: Type, side_network: None, recording: Path
) -> None:
    result = type_in(recording)
    assert result.exit_code == 0
    assert NO_DISPLAY in result.stderr
    assert "left: 16,000 events in 0.40 s" in result.stdout


def test_no_display_plays_with_the_network_that_was_chosen_last(
    type_in: Type, recording: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text('{"recognition": {"model": "/nowhere/net.safetensors"}}')
    result = type_in(recording, "--settings", settings)
    assert result.exit_code == 2
    assert "/nowhere/net.safetensors does not exist" in result.stderr


def test_no_display_and_a_bad_file(type_in: Type, side_network: None, tmp_path: Path) -> None:
    result = type_in(tmp_path / "missing.aedat4")
    assert result.exit_code == 2
    assert "there is no recording" in result.stderr


def test_no_display_and_a_fault_of_ours(
    type_in: Type, faulty_network: None, recording: Path
) -> None:
    assert_fault_of_ours(type_in(recording))


@pytest.mark.parametrize(("is_ours", "kind"), [(False, BadInput), (True, OurFault)])
def test_a_failure_ends_the_live_picture(
    monkeypatch: pytest.MonkeyPatch, is_ours: bool, kind: type[Exception]
) -> None:
    failed = snapshot(failure="it broke", failure_is_ours=is_ours)
    monkeypatch.setattr(terminal, "play", lambda *_: (moment for moment in [([], failed)]))
    monkeypatch.setattr(Console, "is_terminal", True)
    with pytest.raises(kind, match="it broke"):
        terminal.show_in_terminal(Order(FileSpec("a.aedat4"), Settings()))


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_a_terminal_shows_a_live_picture(recording: Path, untrained_model: Path) -> None:
    words = [sys.executable, str(ROOT / "main.py"), str(recording), "--model", str(untrained_model)]
    try:
        child, screen = pty.fork()
    except OSError as error:
        pytest.skip(f"no pseudo terminal here: {error}")
    if child == 0:  # in the child only exec is safe
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            os.environ.pop(name, None)
        os.environ["TERM"] = "xterm"
        os.execv(words[0], words)
    seen = b""
    while select.select([screen], [], [], 30)[0]:
        try:
            piece = os.read(screen, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        seen += piece
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert b"no decision" in seen
    assert b"of 0.40 s" in seen
    assert b"\x1b[1A" in seen  # drawn over itself


def test_a_signal_is_remembered_and_the_second_one_interrupts() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with watch_interrupt() as interrupt:
        assert (interrupt.requested, interrupt.exit_code) == (False, 0)
        signal.raise_signal(signal.SIGTERM)
        assert (interrupt.requested, interrupt.exit_code) == (True, 143)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGTERM) is before
