"""The event server that the booth listens to, which can be killed and held."""

from __future__ import annotations

import random
import signal
import socket
import subprocess
import time

import psutil

from tests.soak.place import Place, wait_until

AWAY_S, HELD_S = (0.2, 4.0), (1.0, 8.0)


class Peer:
    """``serve`` of a recording in a loop, at a port that stays the same."""

    def __init__(self, place: Place, recording: str) -> None:
        self._place = place
        self._recording = recording
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process = self._start()

    def fail(self, number: int, chance: random.Random) -> float:
        """Kill or hold it for a while; the time (monotonic) at which it is back."""
        if number == signal.SIGSTOP:
            self.process.send_signal(signal.SIGSTOP)
            time.sleep(chance.uniform(*HELD_S))
            back_s = time.monotonic()
            self.process.send_signal(signal.SIGCONT)
            return back_s
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.kill()
        self.process.wait()
        for child in children:  # by themselves they end a moment later
            child.kill()
        time.sleep(chance.uniform(*AWAY_S))
        self.process = self._start()
        return time.monotonic()

    def pids(self) -> set[int]:
        children = psutil.Process(self.process.pid).children(recursive=True)
        return {self.process.pid, *(child.pid for child in children)}

    def _start(self) -> subprocess.Popen[bytes]:
        words = ["serve", self._recording, "--port", str(self.port), "--loop"]
        process = self._place.start(words, self._place.folder)
        wait_until(self._answers, "the event server's start")
        return process

    def _answers(self) -> bool:
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", self.port)) == 0
