"""What a machine has to give to every program: a home, a temporary folder, memory to share."""

from __future__ import annotations

import multiprocessing
import tempfile
from pathlib import Path

from app.commands.checks import Finding, check_folder
from app.commands.errors import SHARED_REMEDY, TEMPORARY_REMEDY
from app.places import NoHomeError, config_folder, log_folder
from app.sources.contract import SourceError


def check_places(settings_path: Path | None) -> list[Finding]:
    """Home, temporary folder, shared memory and our own folders; ``settings_path`` none: usual."""
    try:
        folders = [
            check_folder("settings", (settings_path or config_folder() / "any").parent),
            check_folder("log", log_folder()),
        ]
    except NoHomeError as error:
        detail, _, remedy = str(error).partition(": ")
        folders = [
            Finding("home", "problem", f"{detail}, so no settings and logs are kept", remedy)
        ]
    return [*folders, check_temporary(), check_shared_memory()]


def check_temporary() -> Finding:
    try:
        return Finding("temporary files", "ok", tempfile.gettempdir())
    except OSError as error:
        return Finding("temporary files", "problem", str(error.strerror), TEMPORARY_REMEDY)


def check_shared_memory() -> Finding:
    """Whether a reader in a process of its own could hand events over."""
    from app.sources.hosting.process import shared_memory

    try:
        shared_memory(multiprocessing.get_context("spawn"))
    except SourceError as error:
        return Finding("shared memory", "problem", str(error).partition(":")[0], SHARED_REMEDY)
    return Finding("shared memory", "ok", "processes can share it")
