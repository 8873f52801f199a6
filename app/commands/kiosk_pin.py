"""The PIN that leaves the kiosk: asked for, and kept as a hash."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app import settings_file as app_settings
from app.booth.pin import hash_pin
from app.commands.errors import BadInput
from app.commands.notes import tell
from app.commands.shown import say
from app.settings import KioskSettings, Settings


def ask_for_pin() -> str:
    """A new PIN, typed twice without being seen, or a line of a pipe.

    Raises:
        BadInput: it cannot be a PIN.
    """
    if sys.stdin.isatty():
        pin = click.prompt("New PIN", hide_input=True, confirmation_prompt="Once more")
    else:
        pin = sys.stdin.readline().rstrip("\r\n")
    try:
        return hash_pin(pin)
    except ValueError as error:
        raise BadInput(str(error)) from None


def keep_pin(stored: str | None, path: Path | None) -> None:
    """Write the hash of a PIN to the settings at ``path``, or that there is none."""
    loaded = app_settings.load(path)
    tell(loaded.notes)

    def with_pin(now: Settings) -> Settings:
        booth = KioskSettings(**{**now.kiosk.model_dump(), "pin": stored})
        return now.model_copy(update={"kiosk": booth})

    app_settings.update(with_pin, with_pin(loaded.settings), path)
    say("The PIN is set." if stored else "There is no PIN any more.", err=True)
