"""A graph of the Neuromorphic Intermediate Representation as plain values.

The values are those that the ``nir`` package writes: a mapping for each node with its "type", its
arrays by name and its "metadata", and the edges between them. A graph may be a node of another
one; here its nodes stand beside the others, and its input and output pass on what they get.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.description import printable
from models.spec import ModelError

GRAPH, INPUT, OUTPUT = "NIRGraph", "Input", "Output"
MOST_NODES = 1000
MOST_EDGES = 10_000
MOST_DEPTH = 8
# Of the graph's metadata: what stands for all of its nodes and edges.
CHECKSUM = "checksum"

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the type ``kind``."""

    kind: str
    values: Mapping[str, Any]
    metadata: Mapping[str, Any]

    def __getitem__(self, name: str) -> np.ndarray:
        """One of its arrays.

        Raises:
            KeyError: it has none of this name.
        """
        return np.asarray(self.values[name])


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by name, from which edges lead to which, and what is known beside them."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    metadata: Mapping[str, Any]

    def sources(self, name: str) -> list[str]:
        """The nodes whose outputs are added up before this one, in the order of the edges."""
        return [source for source, target in self.edges if target == name]


def graph_of(values: Mapping[str, Any]) -> Graph:
    """A graph from the values that ``nir`` has of it, or that were read from a file.

    Raises:
        ModelError: these are not a graph's.
    """
    try:
        nodes: dict[str, Node] = {}
        edges = list(_collect(values, "", 0, nodes))
        metadata = _mapping(values.get("metadata", {}))
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        said = printable(str(error))
        raise ModelError(f"expected a NIR graph of nodes and edges, but {said} is amiss") from error
    for name in {name for edge in edges for name in edge} - nodes.keys():
        raise ModelError(f"expected edges between the nodes of the graph, got one of {name!r:.80}")
    return Graph(nodes, tuple(dict.fromkeys(edges)), metadata)


def _collect(
    values: Mapping[str, Any], prefix: str, depth: int, nodes: dict[str, Node]
) -> Iterator[Edge]:
    """Put the nodes of a graph and of those inside it into ``nodes``; gives their edges."""
    if values["type"] != GRAPH or depth > MOST_DEPTH:
        raise ModelError(f"expected a {GRAPH}, got {values['type']!r:.80} at depth {depth}")
    inside = values["nodes"]
    for name, each in inside.items():
        if each["type"] == GRAPH:
            yield from _collect(each, f"{prefix}{name}.", depth + 1, nodes)
        else:
            others = {key: each[key] for key in each if key not in ("type", "metadata")}
            kind, metadata = printable(str(each["type"])), _mapping(each.get("metadata", {}))
            nodes[f"{prefix}{name}"] = Node(kind, others, metadata)
    if len(nodes) > MOST_NODES or len(values["edges"]) > MOST_EDGES:
        raise ModelError(f"expected at most {MOST_NODES} nodes and {MOST_EDGES} edges")
    for source, target in values["edges"]:
        begin, end = str(source), str(target)
        yield (
            prefix + _end(inside, begin, OUTPUT),
            prefix + _end(inside, end, INPUT),
        )


def _end(inside: Mapping[str, Any], name: str, kind: str) -> str:
    """The node that an edge really meets: of a graph inside, its own input or output."""
    if name not in inside or inside[name]["type"] != GRAPH:
        return name
    nodes = inside[name]["nodes"]
    found = [each for each in nodes if nodes[each]["type"] == kind]
    if len(found) != 1:
        raise ModelError(f"expected one {kind} in the graph {name!r:.80}, got {len(found)}")
    return f"{name}.{found[0]}"


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def checksum_of(graph: Graph) -> str:
    """SHA-256 over all nodes and edges, whoever wrote them in whatever order."""
    digest = hashlib.sha256()
    for name in sorted(graph.nodes):
        node = graph.nodes[name]
        _take(digest, f"{name} {node.kind}", node.values)
        _take(digest, f"{name} metadata", node.metadata)
    digest.update(repr(sorted(graph.edges)).encode())
    return digest.hexdigest()


def _take(digest: Any, name: str, value: Any) -> None:
    if isinstance(value, Mapping):
        for key in sorted(value):
            _take(digest, f"{name} {key}", value[key])
    elif value is not None:
        array = np.asarray(value)
        number = array.dtype.kind in "biuf"
        digest.update(f"{name} {array.shape}\n".encode())
        digest.update(array.astype(np.float64).tobytes() if number else str(value).encode())
