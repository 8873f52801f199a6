"""What the microscope looks at, as people choose it, whatever system recognises. Knows no Qt."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

import numpy as np

from app.events import Resolution
from app.pipeline.snapshot import RasterChunk
from app.recognition.watching import Neuron, Patch, Watch

# Of the shorter side of the sensor: about what a hand's edge covers in a millisecond.
PATCH_PART, LEAST_PATCH = 24, 3


class Of(enum.Enum):
    """The kinds of things to look at."""

    PIXELS = "pixels"
    OUTPUT = "output"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Target:
    """Pixels around (``x``, ``y``), or in the middle with none, ``side`` wide, or about as much as
    a hand's edge with none; or a neuron by ``number``, an output's within its ``class_``."""

    of: Of = Of.PIXELS
    x: int | None = None
    y: int | None = None
    side: int | None = None
    class_: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Layers:
    """What a network shows: how many classes, output neurons for each, and hidden neurons."""

    output_name: str
    classes: int
    each: int
    hidden_name: str
    hidden: int

    @classmethod
    def of(cls, chunk: RasterChunk) -> Layers:
        """Those whose spikes are in ``chunk``."""
        classes = chunk.output.shape[1]
        each = max(1, chunk.outputs // classes)
        return cls(chunk.output_name, classes, each, chunk.hidden_name, chunk.hidden.shape[1])

    def size(self, of: Of) -> int:
        """How many numbers there are to choose from."""
        return self.each if of is Of.OUTPUT else max(1, self.hidden)


def default_side(resolution: Resolution) -> int:
    """How wide a patch is unless somebody chose."""
    return max(LEAST_PATCH, min(resolution.width, resolution.height) // PATCH_PART)


def patch_at(target: Target, resolution: Resolution) -> Patch:
    """The pixels of a target, inside the sensor."""
    most = min(resolution.width, resolution.height)
    side = min(target.side or default_side(resolution), most)
    x = resolution.width // 2 if target.x is None else target.x
    y = resolution.height // 2 if target.y is None else target.y
    left = min(max(x - side // 2, 0), resolution.width - side)
    top = min(max(y - side // 2, 0), resolution.height - side)
    return Patch(left, top, side, side)


def fitted(target: Target, layers: Layers) -> Target:
    """The same with numbers that this network has."""
    number = min(target.number, layers.size(target.of) - 1)
    return replace(target, class_=min(target.class_, layers.classes - 1), number=number)


def watch_of(target: Target, resolution: Resolution, layers: Layers | None) -> Watch | None:
    """What is to be watched for ``target``; none while no network is known that has it."""
    if target.of is Of.PIXELS:
        return patch_at(target, resolution)
    if layers is None:
        return None
    target = fitted(target, layers)
    if target.of is Of.OUTPUT:
        return Neuron(layers.output_name, target.class_ * layers.each + target.number)
    return Neuron(layers.hidden_name, target.number)


def busiest(levels: np.ndarray) -> Target:
    """Where most is going on in (2, H, W) events: a good place to look at first."""
    _, height, width = levels.shape
    side = default_side(Resolution(width, height))
    rows, columns = height // side, width // side
    blocks = levels.sum(0)[: rows * side, : columns * side].reshape(rows, side, columns, side)
    row, column = divmod(int(blocks.sum((1, 3)).argmax()), columns)
    return Target(Of.PIXELS, column * side + side // 2, row * side + side // 2)
