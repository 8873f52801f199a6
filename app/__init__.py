"""Spikehand: live recognition of arm and hand gestures from a DVS event camera."""

import os
import sys
from pathlib import Path

__version__ = "0.1.0"

# Whether PyInstaller packed this program: no interpreter beside it, and no torch in it.
PACKED = bool(getattr(sys, "frozen", False))


def _program() -> str:
    named = os.environ.get("SPIKEHAND_PROGRAM")
    installed = Path(sys.argv[0]).stem == "spikehand" if sys.argv else False
    return named or ("spikehand" if installed else "main.py")


# What a user types to start the program; the starters say it.
PROGRAM = _program()


def own_command() -> list[str]:
    """The words that start this program in another process."""
    main = Path(__file__).resolve().parents[1] / "main.py"
    return [sys.executable] if PACKED else [sys.executable, str(main)]
