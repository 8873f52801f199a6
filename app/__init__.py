"""Spikehand: live recognition of arm and hand gestures from a DVS event camera."""

import os

__version__ = "0.1.0"

# What a user types to start the program; the starters say it.
PROGRAM = os.environ.get("SPIKEHAND_PROGRAM") or "main.py"
