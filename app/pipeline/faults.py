"""What went wrong in a thread, in one sentence for the user."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from app.sources.contract import SourceError
from models.spec import ModelError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """``is_ours`` says that the program itself is at fault, not what it was given."""

    sentence: str
    is_ours: bool


def fault_of(error: Exception, doing: str) -> Fault:
    """The fault behind an exception that ended ``doing``.

    Who shows the sentence tells the user, so the log only keeps the traceback of what nobody
    expected, and does not tell it a second time.
    """
    if isinstance(error, SourceError | ModelError):
        return Fault(str(error), is_ours=False)
    log.info("%s failed", doing, exc_info=error)
    sentence = f"{doing} stopped unexpectedly ({type(error).__name__}: {error})"
    return Fault(sentence, is_ours=True)
