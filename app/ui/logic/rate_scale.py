"""Round ends and short labels for the axes of rates. Knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.ui.logic.rate_history import BIN_US, BINS

BIN_S = BIN_US / 1e6
WINDOW_S = BINS * BIN_S
# The axis grows with what is known, as many recordings last a few seconds only.
STEPS_S = {5.0: 2, 10.0: 5, 20.0: 10, WINDOW_S: 10}
ROUND = (1.0, 2.0, 4.0, 6.0, 8.0, 10.0)  # each of which has a readable half
# Where the highest of one curve is so far below that of another, a common axis shows neither.
FAR_APART, CLOSE_AGAIN = 20.0, 10.0
ROOM_BELOW = 3.0  # the lowest curve varies, too

# From how much on a unit is written as which larger one.
LARGER = {"": ((1e6, "M"), (1e3, "k")), "ms": ((1e3, "s"),)}

Ticks = tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """From ``low`` to ``top``, by equal steps or by equal factors."""

    low: float
    top: float
    by_factors: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """Where ``low`` and ``top`` are drawn."""
        low, top = self.places(np.array([self.low, self.top]))
        return float(low), float(top)

    def places(self, values: np.ndarray) -> np.ndarray:
        """Where ``values`` are drawn; nan stays nan."""
        return np.log10(np.maximum(values, self.low)) if self.by_factors else values

    def ticks(self, unit: str) -> Ticks:
        """Nothing, the half and the whole; or the lowest, middle and highest power of ten."""
        values = [self.low, (self.low + self.top) / 2, self.top]
        if self.by_factors:
            decades = round(math.log10(self.top / self.low))
            values[1:2] = [self.low * 10.0 ** (decades // 2)] if decades > 1 else []
        places = self.places(np.array(values))
        return tuple((float(at), short(v, unit)) for at, v in zip(places, values, strict=True))


def scale_for(curves: Sequence[np.ndarray], least_top: float, before: Scale) -> Scale:
    """The scale on which every one of ``curves``, with nan for what is unknown, can be read."""
    known = (each[np.isfinite(each)] for each in curves)
    mosts = [most for each in known if each.size and (most := float(each.max())) > 0]
    most = max(mosts, default=0.0)
    apart = CLOSE_AGAIN if before.by_factors else FAR_APART
    if mosts and most > apart * min(mosts):
        low = 10.0 ** math.floor(math.log10(min(mosts) / ROOM_BELOW))
        return Scale(low, 10.0 ** math.ceil(math.log10(most)), by_factors=True)
    return Scale(0.0, round_top(max(most, least_top)))


def round_top(value: float) -> float:
    """The round number at or above ``value`` > 0: ``7 300`` becomes ``8 000``."""
    power = 10.0 ** math.floor(math.log10(value))
    return power * next(step for step in ROUND if value <= step * power * (1 + 1e-9))


def short(value: float, unit: str = "") -> str:
    """``0``, ``800``, ``40 k``, ``1.5 M``; in milliseconds ``0``, ``2.5 ms``, ``1 s``."""
    size, unit = next(((s, larger) for s, larger in LARGER[unit] if value >= s), (1.0, unit))
    number = f"{value / size:.4g}"
    return f"{number} {unit}" if unit and value else number


def span_s(bins: int) -> float:
    """How many seconds before now are shown where so many bins are known."""
    return next((span for span in STEPS_S if bins * BIN_S <= span), WINDOW_S)


def ago(seconds: float) -> str:
    """``−12.3 s``."""
    return f"−{seconds:.1f} s"


def time_ticks(span: float) -> Ticks:
    """Seconds before now, in a few steps."""
    places = range(0, -int(span) - 1, -STEPS_S[span])
    return tuple((float(at), f"−{-at} s" if at else "0") for at in places)
