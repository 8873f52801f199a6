"""No terminal obeys what a file or its name holds, and logs are for the user alone."""

from __future__ import annotations

import io
import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.commands import logs
from app.commands.consoles import PlainConsole
from app.commands.errors import BadInput
from app.commands.shown import say, shown

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "a\x1b[2J\x1b]0;owned\x07b\u202ec\x9bd\re"


@pytest.fixture
def _root_logger() -> Iterator[None]:
    root = logging.getLogger()
    before, hook, level = list(root.handlers), sys.excepthook, root.level
    yield
    for handler in set(root.handlers) - set(before):
        handler.close()
    root.handlers[:], sys.excepthook = before, hook
    root.setLevel(level)


def is_harmless(text: str) -> bool:
    return not any(letter in text for letter in "\x1b\x07\x9b\u202e\r\x00")


@pytest.mark.parametrize(
    "text", ["user01_led.aedat4", "손 흔들기", "a b", "10:30\u202fPM", "👩\u200d🚀"]
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert shown(text) == text


def test_what_a_terminal_obeys_is_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown("\x1b[2J\x07") == "\\x1b[2J\\x07"
    say(HOSTILE)
    say(HOSTILE, err=True)
    said = capsys.readouterr()
    assert is_harmless(said.out)
    assert is_harmless(said.err)
    assert is_harmless(BadInput(HOSTILE).format_message())


def test_a_table_in_colour_obeys_only_rich() -> None:
    written = io.StringIO()
    table = Table(HOSTILE)
    table.add_row(Text(HOSTILE, style="bold red"))
    PlainConsole(file=written, force_terminal=True, width=200, color_system="standard").print(table)
    assert "\x1b[1;31m" in written.getvalue()
    assert "\x1b[2J" not in written.getvalue()
    assert "\x1b]" not in written.getvalue()
    assert "\\x1b[2J" in written.getvalue()


def test_no_command_writes_another_way() -> None:
    for path in (ROOT / "app" / "commands").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name != "shown.py":
            assert "click.echo" not in text, path
        assert " Console(" not in text, path
    assert issubclass(PlainConsole, Console)


@pytest.mark.parametrize(
    "words",
    [
        ["recognize"],
        ["record", "--out", "x.aedat4"],
        ["dataset", "check"],
        ["recognize", "--model", HOSTILE],
    ],
)
def test_names_on_the_command_line_and_of_files(words: list[str], tmp_path: Path) -> None:
    (tmp_path / HOSTILE).write_bytes(b"#!AER-DAT" + HOSTILE.encode() + b"\r\n")
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *words, HOSTILE],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 2
    assert done.stderr
    assert is_harmless(done.stdout + done.stderr)


@pytest.mark.skipif(os.name != "posix", reason="no such permissions there")
@pytest.mark.usefixtures("_root_logger")
def test_logs_are_the_users_alone_and_hold_no_escapes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "spikehand" / logs.LOG_FILE
    path.parent.mkdir(mode=0o755)
    path.touch(mode=0o644)  # of an older version
    monkeypatch.setattr(logs, "log_path", lambda: path)
    logs.set_up_logging()
    logging.getLogger("app.there").warning("the camera %s", HOSTILE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "the camera" in path.read_text(encoding="utf-8")
    assert is_harmless(path.read_text(encoding="utf-8"))
    assert is_harmless(capsys.readouterr().err)
