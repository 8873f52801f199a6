"""Which neurons fire, as flags that are written in one pass and read eight at a time."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic

from models.compiling import compiled

ONE = np.uint64(1)


class Mask(NamedTuple):
    """A flag (N,) uint8 for each neuron, 0 or 1, and the same memory as ``words`` uint64."""

    flags: np.ndarray
    words: np.ndarray

    @classmethod
    def of(cls, neurons: int) -> Mask:
        """None is set."""
        words = np.zeros(-(-neurons // 8), np.uint64)
        return cls(words.view(np.uint8)[:neurons], words)


def _first_flag(typing_context: Any, word: Any) -> Any:
    """uint64 word, not 0 -> the number of its first byte that is set, in the order of memory."""
    signature = types.intp(types.uint64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        (word,) = arguments
        zeros = builder.cttz(word, ir.Constant(ir.IntType(1), 1))
        return builder.lshr(zeros, word.type(3))

    return signature, generate


first_flag: Any = intrinsic(_first_flag)


@compiled
def list_set(mask: Mask, places: np.ndarray) -> np.ndarray:
    """The places of the flags that are set, written to ``places`` (N,)."""
    count = 0
    for at in range(mask.words.shape[0]):
        word = mask.words[at]
        while word:
            places[count] = 8 * at + first_flag(word)
            word &= word - ONE
            count += 1
    return places[:count]
