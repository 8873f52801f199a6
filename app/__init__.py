"""Spikehand: live recognition of arm and hand gestures from a DVS event camera."""

__version__ = "0.1.0"
