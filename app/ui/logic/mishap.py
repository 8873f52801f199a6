"""Exceptions that nobody caught: into the log once, onto the banner in one sentence."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from app.ui.logic.language import translate

log = logging.getLogger(__name__)


class MishapHook:
    """An excepthook. A fault that comes back with every picture is told only once."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
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
        self._say(said.format(kind.__name__, error))


@contextmanager
def catch_mishaps(say: Callable[[str], None]) -> Iterator[None]:
    """Let ``say`` tell what went wrong while the block runs, instead of ending the program."""
    before = sys.excepthook
    sys.excepthook = MishapHook(say)
    try:
        yield
    finally:
        sys.excepthook = before
