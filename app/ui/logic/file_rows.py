"""What the dialog about a file says, row by row."""

from __future__ import annotations

from app.pipeline.overview import Overview
from app.sources.contract import SourceInfo
from app.sources.formats.facts import FileFacts
from app.ui.logic import figures
from app.ui.logic.words import sentence

Rows = list[tuple[str, str]]
UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def size_in_words(count: int) -> str:
    """``812 bytes``, ``24.1 MB``."""
    for unit, name in UNITS:
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count} bytes"


def file_rows(path: str, facts: FileFacts, info: SourceInfo, overview: Overview | None) -> Rows:
    """(what, value) of everything that is known about a recording by now."""
    duration_us = info.duration_us or 0
    rows = [
        ("File", path),
        ("Size", size_in_words(facts.size_bytes)),
        ("Format", facts.format),
        ("Compression", facts.compression or "the format has none"),
        ("Camera", facts.camera or "not told"),
        ("Sensor", f"{info.resolution} pixels"),
        ("Streams", _streams(info)),
        ("Duration", f"{duration_us / 1e6:,.3f} s"),
        ("Sensor time", f"from {info.start_us or 0:,} µs on"),
    ]
    return [*rows, *_counts(overview, duration_us), ("Damage", _damage(info, overview))]


def _streams(info: SourceInfo) -> str:
    if not info.streams:
        return "one"
    named = [f"{name} (playing)" if name == info.stream else name for name in info.streams]
    return ", ".join(named)


def _counts(overview: Overview | None, duration_us: int) -> Rows:
    if overview is None:
        return [("Events", "not counted yet")]
    off, on = overview.events
    total = off + on
    if not overview.is_whole:
        part = figures.share(overview.counted / overview.counts.shape[1])
        return [("Events", f"{total:,} so far ({part} of the recording is counted)")]
    rates = overview.rates
    return [
        ("Events", f"{total:,}: {on:,} ON ({figures.share(on / max(total, 1))}), {off:,} OFF"),
        ("Mean rate", figures.rate(total / max(duration_us, 1) * 1e6)),
        ("Peak rate", f"{figures.rate(float(rates.max()))} over {overview.bin_us / 1e3:g} ms"),
    ]


def _damage(info: SourceInfo, overview: Overview | None) -> str:
    failure = overview.failure if overview is not None else None
    note = overview.note if overview is not None and overview.is_whole else info.note
    if failure or note:
        return "; ".join(sentence(each) for each in (failure, note) if each)
    seen = overview is not None and overview.is_whole
    return "none found" if seen else "none found so far"
