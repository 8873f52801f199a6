"""How a recording is named, and what is said about it while it runs and when it ends."""

from __future__ import annotations

import re
from datetime import datetime

from app.pipeline.recorder import Tape
from app.ui.logic import figures
from app.ui.logic.file_rows import size_in_words

LOW_BYTES = 1_000_000_000


def proposed_name(source: str, now: datetime) -> str:
    """``DVXplorer_0123_20260131_140502.aedat4``: a name that sorts, and that no system refuses."""
    plain = re.sub(r"[^A-Za-z0-9]+", "_", source).strip("_") or "events"
    return f"{plain}_{now:%Y%m%d_%H%M%S}.aedat4"


def progress(tape: Tape, free_bytes: int | None) -> str:
    """``Recording 0:12.3 · 24.1 MB · 213.0 GB free``."""
    parts = [f"Recording {figures.clock(tape.duration_us)}", size_in_words(tape.size_bytes)]
    if free_bytes is not None:
        parts.append(f"{size_in_words(free_bytes)} free")
    if tape.lost:
        parts.append(f"{figures.count(tape.lost)} lost")
    return "  ·  ".join(parts)


def is_low(free_bytes: int | None) -> bool:
    """Whether the disk will soon be full."""
    return free_bytes is not None and free_bytes < LOW_BYTES


def ending(tape: Tape) -> str:
    """What became of it, as a sentence."""
    what = f"{tape.events:,} events ({figures.clock(tape.duration_us)})"
    if tape.failure is not None:
        return f"{tape.failure}; the {what} before that are in {tape.path}"
    lost = f"; {tape.lost:,} came too fast to be written, and it says so" if tape.lost else ""
    return f"recorded {what} into {tape.path}{lost}"
