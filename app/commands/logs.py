"""Where messages go: warnings to stderr, everything to a rotating file, crashes as one sentence."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from app.commands.shown import shown
from app.places import log_folder

LOG_FILE = "spikehand.log"
MAX_BYTES = 1_000_000

logger = logging.getLogger(__name__)


class _Whole(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return shown(super().format(record))


class _OneLine(logging.Formatter):
    """Leaves tracebacks to the file."""

    def format(self, record: logging.LogRecord) -> str:
        return shown(f"{record.levelname.capitalize()}: {record.getMessage()}")


class _PrivateFile(RotatingFileHandler):
    """Only the user reads what was played and when, be the file new or of an older version."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with contextlib.suppress(OSError):  # a file system without permissions
            os.chmod(self.baseFilename, 0o600)
        return TextIOWrapper(os.fdopen(handle, "ab"), self.encoding, self.errors)


def log_path() -> Path:
    """The newest log file; older ones lie beside it with a number.

    Raises:
        NoHomeError: the account has no home folder.
    """
    return log_folder() / LOG_FILE


def set_up_logging(debug: bool = False) -> None:
    """Send warnings to stderr and everything from INFO on to the log file, where it can be written.

    Also makes every uncaught exception one sentence on stderr, its traceback going to the log.
    """
    screen = logging.StreamHandler()
    screen.setLevel(logging.DEBUG if debug else logging.WARNING)
    screen.setFormatter(_Whole() if debug else _OneLine())
    handlers: list[logging.Handler] = [screen]
    with contextlib.suppress(OSError):  # a read-only home is no reason not to run
        folder = log_path().parent
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(PermissionError):  # somebody else's, where we may write
            folder.chmod(0o700)
        file = _PrivateFile(log_path(), maxBytes=MAX_BYTES, backupCount=3, encoding="utf-8")
        file.setFormatter(_Whole("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
        handlers.append(file)
    level = logging.DEBUG if debug else logging.INFO
    logging.basicConfig(level=level, handlers=handlers, force=True)
    sys.excepthook = _report_crash


def where_details_are() -> str:
    """Where to look for a traceback, to end a sentence with."""
    root = logging.getLogger()
    files = [h.baseFilename for h in root.handlers if isinstance(h, RotatingFileHandler)]
    return f"the details are in {files[0]}" if files else "run with --debug for the details"


def _report_crash(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    """Say in one sentence that the program is at fault, and where the details are."""
    if issubclass(kind, KeyboardInterrupt):
        return
    logger.error(
        "a fault in Spikehand itself, %s: %s; %s",
        kind.__name__,
        error,
        where_details_are(),
        exc_info=(kind, error, traceback),
    )
