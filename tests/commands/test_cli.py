"""The command line itself: overview, defaults, exit codes, sentences."""

from __future__ import annotations

import itertools
import logging
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from app import __version__
from app.commands import cli as cli_module
from app.commands.cli import COMMANDS
from app.commands.desktop import Desktop
from app.commands.logs import log_path
from app.settings_file import default_path
from app.sources.contract import FileSpec, SourceError
from tests.commands.conftest import ROOT, Type

PLAIN = {
    "model_path": None,
    "compare_path": None,
    "fullscreen": False,
    "settings_path": None,
    "notes": (),
}
HEAVY = ("torch", "dv_processing", "PySide6", "pyqtgraph")


def window_on(opened: list[object], code: int = 0) -> Desktop:
    """A display whose window only notes down what it was opened on."""

    def run_window(spec: object, settings: object, **options: object) -> int:
        opened.append((spec, options))
        return code

    return Desktop(lambda: None, run_window, run_window)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(type_in: Type, command: str) -> None:
    result = type_in(command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    assert f"Example: main.py {'' if command == 'window' else command}" in result.stdout


def test_overview_names_every_command(type_in: Type) -> None:
    result = type_in("--help")
    assert result.exit_code == 0
    assert all(f"  {command} " in result.stdout for command in COMMANDS)


def test_version(type_in: Type) -> None:
    assert type_in("--version").stdout == f"Spikehand {__version__}\n"


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["recognize", "--help"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    code = (
        "import runpy, sys\n"
        f"sys.argv = ['main.py', *{words!r}]\n"
        "try:\n    runpy.run_path('main.py', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stderr == "[]\n"


def test_a_file_opens_the_window(type_in: Type) -> None:
    opened: list[object] = []
    result = type_in("clip.aedat4", "--fullscreen", desktop=window_on(opened))
    assert result.exit_code == 0
    assert opened == [(FileSpec("clip.aedat4"), {**PLAIN, "fullscreen": True})]


def test_nothing_at_all_opens_the_window(type_in: Type) -> None:
    opened: list[object] = []
    assert type_in(desktop=window_on(opened, code=130)).exit_code == 130
    assert opened == [(None, PLAIN)]


def test_a_file_url_is_a_path(type_in: Type) -> None:
    opened: list[object] = []
    type_in("--debug", "file:///tmp/two%20words.aedat4", desktop=window_on(opened))
    assert opened[0][0] == FileSpec("/tmp/two words.aedat4")


def test_window_options_come_first_too(type_in: Type) -> None:
    opened: list[object] = []
    type_in("--model", "net.safetensors", "clip.aedat4", desktop=window_on(opened))
    assert opened == [(FileSpec("clip.aedat4"), {**PLAIN, "model_path": Path("net.safetensors")})]


CLIP = ["clip.aedat4"]
WINDOW_OPTIONS: list[tuple[list[str], dict[str, object]]] = [
    (["--model", "net.pt"], {"model_path": Path("net.pt")}),
    (["--compare", "other.pt"], {"compare_path": Path("other.pt")}),
    (["--compare=other.pt"], {"compare_path": Path("other.pt")}),
    (["--compare", "record"], {"compare_path": Path("record")}),
    (["--fullscreen"], {"fullscreen": True}),
    (["--settings", str(ROOT / "pyproject.toml")], {}),
]


@pytest.mark.parametrize(
    ("first", "second"), list(itertools.combinations(range(len(WINDOW_OPTIONS)), 2))
)
@pytest.mark.parametrize("place", [None, 0, 1, 2])
def test_options_and_file_of_the_window_in_any_order(
    type_in: Type, first: int, second: int, place: int | None
) -> None:
    parts = [WINDOW_OPTIONS[first][0], WINDOW_OPTIONS[second][0]]
    if place is not None:
        parts.insert(place, CLIP)
    opened: list[tuple[object, dict[str, object]]] = []
    result = type_in(*itertools.chain(*parts), desktop=window_on(opened))
    assert result.exit_code == 0, result.stderr
    ((spec, options),) = opened
    assert spec == (None if place is None else FileSpec(*CLIP))
    wanted = {**PLAIN, **WINDOW_OPTIONS[first][1], **WINDOW_OPTIONS[second][1]}
    assert {**options, "settings_path": None, "notes": ()} == wanted


@pytest.mark.parametrize(
    "words",
    [
        ["--debug", "window", "clip.aedat4", "--fullscreen"],
        ["--fullscreen", "window", "clip.aedat4"],
        ["--fullscreen", "--debug", "clip.aedat4"],
        ["clip.aedat4", "--fullscreen", "--debug"],
        ["--fullscreen", "--", "clip.aedat4"],
    ],
)
def test_flags_and_the_command_s_name_stand_where_they_like(
    type_in: Type, words: list[str]
) -> None:
    opened: list[object] = []
    assert type_in(*words, desktop=window_on(opened)).exit_code == 0
    assert opened == [(FileSpec("clip.aedat4"), {**PLAIN, "fullscreen": True})]


def test_a_file_may_begin_with_a_dash(type_in: Type) -> None:
    opened: list[object] = []
    assert type_in("--", "-clip.aedat4", desktop=window_on(opened)).exit_code == 0
    assert opened == [(FileSpec("-clip.aedat4"), PLAIN)]


def test_options_before_another_command_are_the_command_s(type_in: Type) -> None:
    result = type_in("--model", "none.pt", "recognize", "none.aedat4", "--json")
    assert result.exit_code == 2
    assert result.stderr == "Error: expected a model file, but none.pt does not exist\n"


@pytest.mark.parametrize("word", ["--compar", "-x", "--every-ms"])
def test_an_unknown_option_is_named(type_in: Type, word: str) -> None:
    result = type_in(word, "clip.aedat4", desktop=window_on([]))
    assert result.exit_code == 2
    assert f"No such option {word!r}" in result.stderr or f"No such option: {word}" in result.stderr


def test_help_behind_an_option_is_the_window_s(type_in: Type) -> None:
    result = type_in("--fullscreen", "--help")
    assert result.exit_code == 0
    assert "--compare CHECKPOINT" in result.stdout


def test_a_second_network_beside_the_first(type_in: Type) -> None:
    opened: list[object] = []
    type_in("clip.aedat4", "--compare", "other.safetensors", desktop=window_on(opened))
    assert opened == [
        (FileSpec("clip.aedat4"), {**PLAIN, "compare_path": Path("other.safetensors")})
    ]


def test_a_settings_file_is_where_changes_go(type_in: Type, tmp_path: Path) -> None:
    opened: list[object] = []
    path = tmp_path / "mine.json"
    path.write_text("{}")
    type_in("clip.aedat4", "--settings", path, desktop=window_on(opened))
    assert opened == [(FileSpec("clip.aedat4"), {**PLAIN, "settings_path": path})]


@pytest.mark.parametrize("words", [["recogniz"], ["--fullscreen", "recogniz", "a.aedat4"]])
def test_a_misspelt_command_is_not_taken_for_a_file(type_in: Type, words: list[str]) -> None:
    result = type_in(*words)
    assert result.exit_code == 2
    assert "did you mean 'recognize'?" in result.stderr


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "is empty"), ('{"unknown": 1}', "unknown"), ('{"vote": {"window_ms": 0}}', "vote.")],
)
def test_a_broken_settings_file_is_a_note(
    type_in: Type, tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    opened: list[tuple[object, dict[str, object]]] = []
    result = type_in("--settings", path, desktop=window_on(opened))
    assert result.exit_code == 0
    assert result.stderr.startswith("Note: ")
    assert sentence in result.stderr
    ((_, options),) = opened
    assert result.stderr == f"Note: {options['notes'][0]}\n"


def test_the_user_s_own_broken_settings_file_is_a_note(
    type_in: Type, side_network: None, recording: Path
) -> None:
    default_path().parent.mkdir(parents=True)
    default_path().write_text("")
    result = type_in("recognize", recording)
    assert result.exit_code == 0
    assert "is empty; the defaults are used" in result.stderr


@pytest.mark.parametrize("words", [["--settings"], ["recognize", "a.aedat4", "--settings"]])
def test_a_settings_file_that_is_named_must_be_there(
    type_in: Type, tmp_path: Path, words: list[str]
) -> None:
    result = type_in(*words, tmp_path / "none.json", desktop=window_on([]))
    assert result.exit_code == 2
    assert "none.json" in result.stderr


@pytest.mark.parametrize(
    ("raised", "code"),
    [(SourceError("the camera is gone"), 2), (KeyboardInterrupt(), 130), (BrokenPipeError(), 0)],
)
def test_exit_codes(
    type_in: Type, monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int
) -> None:
    @click.command()
    def window() -> None:
        raise raised

    monkeypatch.setattr(cli_module.LazyGroup, "get_command", lambda *_: window)
    monkeypatch.setattr(cli_module, "drop_stdout", lambda: None)
    result = type_in("window")
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr == (f"Error: {raised}\n" if code == 2 else "")


def crash(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run main.py with a window that has a fault."""
    code = (
        "import sys\n"
        "from app.commands.cli import cli\n"
        "from app.commands.desktop import Desktop\n"
        f"cli({list(words)!r}, obj=Desktop(lambda: None, *[lambda *a, **k: 1 / 0] * 2))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_fault_of_ours_is_one_sentence_and_a_log_file(tmp_path: Path) -> None:
    done = crash(tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "ZeroDivisionError" in done.stderr
    log = next(tmp_path.rglob("spikehand.log"))
    assert str(log) in done.stderr
    assert "Traceback" in log.read_text()


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    done = crash(tmp_path, "--debug")
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_an_unwritable_log_folder_stops_nothing(
    type_in: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert type_in(desktop=window_on([])).exit_code == 0
    assert not log_path().exists()


def test_warnings_reach_stderr_without_their_traceback(type_in: Type) -> None:
    def run_window(*_: object, **__: object) -> int:
        logging.getLogger("app").info("quiet")
        logging.getLogger("app").warning("mind this", exc_info=ValueError("inner"))
        return 0

    result = type_in(desktop=Desktop(lambda: None, run_window, run_window))
    assert result.stderr == "Warning: mind this\n"
    assert "inner" in log_path().read_text()
    assert "quiet" in log_path().read_text()


@pytest.mark.parametrize("words", [["--help"], ["record", "--help"], ["record"]])
def test_texts_call_the_program_as_it_was_started(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "main.py", *words],
        cwd=ROOT,
        env={**os.environ, "SPIKEHAND_PROGRAM": "./run.sh"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    said = done.stdout + done.stderr
    assert "Usage: ./run.sh" in said
    assert "main.py" not in said
