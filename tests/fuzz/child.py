"""``python -m tests.fuzz.child``: takes in inputs one after another, and may die of one.

The number of the input at work stands in a file that the parent watches, with how many were used.
What an input raises that nobody answers goes to the standard output, one JSON object a line.
"""

from __future__ import annotations

import json
import logging
import mmap
import os
import struct
import sys
import traceback
import warnings
import zlib
from pathlib import Path

import numpy as np

from tests.fuzz.mutate import mutated
from tests.fuzz.targets import TARGETS

if sys.platform != "win32":
    import resource

MEMORY_BYTES = 1_400_000_000
STATE = struct.Struct("<qq")  # the input at work, and how many before it were used
IDLE = -1
SEED_FILES = "seed*"


def input_of(name: str, seeds: list[bytes], seed: int, index: int) -> bytes:
    """The same input for the same numbers, in whatever process."""
    rng = np.random.default_rng([seed, zlib.crc32(name.encode()), index])
    return mutated(seeds[int(rng.integers(len(seeds)))], seeds, rng)


def main(name: str, folder: Path, seed: int, first: int, last: int) -> None:
    """Take in the inputs from number ``first`` to before ``last``."""
    target = TARGETS[name]
    seeds = [path.read_bytes() for path in sorted(folder.glob(SEED_FILES))]
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    logging.disable()
    warnings.simplefilter("ignore")
    used, path, parent = 0, folder / "work" / target.file, os.getppid()
    with open(folder / "state", "r+b") as file, mmap.mmap(file.fileno(), STATE.size) as state:
        for index in range(first, last):
            if os.getppid() != parent:
                return  # nobody waits for the rest
            path.write_bytes(input_of(name, seeds, seed, index))
            state[:] = STATE.pack(index, used)
            try:
                used += target.take(path)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
                place = traceback.extract_tb(error.__traceback__)[-1]
                what = f"{type(error).__name__}: {error}"[:300]
                where = f"{Path(place.filename).name}:{place.lineno}"
                print(json.dumps([index, what, where]), flush=True)  # noqa: T201
        state[:] = STATE.pack(IDLE, used)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:6]))
