"""The tree's end takes every child of a process, so that each test has one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAD = """
import json, os, signal, subprocess, sys, time
from app.booth.tree import Tree, become_subreaper, die_with_parent
SLEEP = [sys.executable, "-ISc", "import time; time.sleep(60)"]
tree = Tree()
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the supervisor needs POSIX")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")


def lives(pid: int) -> bool:
    """Whether there is such a process, and not merely one that nobody has waited for."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def told_by(body: str) -> object:
    """What a program of its own prints as JSON at its end."""
    done = subprocess.run(
        [sys.executable, "-c", HEAD + body], cwd=ROOT, capture_output=True, timeout=30, check=True
    )
    return json.loads(done.stdout)


def test_it_ends_children_that_are_stopped_or_ignore_signals_and_grandchildren() -> None:
    pids, killed, left = told_by("""
stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
family = f"import subprocess; p = subprocess.Popen({SLEEP}); print(p.pid, flush=True); p.wait()"
first = subprocess.Popen(SLEEP)
second = subprocess.Popen([sys.executable, "-ISc", stubborn])
third = subprocess.Popen([sys.executable, "-ISc", family], stdout=subprocess.PIPE)
grandchild = int(third.stdout.readline())
os.kill(first.pid, signal.SIGSTOP)
found = [process.pid for process in tree.look()]
killed = tree.kill()
print(json.dumps([[first.pid, second.pid, third.pid, grandchild], killed, len(tree.look())]))
assert sorted(found) == sorted([first.pid, second.pid, third.pid, grandchild])
""")
    assert killed
    assert left == 0
    assert not any(map(lives, pids))


@linux_only
def test_orphans_are_adopted_and_ended_too() -> None:
    pid = told_by("""
assert become_subreaper()
leaves = f"import subprocess; print(subprocess.Popen({SLEEP}, stdout=-3).pid)"
parent = subprocess.Popen([sys.executable, "-ISc", leaves], stdout=subprocess.PIPE)
orphan = int(parent.stdout.readline())
parent.wait()
os.kill(orphan, signal.SIGSTOP)
assert [process.pid for process in tree.look()] == [orphan]
assert tree.kill()
print(orphan)
""")
    assert not lives(pid)


def test_how_the_watched_child_ended() -> None:
    codes = told_by("""
codes = []
for end in ("import sys; sys.exit(7)", "import os; os.kill(os.getpid(), 9)"):
    other = subprocess.Popen([sys.executable, "-ISc", ""])
    child = subprocess.Popen([sys.executable, "-ISc", end])
    tree.watch(child.pid)
    while (code := tree.exit_code()) is None:
        time.sleep(0.01)
    codes.append(code)
tree.watch(1)
codes.append(tree.exit_code())
print(json.dumps(codes))
os._exit(0)
""")
    assert codes == [7, -9, None]


def test_whether_the_watched_child_is_stopped() -> None:
    assert told_by("""
child = subprocess.Popen(SLEEP)
tree.watch(child.pid)
found = [tree.is_stopped]
for number in (signal.SIGSTOP, signal.SIGCONT, signal.SIGSTOP):
    os.kill(child.pid, number)
    for _ in range(500):
        assert tree.exit_code() is None
        if tree.is_stopped != found[-1]:
            break
        time.sleep(0.01)
    found.append(tree.is_stopped)
tree.kill()
found.append(tree.is_stopped)
print(json.dumps([*found, tree.exit_code()]))
""") == [False, True, False, True, False, -9]


@linux_only
def test_a_child_that_dies_with_its_parent() -> None:
    pid = told_by("""
if not os.fork():
    print(subprocess.Popen(SLEEP, stdout=subprocess.DEVNULL, preexec_fn=die_with_parent).pid)
    sys.stdout.flush()
    os._exit(0)
os.wait()
""")
    end_s = time.monotonic() + 10
    while lives(pid) and time.monotonic() < end_s:
        time.sleep(0.02)
    assert not lives(pid)


def test_memory_is_that_of_all_processes() -> None:
    before_mb, after_mb = told_by("""
before = tree.memory_mb()
code = "kept = bytearray(50_000_000); print(flush=True); import time; time.sleep(60)"
children = [subprocess.Popen([sys.executable, "-ISc", code], stdout=subprocess.PIPE) for _ in "12"]
for child in children:
    child.stdout.readline()
print(json.dumps([before, tree.memory_mb()]))
tree.kill()
""")
    assert before_mb == 0
    assert 100 < after_mb < 150
