"""The starters: sound shell, and the README says what they do."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.commands.conftest import ROOT

SHELL = ("run.sh", "run.command", ".ci/run", "assets/packaging/pack.sh")
BASH = shutil.which("bash")

pytestmark = pytest.mark.skipif(BASH is None, reason="no bash here")


@pytest.mark.parametrize("name", SHELL)
def test_shell_is_sound(name: str) -> None:
    path = ROOT / name
    assert path.stat().st_mode & stat.S_IXUSR
    assert subprocess.run([str(BASH), "-n", str(path)], timeout=20).returncode == 0


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="no shellcheck here")
@pytest.mark.parametrize("name", SHELL)
def test_shellcheck_has_nothing_to_say(name: str) -> None:
    done = subprocess.run(
        ["shellcheck", str(ROOT / name)], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_continuous_check_is_the_readme_s_command() -> None:
    assert "exec ./run.sh test" in (ROOT / ".ci" / "run").read_text()
    assert "./run.sh test" in (ROOT / "README.md").read_text()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose .venv is there and whose python only tells what it was asked."""
    here = tmp_path / "two words"
    (here / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "run.sh", here)
    (here / "requirements.txt").write_text("click==8.5.1\n")
    python = here / ".venv" / "bin" / "python"
    python.write_text(
        '#!/usr/bin/env bash\necho "$QT_QPA_PLATFORM|$PWD|$*|$SPIKEHAND_PROGRAM" >> "$TOLD"\n'
        '[ -z "${FAIL:-}" ] || [ "$*" != "$FAIL" ]\n'
    )
    python.chmod(0o755)
    return here


def start(checkout: Path, *words: str, cwd: Path | None = None, fails: str = "") -> list[list[str]]:
    """Run run.sh; what python was asked for, as platform, folder and words.

    What ``fails`` names is refused, and so must run.sh be with it.
    """
    told = checkout / "told.txt"
    told.unlink(missing_ok=True)
    environment = {**os.environ, "TOLD": str(told), "QT_QPA_PLATFORM": "given", "FAIL": fails}
    done = subprocess.run(
        [str(BASH), str(checkout / "run.sh"), *words],
        cwd=cwd or checkout,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == (1 if fails else 0), done.stderr
    return [line.split("|") for line in told.read_text().splitlines()]


def test_an_unfinished_install_is_finished_once(checkout: Path) -> None:
    def installs() -> int:
        return sum("pip install" in call[2] for call in start(checkout))

    assert installs() == 1
    assert installs() == 0
    (checkout / "requirements.txt").write_text("click==8.5.2\n")
    assert installs() == 1


def test_words_and_folder_are_passed_through(checkout: Path, tmp_path: Path) -> None:
    *_, last = start(checkout, "recognize", "a b.aedat4", "--json", cwd=tmp_path)
    assert last[:3] == ["given", str(tmp_path), f"{checkout}/main.py recognize a b.aedat4 --json"]


def test_help_texts_call_the_program_as_it_was_called(checkout: Path) -> None:
    assert start(checkout, "--help")[-1][3] == str(checkout / "run.sh")


def test_windows_finds_its_labels() -> None:
    content = (ROOT / "run.bat").read_bytes()  # with bare line feeds, cmd may miss a label
    assert content.count(b"\n") == content.count(b"\r\n") > 0


def test_windows_help_texts_say_run_bat() -> None:
    assert 'set "SPIKEHAND_PROGRAM=run.bat"' in (ROOT / "run.bat").read_text()


def test_test_runs_the_tests_without_a_screen(checkout: Path, tmp_path: Path) -> None:
    *_, last = start(checkout, "test", "-k", "doctor", cwd=tmp_path)
    assert last[:3] == ["offscreen", str(checkout), "-m pytest -k doctor"]


CHECKS = ["-m ruff check .", "-m ruff format --check .", "-m mypy", "-m pytest "]


@pytest.mark.parametrize("fails", ["", *(check.strip() for check in CHECKS)])
def test_test_alone_makes_every_check_whatever_fails(checkout: Path, fails: str) -> None:
    *_, lint, form, types, tests = [call[2] for call in start(checkout, "test", fails=fails)]
    assert [lint, form, types, tests] == [*CHECKS[:3], CHECKS[3].strip()]


def test_coverage_comes_on_request(checkout: Path) -> None:
    *_, last = start(checkout, "test", "--coverage", "tests/booth")
    assert last[2].startswith("-m pytest --cov=app --cov=models")
    assert last[2].endswith("tests/booth")


def test_windows_makes_the_same_checks() -> None:
    content = (ROOT / "run.bat").read_text()
    assert all(f'"%PYTHON%" {check}' in content for check in CHECKS)
