"""What the commands may ask of the screen without importing the user interface."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.settings import Settings
    from app.sources.contract import SourceSpec


class RunWindow(Protocol):
    """Open the window and return its exit code."""

    def __call__(
        self,
        spec: SourceSpec | None,
        settings: Settings,
        *,
        model_path: Path | None,
        fullscreen: bool,
    ) -> int: ...


@dataclass(frozen=True, slots=True)
class Desktop:
    """The screen as ``main.py`` hands it to the commands."""

    display_available: Callable[[], bool]
    run_window: RunWindow
