"""What somebody who mends a fault wants to know, as one text to copy."""

from __future__ import annotations

from app.places import NoHomeError, log_folder
from app.ui.logic.mishap import Mishap
from app.ui.logic.versions import versions

LOG_FILE = "spikehand.log"
LOG_LINES = 40
TAIL_BYTES = 20_000


def report(mishap: Mishap) -> str:
    """Sentence, versions, traceback and the end of the log."""
    about = "\n".join(f"{name}  {version}" for name, version in versions())
    parts = [mishap.sentence, about, mishap.trace.rstrip()]
    log = log_tail()
    return "\n\n".join([*parts, log] if log else parts) + "\n"


def log_tail() -> str:
    """The last lines of the log, empty where there is none that can be read."""
    try:
        with (log_folder() / LOG_FILE).open("rb") as file:
            file.seek(max(file.seek(0, 2) - TAIL_BYTES, 0))
            text = file.read().decode("utf-8", "replace")
    except (OSError, NoHomeError):
        return ""
    return "\n".join(text.splitlines()[-LOG_LINES:])
