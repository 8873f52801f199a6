"""Kiosks that behave and misbehave, by the name of a function here: a program of its own.

It starts in 20 ms, and so imports nothing of ours: it says what a real one would, by hand.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

PERIOD_S = 0.05
TICKS = 10


def say(kind: str, **fields: object) -> None:
    line = json.dumps({"kind": kind, **fields}) + "\n"
    os.write(1, line.encode())


def beats(seconds: float = 60.0, *, growing: bool = True, **fields: object) -> None:
    decisions = 0
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        decisions += TICKS * growing
        say("beat", **{"decisions": decisions, "named": decisions, **fields})
        time.sleep(PERIOD_S)


def well() -> None:
    beats()


def left() -> None:
    beats(0.2)


def breaks() -> None:
    beats(0.3)
    sys.stderr.write("something went by\nit broke in the middle\n")
    sys.exit(3)


def aborts() -> None:
    beats(0.3)
    sys.stderr.write("the display is gone\n")
    os.abort()


def stops() -> None:
    beats(0.3)
    os.kill(os.getpid(), signal.SIGSTOP)


def hangs() -> None:
    beats(0.3)
    mute()


def freezes() -> None:
    beats(0.3)
    beats(growing=False, decisions=30)


def mute() -> None:
    time.sleep(60)


def searches() -> None:
    attempts = 0
    while True:
        attempts += 1
        beats(0.2, growing=False, waiting="source", attempts=attempts)


def stubborn() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    beats()


def floods() -> None:
    """Far more than any log should hold, half lines and what looks like a beat among it."""
    noise = b"x" * 70_000 + b"\n" + b'{"kind": "beat", "decisions": "many"}\n' + b"\xff\xfe{" * 500
    for decisions in range(1, 10_000):
        for _ in range(20):
            os.write(1, noise)
            os.write(2, noise)
        os.write(1, b"\n")
        say("beat", decisions=decisions)


def plays() -> None:
    """Tells what it was told, plays a round, and breaks."""
    welcome = json.loads(sys.stdin.readline())
    say("note", sentence=f"best today: {welcome['best_today']}")
    say("visitor")
    say("hit", gesture="arm_roll", after_ms=900)
    say("miss", gesture="air_drums")
    say("round", score=1, asked=2, points=120)
    beats(0.5, dropped=4)
    sys.exit(5)


def parent() -> None:
    """Has a child in a session of its own that is stopped, and leaves a semaphore behind."""
    child = subprocess.Popen(
        [sys.executable, "-ISc", "import time; time.sleep(60)"], start_new_session=True
    )
    os.kill(child.pid, signal.SIGSTOP)
    semaphore = f"/dev/shm/sem.mp-test{os.getpid()}"
    open(semaphore, "w").close()
    scratch = os.environ["TMPDIR"]
    open(os.path.join(scratch, "left"), "w").close()
    say("note", sentence=json.dumps([child.pid, semaphore, scratch]))
    beats()


if __name__ == "__main__":
    globals()[sys.argv[1]]()
