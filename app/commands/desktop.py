"""What the commands may ask of the screen without importing the user interface."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.settings import Settings
    from app.sources.contract import SourceSpec


class NoDisplay(Exception):  # noqa: N818 - a state of the machine, not an error
    """No window can be opened; the message is one sentence for the user."""


class RunWindow(Protocol):
    """Open the window and return its exit code; changes of settings go to ``settings_path``.

    ``notes`` are sentences to begin with.

    Raises:
        NoDisplay: it cannot be opened.
    """

    def __call__(
        self,
        spec: SourceSpec | None,
        settings: Settings,
        *,
        model_path: Path | None,
        compare_path: Path | None,
        fullscreen: bool,
        settings_path: Path | None,
        notes: Sequence[str],
    ) -> int: ...


class RunKiosk(Protocol):
    """Show the booth until somebody leaves it; ``watched`` by a supervisor at stdin and stdout.

    ``notes`` are sentences for staff to begin with. Returns the exit code: 0 when it was left on
    purpose.

    Raises:
        NoDisplay: it cannot be shown.
    """

    def __call__(
        self,
        spec: SourceSpec,
        settings: Settings,
        *,
        model_path: Path | None,
        settings_path: Path | None,
        watched: bool,
        notes: Sequence[str] = (),
    ) -> int: ...


@dataclass(frozen=True, slots=True)
class Desktop:
    """The screen as ``main.py`` hands it to the commands."""

    display_problem: Callable[[], str | None]
    run_window: RunWindow
    run_kiosk: RunKiosk
