"""Figures as the screen spells them: short, with a unit, and of steady width."""

from __future__ import annotations

from app.ui.logic.language import translate

MISSING = "–"


def rate(per_second: float) -> str:
    """``950 /s``, ``84.2 k/s``, ``1.95 M/s``."""
    if per_second < 999.5:
        return f"{per_second:.0f} /s"
    if per_second < 999_500:
        thousands = per_second / 1e3
        return f"{thousands:.1f} k/s" if thousands < 99.95 else f"{thousands:.0f} k/s"
    return f"{per_second / 1e6:.2f} M/s"


def count(value: int) -> str:
    """``950``, ``84.2 k``, ``1.95 M``."""
    return rate(value).removesuffix("/s").rstrip()


def unbroken(text: str) -> str:
    """The same words, which no longer part from their units at the end of a line."""
    return text.replace(" %", "\u00a0%").replace(" ms", "\u00a0ms").replace(" votes", "\u00a0votes")


def share(part: float) -> str:
    """``87 %``."""
    return f"{round(100 * part)} %"


def milliseconds(value: float | None) -> str:
    """``3.2 ms``, ``41 ms``, ``12.1 s``, or a dash."""
    if value is None:
        return MISSING
    if value >= 9_999.5:
        return f"{value / 1_000:.1f} s"
    return f"{value:.1f} ms" if value < 9.95 else f"{value:.0f} ms"


def clock(duration_us: int) -> str:
    """``0:03.4``, ``12:05.0``, ``1:02:03.4``: time rounded down to tenths of a second."""
    tenths = max(duration_us, 0) // 100_000
    minutes, tenths = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{tenths // 10:02d}.{tenths % 10}"
    return f"{hours}:{minutes:02d}:{seconds}" if hours else f"{minutes}:{seconds}"


def speed(factor: float | None) -> str:
    """``0.5x``, ``1x``, or ``max`` for none."""
    return translate("window", "max") if factor is None else f"{factor:g}x"


def watts(milliwatts: float) -> str:
    """``0.8 µW``, ``12 µW``, ``1.3 mW``."""
    value, unit = (milliwatts, "mW") if milliwatts >= 0.9995 else (1e3 * milliwatts, "µW")
    return f"{value:.1f} {unit}" if value < 9.95 else f"{value:.0f} {unit}"


def factor(value: float | None) -> str:
    """``5.2x`` real time, or a dash."""
    if value is None:
        return MISSING
    return f"{value:.1f}x" if value < 9.95 else f"{value:.0f}x"
