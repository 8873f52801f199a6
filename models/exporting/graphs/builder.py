"""Graphs of the Neuromorphic Intermediate Representation in the making.

A neuron's values are arrays of the shape of its layer, one for each neuron, as NIR wants them; the
networks here have one for each channel or one for all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import nir  # type: ignore[import-untyped]
import numpy as np

from models.graph.contents import CHECKSUM, checksum_of, graph_of
from models.spec import ModelSpec

# What NIR's neurons and thresholds do above the threshold only.
FIRES = "at or above the threshold"
# Of values in a graph's metadata that stand behind no node.
PURPOSE = "needed to learn on, not to run"


class GraphBuilder:
    """Nodes in the making, each connected to nodes that are there already."""

    def __init__(self) -> None:
        self.nodes: dict[str, Any] = {}
        self.edges: list[tuple[str, str]] = []

    def add(self, name: str, node: Any, *sources: str) -> str:
        """Put a node behind its sources, whose outputs are added up; returns its name.

        Raises:
            ValueError: the name is taken.
        """
        if name in self.nodes:
            raise ValueError(f"expected a new name for a node, got {name!r} again")
        self.nodes[name] = node
        self.edges += [(source, name) for source in sources]
        return name

    def feed_back(self, source: str, target: str) -> None:
        """Connect a node to one before it."""
        self.edges.append((source, target))

    def add_input(self, spec: ModelSpec) -> str:
        """The node of the events per pixel, polarity and tick; returns its name."""
        return self.add("input", nir.Input({"input": np.array(spec.input_shape)}))

    def add_flat(self, source: str) -> str:
        """The values of ``source`` in one row; returns the name of the last node."""
        shape = self.shape(source)
        if len(shape) == 1:
            return source
        return self.add("flatten", nir.Flatten({"input": np.array(shape)}, 0), source)

    def add_output(self, name: str, source: str, **metadata: Any) -> None:
        """An end of the graph behind ``source``."""
        shape = {"output": np.array(self.shape(source))}
        self.add(name, nir.Output(shape, metadata=metadata), source)

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of what comes out of a node."""
        return tuple(int(n) for n in self.nodes[name].output_type["output"])

    def graph(self, spec: ModelSpec, **metadata: Any) -> nir.NIRGraph:
        """The finished graph, with the identity of its model beside the ``metadata`` given."""
        identity = {
            "name": spec.name,
            "system": spec.system,
            "classes": json.dumps(spec.classes),
            "tick_ms": spec.tick_us / 1000,
            "min_count": spec.min_count,
            "min_spikes": spec.min_spikes,
            "mirror": json.dumps(spec.mirror),
            "counts_as": json.dumps(spec.counts_as),
            "calibration": json.dumps(spec.calibration),
        }
        graph = nir.NIRGraph(self.nodes, self.edges, {**identity, **metadata})
        graph.metadata[CHECKSUM] = checksum_of(graph_of(graph.to_dict()))
        return graph


def everywhere(value: float, shape: tuple[int, ...]) -> np.ndarray:
    """One value for each neuron of a layer, in double precision, so that it comes back whole."""
    return np.full(shape, float(value))


def by_channel(values: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Values (C,) -> an array of the layer's shape (C, ...), in double precision."""
    column = values.astype(np.float64).reshape(-1, *(1,) * (len(shape) - 1))
    return np.broadcast_to(column, shape).copy()


def sum_pool(size: int, shape: tuple[int, ...]) -> nir.SumPool2d:
    """Sums over squares of ``size`` x ``size`` of maps (C, H, W); what is left over is left out."""
    node = nir.SumPool2d(*(np.array([n, n]) for n in (size, size, 0)))
    channels, height, width = shape
    node.input_type = {"input": np.array(shape)}
    node.output_type = {"output": np.array([channels, height // size, width // size])}
    return node


def convolution(
    weight: np.ndarray, shape: tuple[int, ...], stride: int, padding: int
) -> nir.Conv2d:
    """A convolution without bias of maps (C, H, W)."""
    bias = np.zeros(len(weight), np.float32)
    return nir.Conv2d(shape[1:], weight, stride, padding, 1, 1, bias)


def threshold_node(threshold: np.ndarray, **metadata: Any) -> nir.Threshold:
    """Neurons without memory that fire at their threshold, not only above it."""
    return nir.Threshold(threshold, metadata={"fires": FIRES, **metadata})


def difference(graph: nir.NIRGraph, expected: nir.NIRGraph) -> str | None:
    """What is not as expected of a graph's nodes and edges, in words, or none.

    Metadata may hold more than expected. Numbers may differ by the rounding of a logarithm.
    """
    if {*map(tuple, graph.edges)} != {*map(tuple, expected.edges)}:
        return "the edges are others"
    for name in sorted(graph.nodes.keys() | expected.nodes.keys()):
        pair = (graph.nodes.get(name), expected.nodes.get(name))
        if None in pair or not _says(*(node.to_dict() for node in pair)):
            return f"{name} is another one"
    return None


def _says(value: Any, expected: Any) -> bool:
    """Whether a value is as expected; a mapping may hold more."""
    if isinstance(expected, Mapping):
        return isinstance(value, Mapping) and all(
            key in value and _says(value[key], part) for key, part in expected.items()
        )
    a, b = np.asarray(value), np.asarray(expected)
    if a.dtype.kind in "biuf" and b.dtype.kind in "biuf":
        return a.shape == b.shape and np.allclose(a, b, rtol=1e-9, atol=0.0)
    return bool(np.array_equal(a, b))
