"""The fuzzer itself: whole inputs are used, and whatever an input does is found and kept."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.fuzz import child, run
from tests.fuzz.__main__ import main, told
from tests.fuzz.mutate import mutated
from tests.fuzz.run import Finding, fuzz
from tests.fuzz.targets import TARGETS, Target


@pytest.mark.parametrize("name", TARGETS)
def test_whole_inputs_are_used(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    (tmp_path / "making").mkdir()
    (tmp_path / "work").mkdir()
    path = tmp_path / "work" / target.file
    contents = target.seeds(tmp_path / "making")
    for content in contents[:1] if name == "probe" else contents:
        path.write_bytes(content)
        assert target.take(path)


def test_damage_is_the_same_for_the_same_numbers_and_never_ends_in_an_error() -> None:
    for content in (b"", b"a", b'{"n": 12}' * 90):
        for seed in range(300):
            rngs = np.random.default_rng(seed), np.random.default_rng(seed)
            one, other = (mutated(content, [content, b"xyz"], rng) for rng in rngs)
            assert one == other


def misbehave(path: Path) -> bool:
    """Does for every sixth input something else that nobody answers."""
    number = int(path.read_bytes()[0]) % 6
    if number == 1:
        raise ValueError("nobody answers this")
    if number == 2:
        os.kill(os.getpid(), signal.SIGSEGV)
    if number == 3:
        time.sleep(60)
    if number == 4:
        np.ones(10**10)
    return number == 5


@pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of memory")
def test_what_an_input_does_is_found_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child of this test is a copy of this process, with a target that only this test has."""
    bad = Target("bad", "a.bin", lambda folder: [b"whole"], misbehave)
    monkeypatch.setitem(TARGETS, "bad", bad)
    numbered = lambda name, seeds, seed, index: bytes([index])  # noqa: E731
    monkeypatch.setattr(child, "input_of", numbered)
    monkeypatch.setattr(run, "input_of", numbered)
    monkeypatch.setattr(run.subprocess, "Popen", Copy)
    tally = fuzz(bad, 8, 0, 1.0, tmp_path / "kept")
    found = {finding.index: finding.what for finding in tally.findings}
    assert found.keys() == {1, 2, 3, 4, 7}
    assert found[1] == found[7] == "ValueError: nobody answers this"
    assert "SIGSEGV" in found[2]
    assert found[3] == "hangs for 1 s"
    assert "MemoryError" in found[4]
    assert (tally.inputs, tally.used) == (8, 1)
    kept = {path.name: path.read_bytes() for path in (tmp_path / "kept").iterdir()}
    assert kept == {f"bad-{index}.bin": bytes([index]) for index in found}
    assert "2 x ValueError" in told(tally)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize(("takes_s", "found"), [(0.0, set()), (1.5, {2, 3})])
def test_what_the_program_reads_apart_is_asked_of_it(
    takes_s: float, found: set[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inputs 2 and 3 kill and stop the child; they count where the program's own way is late."""
    seen: list[int] = []

    def take_apart(path: Path) -> bool:
        seen.append(path.read_bytes()[0])
        time.sleep(takes_s)
        return False

    bad = Target("bad", "a.bin", lambda folder: [b"whole"], misbehave, take_apart)
    monkeypatch.setitem(TARGETS, "bad", bad)
    numbered = lambda name, seeds, seed, index: bytes([index])  # noqa: E731
    monkeypatch.setattr(child, "input_of", numbered)
    monkeypatch.setattr(run, "input_of", numbered)
    monkeypatch.setattr(run.subprocess, "Popen", Copy)
    tally = fuzz(bad, 4, 0, 1.0, tmp_path / "kept")
    assert seen == [2, 3]
    assert {finding.index for finding in tally.findings} == {1} | found


class Copy:
    """A forked copy of this process in place of a new one, as ``subprocess.Popen`` is used."""

    def __init__(self, command: list[str], **options: object) -> None:
        self._code: int | None = None
        self._pid = os.fork()
        if not self._pid:
            faulthandler.disable()
            os.dup2(options["stdout"].fileno(), 1)  # type: ignore[attr-defined]
            sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
            name, folder, *numbers = command[3:]
            try:
                child.main(name, Path(folder), *map(int, numbers))
            finally:
                os._exit(0)

    def poll(self) -> int | None:
        if self._code is None:
            ended, status = os.waitpid(self._pid, os.WNOHANG)
            self._code = os.waitstatus_to_exitcode(status) if ended else None
        return self._code

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> int:
        if self._code is None:
            self._code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return self._code


def test_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def recorded(target: Target, inputs: int, *options: object) -> run.Tally:
        asked.append((target.name, inputs))
        found = (Finding(target.name, 3, "hangs", "the process"),) if target.name == "nir" else ()
        return run.Tally(target.name, inputs, 1, found, 1.0)

    monkeypatch.setattr("tests.fuzz.__main__.fuzz", recorded)
    monkeypatch.setattr(os, "nice", lambda by: by)
    assert main(["--inputs", "5", "--target", "nir", "--target", "model"]) == 1
    assert asked == [("nir", 3), ("model", 2)]
    assert "1 x hangs (the process), first with input 3" in capsys.readouterr().out
    assert main(["--inputs", "1", "--target", "model"]) == 0
