"""What is read off the nodes of a graph, whatever its system."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from models.graph.contents import Graph

Weights = dict[str, np.ndarray]
Parameters = dict[str, Any]


def classes_in(graph: Graph) -> tuple[str, ...]:
    """The names of the classes."""
    return tuple(map(str, json.loads(str(graph.metadata["classes"]))))


def tick_ms_of(graph: Graph) -> float:
    """The length of a tick in ms."""
    return float(graph.metadata["tick_ms"])


def side_of(graph: Graph) -> int:
    """The side of the square input, in cells."""
    return int(graph.nodes["input"]["shape"][1])


def first(values: np.ndarray) -> float:
    """The value that all neurons of a layer have."""
    return float(values.flat[0])


def of_channels(values: np.ndarray) -> np.ndarray:
    """Values of a layer (C, ...) -> those of its channels' first neurons (C,)."""
    return values.reshape(len(values), -1)[:, 0]


def one_of_pair(value: np.ndarray) -> int:
    """A number that stands there once or, the same, for each of two axes."""
    return int(np.ravel(value)[0])
