"""Nodes of a graph that remember nothing: what comes out is a function of what comes in.

Each is made of a node and the shape that arrives, and checks that the two go together before
anything is computed. Maps are (C, H, W).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.graph.contents import Node

Shape = tuple[int, ...]
Array = np.ndarray

REAL = np.float64
MOST_KERNEL = 64
FIRES = "at or above the threshold"


@dataclass(frozen=True, slots=True)
class Step:
    """What a node does at a tick, and the shape of what comes out.

    ``reach`` is how many nonzero synapses each value that comes in has, none if it has no synapses;
    ``cost`` the multiplications of a tick.
    """

    shape: Shape
    say: Callable[[Array], Array]
    reach: Array | None = None
    cost: int = 0


def pass_on(node: Node, shape: Shape) -> Step:
    """The ends of a graph and of those inside it, whose own shape may count the samples too."""
    return Step(shape, lambda x: x)


def flatten(node: Node, shape: Shape) -> Step:
    """All values in one row, whichever axes the node names: no axis here counts samples."""
    size = int(np.prod(shape))
    return Step((size,), lambda x: x.reshape(size))


def affine(node: Node, shape: Shape) -> Step:
    """A dense layer, with a bias or without."""
    weight = _real(node["weight"])
    if weight.ndim != 2 or int(np.prod(shape)) != weight.shape[1]:
        raise ValueError(f"its weights {weight.shape} do not fit the {shape} that arrive")
    bias = values_of(node, "bias", (len(weight),)) if "bias" in node.values else None
    reach = np.count_nonzero(weight, axis=0).reshape(shape)

    def say(x: Array) -> Array:
        said = weight @ x.reshape(-1)  # maps, too, where a graph leaves out to flatten them
        return said if bias is None else said + bias

    return Step((len(weight),), say, reach, weight.size)


def scale(node: Node, shape: Shape) -> Step:
    """A factor for each value."""
    factor = values_of(node, "scale", shape)
    return Step(shape, lambda x: x * factor)


def threshold(node: Node, shape: Shape) -> Step:
    """Neurons without memory."""
    least = values_of(node, "threshold", shape)
    if str(node.metadata.get("fires")) == FIRES:
        return Step(shape, lambda x: (x >= least).astype(REAL))
    return Step(shape, lambda x: (x > least).astype(REAL))


def convolution(node: Node, shape: Shape) -> Step:
    """A convolution with any stride, padding, dilation and groups."""
    weight, groups = _real(node["weight"]), int(node["groups"]) if "groups" in node.values else 1
    if weight.ndim != 4 or len(shape) != 3 or groups < 1 or len(weight) % groups:
        raise ValueError(f"its weights {weight.shape} do not fit the {shape} that arrive")
    if shape[0] != weight.shape[1] * groups:
        raise ValueError(f"its weights {weight.shape} do not fit the {shape} that arrive")
    kernel, stride, dilation = weight.shape[2:], _pair(node, "stride"), _pair(node, "dilation")
    span = tuple(d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True))
    padding = _padding(node, span)
    window = _Window((kernel[0], kernel[1]), stride, dilation, padding, shape)
    bias = values_of(node, "bias", (len(weight),)) if "bias" in node.values else np.zeros(1)
    apart = weight.reshape(groups, len(weight) // groups, *weight.shape[1:])
    height, width = window.outputs

    def say(x: Array) -> Array:
        padded = window.padded(x)
        out = np.zeros((groups, apart.shape[1], height * width), REAL)
        for row, column in np.ndindex(*kernel):
            seen = window.seen(padded, row, column).reshape(groups, -1, height * width)
            out += apart[:, :, :, row, column] @ seen
        return out.reshape(len(weight), height, width) + bias.reshape(-1, 1, 1)

    cost = weight.size * height * width
    return Step((len(weight), height, width), say, _reach(apart, window), cost)


def pool(node: Node, shape: Shape, *, mean: bool) -> Step:
    """Sums or means over rectangles of each map."""
    if len(shape) != 3:
        raise ValueError(f"it takes maps, not the {shape} that arrive")
    kernel, padding = _pair(node, "kernel_size"), _pair(node, "padding", 0)
    stride = _pair(node, "stride") if "stride" in node.values else kernel
    window = _Window(kernel, stride, (1, 1), (padding, padding), shape)
    share = REAL(1 / (kernel[0] * kernel[1]) if mean else 1)

    def say(x: Array) -> Array:
        padded = window.padded(x)
        out = np.zeros((shape[0], *window.outputs), REAL)
        for row, column in np.ndindex(*kernel):
            out += window.seen(padded, row, column)
        return out * share

    cost = shape[0] * int(np.prod(window.outputs)) * kernel[0] * kernel[1]
    return Step((shape[0], *window.outputs), say, None, cost)


class _Window:
    """A kernel on its way over maps that are padded with zeros: (above and left, below and right).

    Raises:
        ValueError: nothing would come out.
    """

    def __init__(
        self, kernel: tuple[int, int], stride: tuple[int, int], dilation: tuple[int, int],
        padding: tuple[tuple[int, int], tuple[int, int]], shape: Shape,
    ) -> None:  # fmt: skip
        self._stride, self._dilation, self._padding = stride, dilation, padding
        self.inputs = (shape[1], shape[2])
        ends = zip(shape[1:], padding[0], padding[1], dilation, kernel, stride, strict=True)
        out = [(n + a + b - d * (k - 1) - 1) // s + 1 for n, a, b, d, k, s in ends]
        self.outputs = (out[0], out[1])
        if min(out) < 1 or max(kernel) > MOST_KERNEL:
            raise ValueError(f"its kernel {kernel} does not fit the {shape} that arrive")

    def padded(self, x: Array) -> Array:
        (top, left), (bottom, right) = self._padding
        return np.pad(x, ((0, 0), (top, bottom), (left, right)))

    def seen(self, padded: Array, row: int, column: int) -> Array:
        """What one place of the kernel sees of (C, H, W), (C, *outputs); a view."""
        begin = row * self._dilation[0], column * self._dilation[1]
        (height, width), (down, right) = self.outputs, self._stride
        return padded[
            :,
            begin[0] : begin[0] + down * (height - 1) + 1 : down,
            begin[1] : begin[1] + right * (width - 1) + 1 : right,
        ]

    def inside(self, padded: Array) -> Array:
        """What is not padding."""
        (top, left), (bottom, right) = self._padding
        _, height, width = padded.shape
        return padded[:, top : height - bottom, left : width - right]


def _reach(apart: Array, window: _Window) -> Array:
    """How many nonzero synapses each value of the maps that arrive has."""
    groups, _, channels, rows, columns = apart.shape
    each = np.count_nonzero(apart, axis=1).reshape(groups * channels, rows, columns)
    found = window.padded(np.zeros((groups * channels, *window.inputs), np.int64))
    for row, column in np.ndindex(rows, columns):
        window.seen(found, row, column)[:] += each[:, row, column, None, None]
    return window.inside(found)


def _padding(node: Node, span: Shape) -> tuple[tuple[int, int], tuple[int, int]]:
    word = str(node.values.get("padding", 0))
    if word == "valid":
        return (0, 0), (0, 0)
    if word == "same":
        total = [length - 1 for length in span]
        before = total[0] // 2, total[1] // 2
        return before, (total[0] - before[0], total[1] - before[1])
    both = _pair(node, "padding", 0)
    return both, both


def _pair(node: Node, name: str, least: int = 1) -> tuple[int, int]:
    """A number that stands once or for each of two axes.

    Raises:
        ValueError: it is another thing.
    """
    values = np.ravel(node[name]) if name in node.values else np.array([least])
    if values.dtype.kind not in "iuf" or len(values) not in (1, 2):
        raise ValueError(f"expected a number for each axis as its {name}")
    first, last = int(values[0]), int(values[-1])
    if not least <= min(first, last) <= max(first, last) <= 4096:
        raise ValueError(f"expected its {name} from {least} to 4096, got {first} and {last}")
    return first, last


def _real(values: Array) -> Array:
    if values.dtype.kind not in "biuf":
        raise ValueError(f"expected numbers, got {values.dtype}")
    return np.ascontiguousarray(values, REAL)


def values_of(node: Node, name: str, shape: Shape) -> Array:
    """Values of a node, one for each of ``shape``, for each channel or for all.

    Raises:
        ValueError: there is another number of them.
    """
    values = _real(node[name])
    if values.size == 1:
        return np.full(shape, values.reshape(()))
    if values.shape == shape:
        return values
    if values.size == int(np.prod(shape)):
        return values.reshape(shape)
    if values.size == shape[0]:
        return np.broadcast_to(values.reshape(-1, *(1,) * (len(shape) - 1)), shape).copy()
    raise ValueError(f"its {name} {values.shape} does not fit the {shape} that arrive")
