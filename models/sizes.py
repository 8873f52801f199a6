"""Whether a model's tensors are those that its description asks for, before anything is built.

What runs the networks is compiled and trusts its arrays. So tensors have exactly the shapes that
the description says, and the description nothing that would take minutes or gigabytes to build:
sides and delays, neurons and the spikes that are underway between them have their limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.model_file import Weights
from models.spec import ModelError, ModelSpec

MOST_SIDE = 512
MOST_LAYERS = 64
MOST_WIDTH = 65_536
MOST_NEURONS = 4_000_000
MOST_REACHED = 4_000_000  # pixels of a map, times the places of the kernel on each
MOST_UNDERWAY = 64_000_000  # neurons of a layer, times the ticks of its longest delay
MOST_DELAY_MS = 10_000
MOST_FRAMES = 1000

Shapes = Iterator[tuple[str, tuple[int, ...]]]


def check_sizes(spec: ModelSpec, weights: Weights) -> None:
    """Refuse a model whose tensors are not what its description says, or that is beyond limits.

    A system that is not known is not judged.

    Raises:
        ModelError: so it is.
    """
    if spec.system not in KNOWN:
        return
    try:
        _check_ends(spec)
        for name, shape in KNOWN[spec.system].shapes(spec.parameters, spec, weights):
            if weights[name].shape != shape:
                raise ValueError(f"expected {name} of shape {shape}, got {weights[name].shape}")
    except KeyError as error:
        raise ModelError(f"the model's weights do not fit its system: no {error}") from error
    except (ValueError, TypeError, IndexError, AttributeError, ArithmeticError) as error:
        raise ModelError(f"the model's weights do not fit its system: {error}") from error


def _check_ends(spec: ModelSpec) -> None:
    side = _whole(spec.parameters["side"], MOST_SIDE)
    if spec.input_shape != (2, side, side) or spec.parameters["classes"] != len(spec.classes):
        raise ValueError(
            f"expected an input of {(2, side, side)} and {spec.parameters['classes']} classes, "
            f"got {spec.input_shape} and {len(spec.classes)}"
        )


def _whole(value: Any, most: int, least: int = 1) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"expected a whole number from {least} to {most}, got {value!r:.40}")
    return value


def _delays(values: Any, tick_ms: float) -> list[int]:
    """Delays in ms as ticks."""
    found = [float(value) for value in values]
    if not found or not all(0 <= value <= MOST_DELAY_MS for value in found):
        raise ValueError(f"expected delays from 0 to {MOST_DELAY_MS} ms, got {values!r:.80}")
    return [round(value / tick_ms) for value in found]


def _map_behind(
    side: int, width: Any, kernel: Any, stride: Any, padding: int, longest: int = 0
) -> int:
    """The side of the map behind a convolution, ``longest`` ticks of whose spikes are kept."""
    kernel, stride = _whole(kernel, MOST_SIDE), _whole(stride, MOST_SIDE)
    behind = (side + 2 * padding - kernel) // stride + 1
    neurons = behind * behind * _whole(width, MOST_WIDTH)
    reached = behind * behind * kernel * kernel
    if behind < 1 or neurons > MOST_NEURONS or reached > MOST_REACHED:
        raise ValueError(f"cannot run a map of {behind} x {behind} x {width} behind {side}")
    if neurons * (longest + 1) > MOST_UNDERWAY:
        raise ValueError(f"cannot keep the spikes of {neurons} neurons for {longest} ticks")
    return behind


def _conv_lif(p: Mapping[str, Any], spec: ModelSpec, weights: Weights) -> Shapes:
    kernel, stride = p["stem"]
    delays = [_delays(layer, spec.tick_us / 1000) for layer in p["delays_ms"]]
    if len(delays) != 5 or delays[0] != [0]:
        raise ValueError("expected delays of five layers, the first one without")
    longest = [max(layer) for layer in delays[1:]] + [0]
    first, second, third = p["channels"]
    outputs = p["classes"] * _whole(p["population"], MOST_WIDTH)
    sides = [_map_behind(p["side"], first, kernel, stride, kernel // 2, longest[0])]
    for width, ticks in ((second, longest[1]), (third, longest[2])):
        sides.append(_map_behind(sides[-1], width, 3, 2, 1, ticks))
    _map_behind(1, _whole(p["hidden"], MOST_WIDTH), 1, 1, 0, longest[3])
    sets = [len(layer) for layer in delays]
    yield "projections.0.op.weight", (first, 2, kernel, kernel)
    yield "projections.1.op.weight", (second, first * sets[1], 3, 3)
    yield "projections.2.op.weight", (third, second * sets[2], 3, 3)
    yield "projections.3.op.weight", (p["hidden"], third * sides[-1] ** 2 * sets[3])
    yield "projections.4.op.weight", (outputs, p["hidden"] * sets[4])
    for place, width in enumerate((first, second, third, p["hidden"], outputs)):
        yield f"projections.{place}.drive", (width,)
        yield f"neurons.{place}.log_tau", (width,)


def _slayer(p: Mapping[str, Any], spec: ModelSpec, weights: Weights) -> Shapes:
    pool = _whole(p["pool"], MOST_SIDE)
    if p["side"] % (4 * pool):
        raise ValueError(f"expected a side in fours of {pool}, got {p['side']}")
    side, (first, second) = p["side"] // pool, p["channels"]
    ticks = [
        max(_delays(weights[f"synapses.pool{i}.delay_ms"], spec.tick_us / 1000)) for i in (1, 2)
    ]
    _map_behind(side, first, 5, 1, 2, ticks[0])
    _map_behind(side // 2, second, 3, 1, 1, ticks[1])
    hidden = _whole(p["hidden"], MOST_WIDTH)
    yield "synapses.conv1.op.weight", (first, 2, 5, 5)
    yield "synapses.pool1.delay_ms", (first,)
    yield "synapses.conv2.op.weight", (second, first, 3, 3)
    yield "synapses.pool2.delay_ms", (second,)
    yield "synapses.hidden.op.weight", (hidden, second * (side // 4) ** 2)
    yield "synapses.output.op.weight", (p["classes"], hidden)


def _decolle(p: Mapping[str, Any], spec: ModelSpec, weights: Weights) -> Shapes:
    layers = list(zip(p["channels"], p["kernels"], p["strides"], p["pools"], strict=True))
    deciding = range(_whole(len(layers), MOST_LAYERS))[p["deciding"]]
    side, before = p["side"], 2
    for place, (width, kernel, stride, pool) in enumerate(layers):
        side = _map_behind(side, width, kernel, stride, kernel // 2) // _whole(pool, MOST_SIDE)
        _whole(side, MOST_SIDE)
        yield f"stack.{place}.op.weight", (width, before, kernel, kernel)
        yield f"stack.{place}.gain", (width,)
        yield f"stack.{place}.bias", (width,)
        if place == deciding:
            yield f"stack.{place}.readout_weight", (p["classes"], width * side**2)
            yield f"stack.{place}.readout_bias", (p["classes"],)
        before = width


def _eedn(p: Mapping[str, Any], spec: ModelSpec, weights: Weights) -> Shapes:
    delays, side = _delays(p["delays_ms"], spec.tick_us / 1000), p["side"]
    before = 2 * len(delays) * _whole(len(p["levels"]), MOST_LAYERS)
    _map_behind(side, before, 1, 1, 0, max(delays))
    if delays != sorted(delays) or len(p["taus_ms"]) != len(delays):
        raise ValueError("expected delays that rise, each with a time constant")
    outputs = p["classes"] * _whole(p["population"], MOST_WIDTH)
    layers = [*p["layers"], (outputs, None, 1, p["output_groups"])]
    _whole(len(layers), MOST_LAYERS)
    for place, (width, kernel, stride, groups) in enumerate(layers):
        kernel = side if kernel is None else kernel  # the last one sees all of the map
        if _whole(width, MOST_WIDTH) % _whole(groups, MOST_WIDTH) or before % groups:
            raise ValueError(f"expected {before} and {width} channels in {groups} groups")
        padding = (kernel - 1) // 2 if place < len(p["layers"]) else 0
        side = _map_behind(side, width, kernel, stride, padding)
        yield f"stack.{place}.weight", (width, before // groups, kernel, kernel)
        yield f"stack.{place}.threshold", (width,)
        before = width


def _c3d(p: Mapping[str, Any], spec: ModelSpec, weights: Weights) -> Shapes:
    """Its session checks the tensors itself; here are the sizes that are in none of them."""
    _whole(p["frames"], MOST_FRAMES)
    _whole(p["frame_ms"], MOST_DELAY_MS)
    stages = _whole(len(p["channels"]), MOST_LAYERS)
    if p["side"] >> stages < 1 or p["frames"] >> (stages - 1) < 1:
        raise ValueError(f"expected a clip that {stages} stages leave something of")
    _whole(sum(map(len, p["channels"])), MOST_LAYERS)
    yield from ()


@dataclass(frozen=True, slots=True)
class Known:
    """How a system is spelled for people, and the shapes that its tensors must have."""

    name: str
    shapes: Callable[[Mapping[str, Any], ModelSpec, Weights], Shapes]


KNOWN = {
    "conv_lif": Known("convolutional LIF", _conv_lif),
    "eedn": Known("Eedn", _eedn),
    "slayer": Known("SLAYER", _slayer),
    "decolle": Known("DECOLLE", _decolle),
    "c3d": Known("C3D", _c3d),
}
