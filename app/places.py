"""The user's folders: for settings, for logs, and for what the booth remembers."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import platformdirs


class NoHomeError(OSError):
    """The account has no home folder, and nothing says where its files may be instead."""

    def __init__(self) -> None:
        remedy = "set HOME to a folder that it can write"
        super().__init__(errno.ENOENT, f"this account has no home folder: {remedy}")

    def __str__(self) -> str:
        return str(self.strerror)


def config_folder() -> Path:
    """Where settings are kept; all of these raise NoHomeError."""
    return _found(platformdirs.user_config_dir)


def state_folder() -> Path:
    """Where the booth keeps what outlives it."""
    return _found(platformdirs.user_state_dir)


def data_folder() -> Path:
    """Where networks are kept that the user has taught."""
    return _found(platformdirs.user_data_dir)


def log_folder() -> Path:
    return _found(platformdirs.user_log_dir)


def _found(find: Callable[..., str]) -> Path:
    try:
        return Path(find("spikehand", appauthor=False))
    except RuntimeError:
        raise NoHomeError from None
