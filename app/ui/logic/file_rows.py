"""What the dialog about a file says, row by row."""

from __future__ import annotations

from app.pipeline.overview import Overview
from app.sources.contract import SourceInfo
from app.sources.formats.facts import FileFacts
from app.ui.logic import figures
from app.ui.logic.heard import heard
from app.ui.logic.language import translate

Rows = list[tuple[str, str]]
UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def size_in_words(count: int) -> str:
    """``812 bytes``, ``24.1 MB``."""
    for unit, name in UNITS:
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return translate("window", "{0} bytes").format(count)


def file_rows(path: str, facts: FileFacts, info: SourceInfo, overview: Overview | None) -> Rows:
    """(what, value) of everything that is known about a recording by now."""
    duration_us = info.duration_us or 0
    rows = [
        (translate("window", "File"), path),
        (translate("window", "Size"), size_in_words(facts.size_bytes)),
        (translate("window", "Format"), facts.format),
        (
            translate("window", "Compression"),
            facts.compression or translate("window", "the format has none"),
        ),
        (translate("window", "Camera"), facts.camera or translate("window", "not told")),
        (translate("window", "Sensor"), translate("window", "{0} pixels").format(info.resolution)),
        (translate("window", "Streams"), _streams(info)),
        (translate("window", "Duration"), f"{duration_us / 1e6:,.3f} s"),
        (
            translate("window", "Sensor time"),
            translate("window", "from {0} µs on").format(f"{info.start_us or 0:,}"),
        ),
    ]
    return [
        *rows,
        *_counts(overview, duration_us),
        (translate("window", "Damage"), _damage(info, overview)),
    ]


def _streams(info: SourceInfo) -> str:
    if not info.streams:
        return translate("window", "one")
    plays = translate("window", "{0} (playing)")
    named = [plays.format(name) if name == info.stream else name for name in info.streams]
    return ", ".join(named)


def _counts(overview: Overview | None, duration_us: int) -> Rows:
    events = translate("window", "Events")
    if overview is None:
        return [(events, translate("window", "not counted yet"))]
    off, on = overview.events
    total = off + on
    if not overview.is_whole:
        part = figures.share(overview.counted / overview.counts.shape[1])
        so_far = translate("window", "{0} so far ({1} of the recording is counted)")
        return [(events, so_far.format(f"{total:,}", part))]
    peak = figures.rate(float(overview.rates.max()))
    over_ms = float(f"{overview.bin_us / 1e3:.3g}")
    return [
        (events, f"{total:,}: {on:,} ON ({figures.share(on / max(total, 1))}), {off:,} OFF"),
        (translate("window", "Mean rate"), figures.rate(total / max(duration_us, 1) * 1e6)),
        (
            translate("window", "Peak rate"),
            translate("window", "{0} over {1} ms").format(peak, f"{over_ms:g}"),
        ),
    ]


def _damage(info: SourceInfo, overview: Overview | None) -> str:
    failure = overview.failure if overview is not None else None
    note = overview.note if overview is not None and overview.is_whole else info.note
    if failure or note:
        return "; ".join(heard(each) for each in (failure, note) if each)
    seen = overview is not None and overview.is_whole
    if seen:
        return translate("window", "none found")
    return translate("window", "none found so far")
