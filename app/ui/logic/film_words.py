"""How pictures and films are named, and what is said about them. Knows no Qt."""

from __future__ import annotations

import re
from datetime import datetime

from app.pipeline.film import Reel
from app.ui.logic.language import translate


def proposed_name(source: str, now: datetime, suffix: str) -> str:
    """``arm_roll_1_20260131_140502.png``: a name that sorts, and that no system refuses."""
    stem = re.sub(r"\.(aedat4?|h5|hdf5|raw|dat|npz|bin)$", "", source, flags=re.IGNORECASE)
    plain = re.sub(r"[^A-Za-z0-9]+", "_", stem).strip("_") or "events"
    return f"{plain}_{now:%Y%m%d_%H%M%S}{suffix}"


def ending(reel: Reel) -> str:
    """What became of a film, as a sentence."""
    if reel.failure is not None:
        return reel.failure
    said = translate("window", "filmed {0} pictures into {1}")
    said = said.format(f"{reel.pictures:,}", reel.path)
    if not reel.skipped:
        return said
    skipped = translate("window", "{0}; {1} came too fast to be written")
    return skipped.format(said, f"{reel.skipped:,}")
