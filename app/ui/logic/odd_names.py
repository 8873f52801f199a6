"""Recordings whose names are bytes that are no text: they play, but Qt's dialogs leave them out."""

from __future__ import annotations

from pathlib import Path

from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.playlist import recordings_in

ONE = QT_TRANSLATE_NOOP(
    "window",
    "the dialog cannot show a recording in {0} whose name is no UTF-8: drop it on the window, "
    "or rename it",
)
MANY = QT_TRANSLATE_NOOP(
    "window",
    "the dialog cannot show {1} recordings in {0} whose names are no UTF-8: drop them on the "
    "window, or rename them",
)


def left_out(folder: str) -> str | None:
    """One sentence about the recordings of ``folder`` that a dialog does not show, if any."""
    count = sum(not _is_text(each.path) for each in recordings_in(Path(folder)))
    if not count:
        return None
    return translate("window", ONE if count == 1 else MANY).format(folder, count)


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
