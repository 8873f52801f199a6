"""Spikehand's one entry point: hand the command line over to the window or to a command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.settings import Settings
    from app.sources.contract import SourceSpec


def display_available() -> bool:
    from app.ui.display import display_available

    return display_available()


def run_window(
    spec: SourceSpec | None, settings: Settings, *, model_path: Path | None, fullscreen: bool
) -> int:
    from app.ui.launch import run_window

    return run_window(spec, settings, model_path=model_path, fullscreen=fullscreen)


# A child process imports this file anew, so everything heavy waits behind this line.
if __name__ == "__main__":
    from app.commands.cli import cli
    from app.commands.desktop import Desktop

    cli(prog_name="main.py", obj=Desktop(display_available, run_window))
