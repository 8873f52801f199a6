"""Spikehand's one entry point: hand the command line over to the window or to a command."""

from __future__ import annotations

import multiprocessing
import runpy
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.settings import Settings
    from app.sources.contract import SourceSpec


def display_problem() -> str | None:
    """Why no window can be opened here, or none."""
    from app.ui.display import display_problem

    return display_problem()


@contextmanager
def needing_a_display() -> Iterator[None]:
    """Inside the block, Qt may be imported, as what it needs is there.

    Raises:
        NoDisplay: no window can be opened here.
    """
    from app.commands.desktop import NoDisplay
    from app.ui.display import DisplayError, display_problem

    if problem := display_problem():  # before Qt is imported, which may lack system libraries
        raise NoDisplay(problem)
    try:
        yield
    except DisplayError as error:
        raise NoDisplay(str(error)) from error


def run_window(
    spec: SourceSpec | None,
    settings: Settings,
    *,
    model_path: Path | None,
    compare_path: Path | None,
    fullscreen: bool,
    settings_path: Path | None,
    notes: Sequence[str],
) -> int:
    """Show the window until it is closed.

    Raises:
        NoDisplay: no window can be opened here.
    """
    with needing_a_display():
        from app.ui.launch import run_window

        return run_window(
            spec,
            settings,
            model_path=model_path,
            compare_path=compare_path,
            fullscreen=fullscreen,
            settings_path=settings_path,
            notes=notes,
        )


def run_kiosk(
    spec: SourceSpec,
    settings: Settings,
    *,
    model_path: Path | None,
    settings_path: Path | None,
    watched: bool,
    notes: Sequence[str] = (),
) -> int:
    """Show the booth until somebody leaves it.

    Raises:
        NoDisplay: no window can be opened here.
    """
    with needing_a_display():
        from app.ui.kiosk.launch import run_kiosk

        return run_kiosk(
            spec,
            settings,
            model_path=model_path,
            settings_path=settings_path,
            watched=watched,
            notes=notes,
        )


def run_module() -> bool:
    """What ``python -m MODULE WORDS`` does, where the packed program is its own interpreter.

    Returns whether a module was asked for.
    """
    from app import PACKED

    if not PACKED or sys.argv[1:2] != ["-m"]:
        return False
    module = sys.argv[2]
    sys.argv[1:3] = []
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    return True


def main() -> None:
    """Hand over to the command line; the installed command ``spikehand`` starts here."""
    from app import PROGRAM
    from app.commands.cli import cli
    from app.commands.desktop import Desktop

    cli(prog_name=PROGRAM, obj=Desktop(display_problem, run_window, run_kiosk))


# A child process imports this file anew, so everything else waits behind this line.
if __name__ == "__main__":
    multiprocessing.freeze_support()
    if not run_module():
        main()
