"""The processor's time of what is compared, taken in turn: what disturbs one disturbs all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import psutil

Timings = dict[str, list[float]]


def cpu_s(work: Callable[[], object]) -> float:
    """Seconds of this process's processor time; on a busy machine the wall's say less."""
    began_s = time.process_time()
    work()
    return time.process_time() - began_s


def family_cpu_s() -> float:
    """Processor time so far of this process and its living children."""
    times = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return time.process_time() + sum(each.user + each.system for each in times)


def in_turn(contenders: Mapping[str, Callable[[], float]], repeats: int) -> Timings:
    """What each contender says of itself, once to warm up, which is forgotten, then ``repeats``
    times, one after the other in each round."""
    for measure in contenders.values():
        measure()
    timings: Timings = {name: [] for name in contenders}
    for _ in range(repeats):
        for name, measure in contenders.items():
            timings[name].append(measure())
    return timings


def ratios(slow: list[float], fast: list[float]) -> list[float]:
    """How many times faster, round by round."""
    return [a / b for a, b in zip(slow, fast, strict=True)]
