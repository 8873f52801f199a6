"""Somebody's own way of making known gestures, taught as further neurons of their classes.

The further neurons stand in a class of their own that counts as the known one (``counts_as`` of a
``ModelSpec``), so that they are listed and forgotten as any taught gesture is; they learn only what
the known class's neurons do not say already. A gesture of one side gets as many for the other side,
as whose mirror image the second look sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from models.model_file import Weights
from models.sizes import check_sizes
from models.spec import TAUGHT, ModelError, ModelSpec
from models.teaching.lesson import Shown, learn
from models.teaching.rule import Rule
from models.teaching.taught import (
    LEAST_TICKS,
    MOST_TAUGHT,
    PACE,
    check_system,
    delays_of,
    looks_at,
    plain,
    read_out_of,
    with_class,
    with_neurons,
)

MINE = " (mine{0})"


def known_class(spec: ModelSpec, name: str) -> str | None:
    """The known class that a name means, in whatever way it is spelled, or none."""
    numbers = [n for n in spec.told if spec.classes[n] not in spec.taught]
    return next((c for n in numbers if plain(c := spec.classes[n]) == plain(name)), None)


def check_ways(spec: ModelSpec, classes: Sequence[str]) -> None:
    """Refuse a lesson that cannot be.

    Raises:
        ModelError: the system has no such read-out, it is full, or a class is not known.
    """
    check_system(spec)
    for name in classes:
        if known_class(spec, name) != name:
            raise ModelError(f"expected a gesture that the network knows, got {name!r:.60}")
    if len(spec.taught) + len(classes) > MOST_TAUGHT:
        raise ModelError(f"expected at most {MOST_TAUGHT} taught gestures")


def teach_ways(
    spec: ModelSpec, weights: Weights, shown: Mapping[str, np.ndarray], rehearsal: Sequence[Shown],
    advance: Callable[[float], None] = lambda share: None,
) -> tuple[ModelSpec, dict[str, np.ndarray]]:  # fmt: skip
    """A network that knows these ways of making known gestures too, by class: the spikes (T, L H)
    of its hidden layer's L looks while somebody makes that gesture all the time.

    Raises:
        ModelError: that cannot be taught, too little is shown, or the weights do not fit the spec.
    """
    check_ways(spec, list(shown))
    check_sizes(spec, weights)
    least = min(map(len, shown.values()), default=0)
    if least < LEAST_TICKS:
        raise ModelError(f"expected at least {LEAST_TICKS} ticks of a gesture, got {least}")
    wider, grown = spec, dict(weights)
    for name in shown:
        wider, grown = _with_way(wider, grown, spec.classes.index(name))
    looks = [
        look
        for name, hidden in shown.items()
        for look in looks_at(spec, spec.classes.index(name), hidden, rehearsal)
    ]
    read_out = read_out_of(wider, grown)
    first = len(spec.classes) * spec.parameters["population"]
    learnt = learn(
        read_out, np.arange(len(read_out.decay)) >= first, len(wider.classes),
        [*looks, *rehearsal], delays_of(spec), Rule.of(spec.tick_us / 1000), PACE, advance,
    )  # fmt: skip
    return wider, with_neurons(grown, learnt, first, spec.tick_us / 1000)


def _with_way(
    spec: ModelSpec, weights: Weights, known: int
) -> tuple[ModelSpec, dict[str, np.ndarray]]:
    """Neurons for a known class, and for the one it is in a mirror, if that is another."""
    before, first = spec.taught, len(spec.classes)
    sides = list(dict.fromkeys((known, spec.mirror[known] if spec.mirror else known)))
    wider, grown = spec, dict(weights)
    for side in sides:
        wider, grown = with_class(wider, grown, _free_name(wider, side), side)
    if spec.mirror:
        mirror = (*spec.mirror, *reversed(range(first, len(wider.classes))))
        wider = replace(wider, mirror=mirror)
    # The other side's comes and goes with this one.
    taught = (*before, wider.classes[first])
    return replace(wider, training={**wider.training, TAUGHT: taught}), grown


def _free_name(spec: ModelSpec, known: int) -> str:
    names = (
        spec.classes[known] + MINE.format(f" {number}" if number > 1 else "")
        for number in range(1, len(spec.classes) + 2)
    )
    return next(name for name in names if name not in spec.classes)
