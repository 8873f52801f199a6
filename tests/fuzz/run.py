"""Feeds a target in batches, each in a child that is killed when one input takes too long."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.child import IDLE, STATE, input_of
from tests.fuzz.targets import Target

ROOT = Path(__file__).resolve().parents[2]
BATCH = 5000
LOOK_S = 0.1
STARTING_S = 300.0
STARTING = -2


@dataclass(frozen=True, slots=True)
class Finding:
    """Input ``index`` of a target: what it did, and where."""

    target: str
    index: int
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Of so many ``inputs`` of a target, ``used`` were taken for good."""

    target: str
    inputs: int
    used: int
    findings: tuple[Finding, ...]
    took_s: float


def fuzz(target: Target, inputs: int, seed: int, limit_s: float, out: Path) -> Tally:
    """Feed a target; the inputs of its findings are kept in ``out``."""
    begin, used, first = time.monotonic(), 0, 0
    findings: list[Finding] = []
    with TemporaryDirectory(prefix="spikehand-fuzz-") as name:
        folder = Path(name)
        seeds = _prepare(target, folder)
        while first < inputs:
            last = min(first + BATCH, inputs)
            batch = _Batch(target, folder, seed, first, last)
            found = list(batch.play(limit_s))
            used += batch.used
            findings += found
            for finding in found:
                _keep(finding, target, input_of(target.name, seeds, seed, finding.index), out)
            first = batch.following
    return Tally(target.name, inputs, used, tuple(findings), time.monotonic() - begin)


def _prepare(target: Target, folder: Path) -> list[bytes]:
    """Whole inputs as files, in the order in which the child will see them."""
    (folder / "making").mkdir()
    (folder / "work").mkdir()
    seeds = target.seeds(folder / "making")
    for number, content in enumerate(seeds):
        (folder / f"seed{number:03}").write_bytes(content)
    shutil.rmtree(folder / "making")
    return seeds


def _keep(finding: Finding, target: Target, content: bytes, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{finding.target}-{finding.index}{Path(target.file).suffix}"
    path.write_bytes(content)


class _Batch:
    """Inputs from ``first`` to before ``last``; ``following`` is the next one to go on with."""

    def __init__(self, target: Target, folder: Path, seed: int, first: int, last: int) -> None:
        self._target, self._folder = target, folder
        self._arguments = [str(number) for number in (seed, first, last)]
        self.following, self.used = last, 0

    def play(self, limit_s: float) -> Iterator[Finding]:
        """Play until the end, or until one kills the child."""
        state, said = self._folder / "state", self._folder / "said"
        state.write_bytes(STATE.pack(STARTING, 0))
        command = [sys.executable, "-m", "tests.fuzz.child", self._target.name, str(self._folder)]
        with open(said, "wb") as file:
            child = subprocess.Popen(
                [*command, *self._arguments], cwd=ROOT, stdout=file, stderr=subprocess.DEVNULL
            )
            hangs = not self._watch(child, state, limit_s)
            if hangs:
                child.kill()
            code = child.wait()
        index, self.used = STATE.unpack(state.read_bytes())
        for line in said.read_text().splitlines():
            yield Finding(self._target.name, *json.loads(line))
        if index == IDLE:
            return
        if index == STARTING:
            raise RuntimeError(f"the target {self._target.name} does not start: exit code {code}")
        self.following = index + 1
        if self._answers_apart(limit_s):
            return
        what = f"hangs for {limit_s:g} s" if hangs else _ending(code)
        yield Finding(self._target.name, index, what, "the process")

    def _answers_apart(self, limit_s: float) -> bool:
        """Whether the program's own way with the input at work ends in time."""
        if self._target.apart is None:
            return False
        begin = time.monotonic()
        self._target.apart(self._folder / "work" / self._target.file)
        return time.monotonic() - begin <= limit_s

    def _watch(self, child: subprocess.Popen[bytes], state: Path, limit_s: float) -> bool:
        """Wait for the end; false if one input takes longer than it may."""
        before, since_s = STARTING, time.monotonic()
        while child.poll() is None:
            time.sleep(LOOK_S)
            index, _ = STATE.unpack(state.read_bytes())
            if index != before:
                before, since_s = index, time.monotonic()
            patience_s = STARTING_S if index in (STARTING, IDLE) else limit_s
            if time.monotonic() - since_s > patience_s:
                return False
        return True


def _ending(code: int) -> str:
    return f"dies of {signal.Signals(-code).name}" if code < 0 else f"ends with code {code}"
