"""Exceptions that nobody caught: into the log once, to the user in one sentence and a report."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType

from app.ui.logic.language import translate

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mishap:
    """One sentence for the user, and the traceback for whoever mends it."""

    sentence: str
    trace: str


class MishapHook:
    """An excepthook. A fault that comes back with every picture is told only once."""

    def __init__(self, tell: Callable[[Mishap], None]) -> None:
        self._tell = tell
        self._told: set[tuple[type[BaseException], int]] = set()

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = (kind, hash((trace.tb_frame.f_code, trace.tb_lineno)) if trace else 0)
        if place in self._told:
            return
        self._told.add(place)
        log.error("uncaught exception", exc_info=(kind, error, error.__traceback__))
        said = translate("window", "Something went wrong inside the program ({0}: {1}).")
        whole = "".join(traceback.format_exception(kind, error, error.__traceback__))
        self._tell(Mishap(said.format(kind.__name__, error), whole))


@contextmanager
def catch_mishaps(tell: Callable[[Mishap], None]) -> Iterator[None]:
    """Let ``tell`` hear what went wrong while the block runs, instead of ending the program."""
    before = sys.excepthook
    sys.excepthook = MishapHook(tell)
    try:
        yield
    finally:
        sys.excepthook = before
