"""Interpolation with the one rounding that processors, and so torch's ``lerp``, give it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types
from numba.extending import intrinsic

from models.compiling import compiled


def _fused(typing_context: Any, a: Any, b: Any, c: Any) -> Any:
    """float32 a, b, c -> float32 a b + c, rounded once."""
    signature = types.float32(types.float32, types.float32, types.float32)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.fma(*arguments)

    return signature, generate


fused: Any = intrinsic(_fused)


@compiled
def lerp(start: np.float32, end: np.float32, rate: np.float32) -> np.float32:
    """The place that lies the part ``rate`` of the way from ``start`` to ``end``."""
    if rate < np.float32(0.5):
        return fused(rate, end - start, start)
    return fused(rate - np.float32(1.0), end - start, end)
