"""Which neurons fire, as flags that are written in one pass and read eight at a time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from models.compiling import compiled


class Mask(NamedTuple):
    """A flag (N,) uint8 for each neuron, and the same memory as ``words`` uint64 of eight flags."""

    flags: np.ndarray
    words: np.ndarray

    @classmethod
    def of(cls, neurons: int) -> Mask:
        """None is set."""
        words = np.zeros(-(-neurons // 8), np.uint64)
        return cls(words.view(np.uint8)[:neurons], words)


@compiled
def list_set(mask: Mask, places: np.ndarray) -> np.ndarray:
    """The places of the flags that are set, written to ``places`` (N + 1,)."""
    count, flags = 0, mask.flags
    for word in range(mask.words.shape[0]):
        if mask.words[word]:
            for i in range(8 * word, min(8 * word + 8, flags.shape[0])):
                places[count] = i
                count += flags[i]
    return places[:count]
