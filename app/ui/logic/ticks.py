"""Where times are written below a strip."""

from __future__ import annotations

from app.ui.logic import figures
from app.ui.logic.blocks import Scale

STEPS_US = tuple(s * 1_000_000 for s in (0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600))
MOST_TICKS = 8


def past_ticks(end_us: int, span_us: int) -> list[tuple[int, str]]:
    """Seconds before ``end_us``: ``−30 s``, ``−20 s``, ``−10 s``, ``0``."""
    step_us = int(_step(span_us, 4))
    backs = range(0, span_us + 1, step_us)
    return [(end_us - back, f"−{back / 1e6:g} s" if back else "0") for back in backs]


def clock_ticks(scale: Scale) -> list[tuple[int, str]]:
    """Times since the beginning of the scale."""
    step_us = int(_step(scale.span_us, MOST_TICKS))
    offsets = range(0, scale.span_us + 1, step_us)
    return [(scale.start_us + offset, figures.clock(offset)) for offset in offsets]


def _step(span_us: int, most: int) -> float:
    fitting = (step for step in STEPS_US if span_us / step <= most)
    return next(fitting, span_us / most)
