"""A network that has been taught a gesture: one more class, whose neurons learnt; and forgetting.

The neurons of all classes before stay as they are, so that forgetting gives back the network that
was there, bit for bit. The new class is itself in a mirror, unless it is somebody's way of making a
known one, see ``ways``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from models.engine.conv_lif import decays
from models.model_file import Weights
from models.sizes import check_sizes
from models.spec import TAUGHT, ModelError, ModelSpec
from models.teaching.lesson import Pace, Shown, class_spikes, learn
from models.teaching.rule import NOT_JUDGED, ReadOut, Rule

SYSTEM = "conv_lif"
WEIGHT, DRIVE, LOG_TAU = "projections.4.op.weight", "projections.4.drive", "neurons.4.log_tau"
# Weights are whole multiples of this, so that sums are exact in any order.
STEP = 2.0**-10
PACE = Pace(rate=5.0, rounds=4)
# What is shown counts this part of what is rehearsed; chosen on validation sessions.
SHARE = 0.1
LEAST_TICKS = 2000
# The last part of what is shown is kept back, to see how well it is told apart.
KEPT_BACK = 0.3
MOST_TAUGHT = 20


def check_system(spec: ModelSpec) -> None:
    """Refuse a network without such a read-out.

    Raises:
        ModelError: it is of another system.
    """
    if spec.system != SYSTEM:
        raise ModelError(f"expected a network of the system {SYSTEM}, got {spec.system}")


def check_teachable(spec: ModelSpec, name: str) -> None:
    """Refuse a lesson that cannot be.

    Raises:
        ModelError: the system has no such read-out, or the name is none, or known already.
    """
    check_system(spec)
    if not name.strip() or len(name) > 40 or not name.isprintable():
        raise ModelError(f"expected a name of 1 to 40 letters, got {name!r:.60}")
    if plain(name) in map(plain, spec.classes):
        raise ModelError(f"expected a name that the network does not know yet, got {name!r}")
    if len(spec.taught) >= MOST_TAUGHT:
        raise ModelError(f"expected at most {MOST_TAUGHT} taught gestures")


def plain(name: str) -> str:
    """A name as nobody would tell it from others that are read alike."""
    return name.casefold().replace("_", " ").replace("-", " ").strip()


def teach(
    spec: ModelSpec, weights: Weights, name: str, hidden: np.ndarray, rehearsal: Sequence[Shown],
    advance: Callable[[float], None] = lambda share: None,
) -> tuple[ModelSpec, dict[str, np.ndarray]]:  # fmt: skip
    """A network that knows one more gesture, which ``hidden`` (T, L H) shows: the spikes of its
    hidden layer, of L looks side by side, while somebody makes that gesture all the time.

    Raises:
        ModelError: that cannot be taught, too little is shown, or the weights do not fit the spec.
    """
    check_teachable(spec, name)
    check_sizes(spec, weights)
    if len(hidden) < LEAST_TICKS:
        raise ModelError(f"expected at least {LEAST_TICKS} ticks of a gesture, got {len(hidden)}")
    wider, grown = with_class(spec, weights, name)
    label = len(wider.classes) - 1
    looks = looks_at(wider, label, hidden, rehearsal)
    read_out = read_out_of(wider, grown)
    learnt = learn(
        read_out, read_out.class_of == label, len(wider.classes), [*looks, *rehearsal],
        delays_of(spec), Rule.of(spec.tick_us / 1000), PACE, advance,
    )  # fmt: skip
    first = len(spec.classes) * spec.parameters["population"]
    return wider, with_neurons(grown, learnt, first, spec.tick_us / 1000)


def forget(spec: ModelSpec, weights: Weights, name: str) -> tuple[ModelSpec, dict[str, np.ndarray]]:
    """The network without a taught gesture.

    Raises:
        ModelError: no such gesture was taught, others lean on it, or the weights do not fit the
            spec.
    """
    check_system(spec)
    check_sizes(spec, weights)
    if name not in spec.taught:
        raise ModelError(f"expected a taught gesture, got {name!r:.60}")
    number, each = spec.classes.index(name), spec.parameters["population"]
    left = [n for n in range(len(spec.classes)) if n not in (number, *twin_of(spec, number))]
    if not {part[n] for part in (spec.mirror, spec.counts_as) if part for n in left} <= {*left}:
        raise ModelError(f"cannot forget {name!r:.60}, of which another class is the mirror image")
    lost = [n for n in range(len(spec.classes)) if n not in left]
    gone = np.concatenate([np.arange(n * each, (n + 1) * each) for n in lost])
    fewer = {n: np.delete(weights[n], gone, 0) for n in (WEIGHT, DRIVE, LOG_TAU)}
    classes = tuple(spec.classes[n] for n in left)
    taught = tuple(known for known in spec.taught if known != name)
    mirror, counts_as = (
        tuple(left.index(numbers[n]) for n in left) if numbers else ()
        for numbers in (spec.mirror, spec.counts_as)
    )
    if counts_as == tuple(range(len(classes))):
        counts_as = ()
    return _described(spec, classes, mirror, counts_as, taught), {**weights, **fewer}


def twin_of(spec: ModelSpec, number: int) -> tuple[int, ...]:
    """The class that is there because of another one, in whose mirror it is."""
    own = spec.counts_as and spec.counts_as[number] != number
    return (spec.mirror[number],) if own and spec.mirror else ()


def renamed(spec: ModelSpec, before: str, after: str) -> ModelSpec:
    """The same network, which calls a taught gesture otherwise.

    Raises:
        ModelError: no such gesture was taught, or the name cannot be.
    """
    if before not in spec.taught:
        raise ModelError(f"expected a taught gesture, got {before!r:.60}")
    check_teachable(spec, after)
    classes, taught = (
        tuple(after if name == before else name for name in names)
        for names in (spec.classes, spec.taught)
    )
    return _described(spec, classes, spec.mirror, spec.counts_as, taught)


def told_apart(spec: ModelSpec, weights: Weights, hidden: np.ndarray, number: int) -> float:
    """The share of ticks with a winner that the class ``number`` wins, at hidden spikes of L looks
    (T, L H); 0 where there is no winner."""
    width, read_out = spec.parameters["hidden"], read_out_of(spec, weights)
    twins, total = list(spec.mirror), np.zeros((len(hidden), len(spec.classes)), np.int32)
    for look in range(hidden.shape[1] // width):
        part = hidden[:, look * width : (look + 1) * width]
        counts = class_spikes(read_out, part, delays_of(spec), len(spec.classes))
        total += counts[:, twins] if look else counts
    top = total.max(1)
    won = ((total == top[:, None]).sum(1) == 1) & (top >= spec.min_spikes)
    won[: max(delays_of(spec))] = False
    return float((total[won].argmax(1) == number).mean()) if won.any() else 0.0


def delays_of(spec: ModelSpec) -> list[int]:
    """The delays of the read-out in ticks."""
    return [round(ms * 1000 / spec.tick_us) for ms in spec.parameters["delays_ms"][-1]]


def read_out_of(spec: ModelSpec, weights: Weights) -> ReadOut:
    """The read-out of a network."""
    drive = weights[DRIVE] * np.float32(spec.tick_us / 1000)
    both = np.concatenate([weights[WEIGHT], drive[:, None]], 1).astype(np.float32)
    counts_as = np.array(spec.counts_as or range(len(spec.classes)), np.int64)
    classes = np.repeat(counts_as, spec.parameters["population"])
    return ReadOut(
        np.ascontiguousarray(both.T), decays(weights[LOG_TAU], spec.tick_us / 1000), classes
    )


def looks_at(
    spec: ModelSpec, label: int, hidden: np.ndarray, rehearsal: Sequence[Shown]
) -> list[Shown]:
    """The looks side by side in ``hidden`` (T, L H), each with what it shows: the second one what
    the class ``label`` is in a mirror. All of them weigh ``SHARE`` of the rehearsal."""
    width, looks = spec.parameters["hidden"], []
    firsts = range(0, hidden.shape[1], width)
    ticks, known = len(firsts) * len(hidden), sum(len(each.labels) for each in rehearsal)
    for first in firsts:
        labels = np.full(len(hidden), spec.mirror[label] if first else label)
        labels[: max(delays_of(spec))] = NOT_JUDGED  # what came before was not seen
        weight = SHARE * max(known, ticks) / ticks
        looks.append(Shown(hidden[:, first : first + width], labels, weight))
    return looks


def with_class(
    spec: ModelSpec, weights: Weights, name: str, counts_as: int | None = None
) -> tuple[ModelSpec, dict[str, np.ndarray]]:
    """One class more, whose neurons are silent yet and as slow as those of the last class. It
    counts as itself or as the class with a number."""
    each = spec.parameters["population"]
    tau = weights[LOG_TAU][-each:]
    more = {
        WEIGHT: np.zeros_like(weights[WEIGHT][-each:]),
        DRIVE: np.zeros_like(weights[DRIVE][-each:]),
        LOG_TAU: tau,
    }
    grown = {n: np.concatenate([weights[n], added]) for n, added in more.items()}
    mirror = (*spec.mirror, len(spec.classes)) if spec.mirror else ()
    counted = spec.counts_as
    if counted or counts_as is not None:
        here = len(spec.classes)
        counted = (*(counted or range(here)), here if counts_as is None else counts_as)
    taught = (*spec.taught, name)
    wider = _described(spec, (*spec.classes, name), mirror, counted, taught)
    return wider, {**weights, **grown}


def _described(
    spec: ModelSpec,
    classes: tuple[str, ...],
    mirror: tuple[int, ...],
    counts_as: tuple[int, ...],
    taught: tuple[str, ...],
) -> ModelSpec:
    return replace(
        spec,
        classes=classes,
        mirror=mirror,
        counts_as=counts_as,
        parameters={**spec.parameters, "classes": len(classes)},
        training={**spec.training, TAUGHT: taught},
    )


def with_neurons(
    weights: Weights, read_out: ReadOut, first: int, tick_ms: float
) -> dict[str, np.ndarray]:
    """Weights whose neurons from ``first`` on are those of a read-out, rounded."""
    rounded = (np.round(read_out.weights.T[first:] / STEP) * STEP).astype(np.float32)
    weight, drive = weights[WEIGHT].astype(np.float32), weights[DRIVE].astype(np.float32)
    weight[first:], drive[first:] = rounded[:, :-1], rounded[:, -1] / np.float32(tick_ms)
    return {**weights, WEIGHT: weight, DRIVE: drive}
