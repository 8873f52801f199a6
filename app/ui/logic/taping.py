"""How a recording is named, and what is said about it while it runs and when it ends."""

from __future__ import annotations

import re
from datetime import datetime

from app.pipeline.recorder import Tape
from app.ui.logic import figures
from app.ui.logic.file_rows import size_in_words
from app.ui.logic.language import translate

LOW_BYTES = 1_000_000_000


def proposed_name(source: str, now: datetime) -> str:
    """``DVXplorer_0123_20260131_140502.aedat4``: a name that sorts, and that no system refuses."""
    plain = re.sub(r"[^A-Za-z0-9]+", "_", source).strip("_") or "events"
    return f"{plain}_{now:%Y%m%d_%H%M%S}.aedat4"


def progress(tape: Tape, free_bytes: int | None) -> str:
    """``Recording 0:12.3 · 24.1 MB · 213.0 GB free``."""
    running = translate("window", "Recording {0}").format(figures.clock(tape.duration_us))
    parts = [running, size_in_words(tape.size_bytes)]
    if free_bytes is not None:
        parts.append(translate("window", "{0} free").format(size_in_words(free_bytes)))
    if tape.lost:
        parts.append(translate("window", "{0} lost").format(figures.count(tape.lost)))
    return "  ·  ".join(parts)


def is_low(free_bytes: int | None) -> bool:
    """Whether the disk will soon be full."""
    return free_bytes is not None and free_bytes < LOW_BYTES


def ending(tape: Tape) -> str:
    """What became of it, as a sentence."""
    what = translate("window", "{0} events ({1})")
    what = what.format(f"{tape.events:,}", figures.clock(tape.duration_us))
    if tape.failure is not None:
        kept = translate("window", "{0}; the {1} before that are in {2}")
        return kept.format(tape.failure, what, tape.path)
    said = translate("window", "recorded {0} into {1}").format(what, tape.path)
    if not tape.lost:
        return said
    lost = translate("window", "{0}; {1} came too fast to be written, and it says so")
    return lost.format(said, f"{tape.lost:,}")
