"""Loops compiled by numba: once for each version of their sources, kept in the user's cache."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import platformdirs

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
# Where compiled loops stand: with these files they change.
ROOMS = (".", "engine", "neurons", "data/performer")

Function = TypeVar("Function", bound=Callable[..., Any])


def cache_folder() -> Path | None:
    """Where compiled code is kept, none if nowhere.

    Numba itself looks at one file only, not at those it calls.
    """
    digest = hashlib.sha256()
    for path in sorted(path for room in ROOMS for path in (HERE / room).glob("*.py")):
        digest.update(path.read_bytes())
    try:
        base = Path(platformdirs.user_cache_dir("spikehand", appauthor=False))
    except RuntimeError:  # an account without a home
        return None
    return base / "compiled" / digest.hexdigest()[:16]


def _usable(folder: Path | None) -> bool:
    if folder is None:
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError as error:
        log.info("%s cannot be written (%s), so every start compiles anew", folder, error)
        return False


_FOLDER = cache_folder()
_KEPT = _usable(_FOLDER)
if _KEPT:
    numba.config.CACHE_DIR = str(_FOLDER)  # type: ignore[attr-defined]


def compiled(function: Function) -> Function:
    """Compile ``function`` when it is first called; it runs without the interpreter's lock."""
    made: Any = numba.njit(function, cache=_KEPT, nogil=True)
    return cast("Function", made)


def compiled_parallel(function: Function) -> Function:
    """The same for a function whose ``prange`` loops may use every core."""
    made: Any = numba.njit(function, cache=_KEPT, nogil=True, parallel=True)
    return cast("Function", made)
