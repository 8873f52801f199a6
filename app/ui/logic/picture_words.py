"""What is written into the event picture. Knows no Qt."""

from __future__ import annotations

from app.pipeline.snapshot import Snapshot
from app.settings import DisplaySettings
from app.ui.logic import figures
from app.ui.logic.language import translate
from app.ui.logic.recent_events import PixelReading
from app.ui.logic.words import short_source_line


def corner_lines(snapshot: Snapshot) -> tuple[str, ...]:
    """Source, time and rate; none before there is a source."""
    info = snapshot.info
    if info is None:
        return ()
    lines = [short_source_line(info)]
    if snapshot.place_us is not None:
        start_us = info.start_us or 0
        lines.append(figures.clock(snapshot.place_us - start_us))
    rate = figures.count(round(snapshot.stats.event_rate))
    return (*lines, translate("window", "{0} events/s").format(rate))


def pixel_parts(x: int, y: int, reading: PixelReading) -> tuple[str, ...]:
    """Where a pixel is; how long ago its last event was, of which polarity; and its rate."""
    place = f"x {x}  y {y}"
    if reading.age_us is None:
        return (place, translate("window", "no event for 1 s"))
    polarity = "ON" if reading.is_on else "OFF"
    age = translate("window", "{0} {1} ms ago").format(polarity, f"{reading.age_us / 1000:.0f}")
    return (place, age, f"{reading.rate:,.0f} /s")


def legend_note(display: DisplaySettings) -> str:
    """What a picture shows that does not fade as it always did; else nothing."""
    if display.accumulation == "time":
        return translate("window", "last {0} ms").format(display.span_ms)
    if display.accumulation == "count":
        return translate("window", "last {0} events").format(f"{display.span_events:,}")
    if display.accumulation == "surface":
        return translate("window", "newest brightest")
    return ""
