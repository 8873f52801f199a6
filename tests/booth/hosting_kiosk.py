"""A kiosk without a window that reads a recording in a real child process: a program of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

from app.booth.messages import Beat, Note, encode
from app.sources.bundled import bundled_recordings
from app.sources.hosting.host import HostedSource


def main() -> None:
    with HostedSource(bundled_recordings()[0]) as source:
        next(source.batches())
        (child,) = multiprocessing.active_children()
        assert child.pid is not None
        os.kill(child.pid, signal.SIGSTOP)
        os.write(1, encode(Note(f"its source: {child.pid}")))
        for decisions in range(10_000):
            os.write(1, encode(Beat(decisions)))
            time.sleep(0.05)


if __name__ == "__main__":
    main()
