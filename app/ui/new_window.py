"""Another window, in a process of its own: what happens in one cannot stop the other."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QProcess

from app import own_command
from app.ui.logic.language import translate
from app.ui.logic.saying import Say


def open_new_window(settings_path: Path | None, say: Say) -> None:
    """Start the program once more with the same settings file; ``say`` tells if that fails."""
    program, *words = own_command()
    if settings_path is not None:
        words += ["--settings", os.path.abspath(settings_path)]
    started, _ = QProcess.startDetached(program, words)
    if not started:
        say(translate("window", "cannot start another window: {0}").format(program), True)
