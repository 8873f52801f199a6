"""What a model file says of its network in words and numbers, checked before it is believed.

A file may come from anywhere. Its names end on screens, in terminals and in logs, so they are
short and hold nothing that a terminal would obey; its numbers stay within what can be run.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from models.spec import MIN_COUNT, TAUGHT, ModelError, ModelSpec

MOST_LETTERS = 80
MOST_CLASSES = 1000
MOST_POINTS = 1000
MOST_COUNT = 1_000_000
MOST_PARAMETERS = 10**12
TICKS_US = (50, 1_000_000)
UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"


def spec_of(values: Mapping[str, Any]) -> ModelSpec:
    """A description from plain values, lists as good as tuples.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: something is missing or of another kind.
        ModelError: the values contradict each other, or are beyond what can be run.
    """
    try:
        classes = _classes(values["classes"])
        return ModelSpec(
            name=name_of(values["name"]),
            system=name_of(values["system"]),
            classes=classes,
            input_shape=_three(values["input_shape"]),
            tick_us=_tick(int(values["tick_us"])),
            parameters=_frozen(dict(values["parameters"])),
            training=_training(dict(values["training"]), classes),
            calibration=_points(values.get("calibration", ())),
            min_count=min(int(values.get("min_count", MIN_COUNT)), MOST_COUNT),
            mirror=tuple(map(int, values.get("mirror", ()))),
            min_spikes=min(int(values.get("min_spikes", 1)), MOST_COUNT),
            counts_as=tuple(map(int, values.get("counts_as", ()))),
        )
    except (OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from error


def printable(text: str) -> str:
    """The text without anything that a terminal obeys instead of showing it."""
    return "".join(letter if letter.isprintable() else UNPRINTABLE for letter in text)


def name_of(value: Any) -> str:
    """A name from a file, fit to be shown.

    Raises:
        ModelError: it is longer than anybody would write.
    """
    text = str(value)
    if len(text) > MOST_LETTERS:
        raise ModelError(f"expected names of at most {MOST_LETTERS} letters, got {len(text)}")
    return printable(text)


def _classes(names: Iterable[Any]) -> tuple[str, ...]:
    classes = tuple(map(name_of, names))
    if len(classes) > MOST_CLASSES:
        raise ModelError(f"expected at most {MOST_CLASSES} classes, got {len(classes)}")
    return classes


def _three(values: Any) -> tuple[int, int, int]:
    polarities, height, width = map(int, values)
    return polarities, height, width


def _tick(tick_us: int) -> int:
    shortest, longest = TICKS_US
    if not shortest <= tick_us <= longest:
        raise ModelError(f"expected a tick of {shortest} to {longest} us, got {tick_us}")
    return tick_us


def _training(values: dict[str, Any], classes: tuple[str, ...]) -> dict[str, Any]:
    """How it was trained, for whoever reads it; what the program itself reads is checked."""
    training: dict[str, Any] = _frozen(values)
    taught, learnt = training.get(TAUGHT, ()), training.get("parameters", 0)
    if not isinstance(taught, tuple) or any(name not in classes for name in taught):
        raise ModelError("expected taught gestures that are classes of the model, got others")
    if len(set(taught)) < len(taught):
        raise ModelError("expected taught gestures each named once, got one twice")
    if not isinstance(learnt, int) or not 0 <= learnt <= MOST_PARAMETERS:
        raise ModelError(f"expected a number of parameters, got {learnt!r:.40}")
    return training


def _points(values: Iterable[Any]) -> tuple[tuple[float, float], ...]:
    """The calibration: shares that rise, and how often decisions were right, never falling."""
    points = tuple((float(share), float(right)) for share, right in values)
    shares, rights = [share for share, _ in points], [right for _, right in points]
    rises = all(a < b for a, b in pairwise(shares))
    falls = any(a > b for a, b in pairwise(rights))
    within = all(math.isfinite(x) and 0 <= x <= 1 for x in (*shares, *rights))
    if len(points) > MOST_POINTS or falls or not (rises and within):
        raise ModelError(
            f"expected a calibration of at most {MOST_POINTS} points that rise from 0 to 1, got "
            f"{len(points)} that do not"
        )
    return points


def _frozen(value: Any) -> Any:
    """Lists, which is what JSON makes of tuples, made tuples again."""
    if isinstance(value, dict):
        return {key: _frozen(part) for key, part in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, (list, tuple)) else value
