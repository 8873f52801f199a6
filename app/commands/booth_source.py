"""The source that the settings name for the booth."""

from __future__ import annotations

from app.commands.errors import BadInput
from app.commands.sourcing import parse_source
from app.settings import Settings
from app.sources.contract import CameraSpec, SourceError, SourceSpec


def booth_source(settings: Settings) -> tuple[SourceSpec, list[str]]:
    """The source, and a sentence if another one was meant that cannot be understood."""
    try:
        return parse_source(settings.kiosk.source), []
    except (BadInput, SourceError) as error:
        return CameraSpec(), [f"kiosk.source in the settings: {error}; the camera is used"]
