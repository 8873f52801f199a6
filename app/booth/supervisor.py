"""The supervisor's loop: starts the kiosk, listens to it, ends and restarts it.

::

    waiting for its start --> running --> asked to end --> dead, its tree killed, its traces swept
             ^                   \\____________ hung ___________/             |
             +--------------------------- unless it left by PIN, or we leave -+
"""

from __future__ import annotations

import contextlib
import os
import select
import selectors
import signal
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from app.booth import notify
from app.booth.backoff import Backoff
from app.booth.config import TRACE_VARIABLE, Config
from app.booth.gauges import Gauges
from app.booth.heart import Heart
from app.booth.ledger import Ledger
from app.booth.leftovers import sweep_scratch, sweep_shared_memory
from app.booth.messages import Beat, Message, Note, Welcome
from app.booth.nightly import Nightly
from app.booth.records import Records
from app.booth.run import Run
from app.booth.run_log import RunLog
from app.booth.signals import Signals
from app.booth.trace import Trace
from app.booth.tree import Tree, become_subreaper

TICK_S = 0.1
GRACE_S = 3.0  # for a kiosk that was asked to end
LEFT = 0  # the exit code of a kiosk that staff has left
STDERR = 2


class Supervisor:
    """Runs until the kiosk is left or a signal comes.

    Raises:
        AlreadyRunning: another supervisor keeps its records in the same folder.
    """

    def __init__(self, config: Config, environment: Mapping[str, str] = os.environ) -> None:
        self._command = config.command
        self._log_folder = _folder(config.log_folder)
        self._records = Records(_folder(config.state_folder))
        self._notifier = notify.Notifier(environment)
        self._trace = Trace(environment.get(TRACE_VARIABLE))
        ours = {*notify.VARIABLES, TRACE_VARIABLE}
        self._environment = {name: environment[name] for name in environment if name not in ours}
        self._tree = Tree()
        self._gauges = Gauges(config.memory_mb, self._tree.memory_mb)
        self._ledger = Ledger(self._records, self._gauges)
        self._backoff = Backoff()
        self._nightly = Nightly(config.restart_at, datetime.now())
        self._selector = selectors.DefaultSelector()
        self._run: Run | None = None
        self._log = RunLog(None, datetime.now())
        self._heart = Heart(0.0)
        self._began, self._began_s = 0.0, 0.0
        self._ending: str | None = None  # why the kiosk was asked to end
        self._deadline_s = 0.0
        self._exit_code: int | None = None  # ours, once we leave
        self._told: set[str] = set()

    def run(self) -> int:
        """The exit code: 0 after the kiosk was left, 128 + number after a signal."""
        become_subreaper()
        sweep_scratch()
        with Signals() as signals, self._selector:
            self._selector.register(
                signals, selectors.EVENT_READ, lambda: self._obey(signals.caught())
            )
            try:
                while self._exit_code is None or self._run is not None:
                    self._step()
            finally:
                self._notifier.stopping()
                self._tree.kill()
                self._ledger.write()
                self._records.close()
                self._log.close()
        return self._exit_code or 0

    def _step(self) -> None:
        now_s = time.monotonic()
        if self._run is None and self._backoff.wait_s(now_s) == 0:
            self._start(now_s)
        for key, _ in self._selector.select(TICK_S):
            key.data()
        now_s = time.monotonic()
        if self._run is not None:
            self._look_after(self._run, now_s)
        self._ledger.look(now_s)
        self._notifier.watchdog(now_s)
        self._notifier.status(self._ledger.summary)
        for fault in filter(None, (self._records.fault, self._log.fault)):
            self._say_once(fault)

    def _start(self, now_s: float) -> None:
        self._log.close()
        self._log = RunLog(self._log_folder, datetime.now())
        self._backoff.started(now_s)
        self._heart = Heart(now_s)
        self._gauges.begin_run()
        self._ledger.begin_run()
        self._began, self._began_s, self._ending = time.time(), now_s, None
        welcome = Welcome(self._ledger.best_today)
        try:
            self._run = Run(
                self._command, self._environment, welcome, self._log, self._selector, self._take
            )
        except OSError as error:
            self._give_up(f"could not be started: {error}")
            return
        self._tree.watch(self._run.pid)
        self._log.say(f"started as process {self._run.pid}")
        self._trace.started(self._run.pid)

    def _take(self, message: Message) -> None:
        self._ledger.take(message)
        if isinstance(message, Beat) and self._run is not None:
            self._heart.take(message)
            self._trace.beat(self._run.pid, message)
        elif isinstance(message, Note):
            self._log.say(message.sentence)

    def _look_after(self, run: Run, now_s: float) -> None:
        code = self._tree.exit_code()
        if code is not None:
            self._end(run, code)
        elif self._ending is not None:
            if now_s >= self._deadline_s:
                self._end(run, None)
        elif (hung := self._heart.look(now_s, is_stopped=self._tree.is_stopped)) is not None:
            self._ending = hung
            self._end(run, None)
        elif (reason := self._gauges.look(now_s) or self._night(now_s)) is not None:
            self._ask_to_end(run, reason, signal.SIGTERM)
        elif self._heart.is_settled:
            self._notifier.ready()

    def _night(self, now_s: float) -> str | None:
        is_due = self._nightly.is_due(datetime.now(), now_s, playing=self._heart.is_playing)
        return "the nightly restart" if is_due else None

    def _ask_to_end(self, run: Run, reason: str, number: int) -> None:
        self._ending = reason
        self._deadline_s = time.monotonic() + GRACE_S
        run.signal(number)

    def _obey(self, numbers: list[int]) -> None:
        """Pass the first signal on; at the next one, have no patience."""
        for number in numbers:
            if self._exit_code is not None:
                self._deadline_s = 0.0
                continue
            self._exit_code = 128 + number
            self._log.say(f"{signal.Signals(number).name} has come")
            if self._run is not None:
                self._ask_to_end(self._run, "was told to end", number)

    def _end(self, run: Run, code: int | None) -> None:
        """Leave nothing of the kiosk, whether it ended by itself or must be killed."""
        if not self._tree.kill():
            self._say("a process of the kiosk cannot be killed")
        by_itself = code is not None and self._ending is None
        run.finish()
        self._run = None
        lasted_s = time.monotonic() - self._began_s
        sweep_shared_memory(min(self._began, time.time() - lasted_s) - 1.0)
        reason = _why(code, run.last_words) if by_itself else self._ending or "ended"
        if by_itself and code == LEFT and self._exit_code is None:
            self._exit_code = LEFT
        self._give_up(reason)

    def _give_up(self, reason: str) -> None:
        """This run is over; another one follows unless we leave."""
        self._trace.ended(reason)
        self._backoff.ended(went_well=self._heart.went_well)
        if self._exit_code is not None:
            self._log.say(f"the end: {reason}")
            return
        self._ledger.restart(reason)
        wait_s = self._backoff.wait_s(time.monotonic())
        self._say(
            f"the kiosk {reason}; it is started again" + (f" in {wait_s:.0f} s" * (wait_s > 1))
        )

    def _say(self, sentence: str) -> None:
        """Into the log, and to whoever looks at our stderr, if that can be done without waiting."""
        self._log.say(sentence)
        with contextlib.suppress(OSError, ValueError):
            if select.select([], [STDERR], [], 0)[1]:
                os.write(STDERR, f"{sentence}\n".encode())

    def _say_once(self, sentence: str) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self._say(sentence)


def _folder(path: str | None) -> Path | None:
    return None if path is None else Path(path)


def _why(code: int | None, last_words: str) -> str:
    """How a kiosk came to its end that nobody had asked for."""
    if code is None:
        return "ended"
    words = f": {last_words}" if last_words and code != -signal.SIGKILL else ""
    if code >= 0:
        return f"ended with code {code}{words}"
    names = {each.value: each.name for each in signal.Signals}
    return f"was ended by {names.get(-code, f'signal {-code}')}{words}"
