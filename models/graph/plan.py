"""A graph made ready to run: its nodes in order, each with what it does at a tick.

An edge that leads back to a node before it brings what was said in the tick before. Shapes are
followed from the input on, and nothing is made of a node that does not fit what arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from models.description import printable
from models.graph import neurons, shapes
from models.graph.contents import INPUT, OUTPUT, Edge, Graph, Node
from models.graph.neurons import Made, Remembering
from models.graph.shapes import Shape, Step
from models.graph.steps import step_of
from models.spec import ModelError

MOST_VALUES = 4_000_000  # that leave a node
MOST_COST = 100_000_000  # multiplications of a tick
MOST_SIDE = 512

STATELESS: Mapping[str, Callable[[Node, Shape], Step]] = {
    INPUT: shapes.pass_on,
    OUTPUT: shapes.pass_on,
    "Identity": shapes.pass_on,
    "Flatten": shapes.flatten,
    "Affine": shapes.affine,
    "Linear": shapes.affine,
    "Scale": shapes.scale,
    "Threshold": shapes.threshold,
    "Conv2d": shapes.convolution,
    "SumPool2d": partial(shapes.pool, mean=False),
    "AvgPool2d": partial(shapes.pool, mean=True),
}
REMEMBERING: Mapping[str, Callable[[Node, Shape, float], Remembering]] = {
    "LIF": neurons.firing,
    "IF": neurons.firing,
    "CubaLIF": neurons.firing,
    "LI": neurons.leaky,
    "I": neurons.leaky,
    "CubaLI": neurons.leaky,
    "Delay": neurons.line,
}
SPIKING = ("LIF", "IF", "CubaLIF", "Threshold")
PASSING = (OUTPUT, "Identity", "Flatten")


@dataclass(frozen=True, slots=True)
class Stop:
    """One node of a plan, what comes before it in the tick, and what in the tick before."""

    name: str
    kind: str
    made: Made
    sources: tuple[str, ...]
    delayed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All nodes in an order in which they can speak, the input first; the output's name, and
    whether what comes out there are spikes. ``input_shape`` is (2, H, W), ``takes`` the shape that
    the graph has for it."""

    stops: tuple[Stop, ...]
    output: str
    spikes: bool
    input_shape: tuple[int, int, int]
    takes: Shape


def plan_of(graph: Graph) -> Plan:
    """How to run a graph.

    Raises:
        ModelError: it cannot be run; the sentence names the node and says why.
    """
    begin, end = _only(graph, INPUT), _only(graph, OUTPUT)
    input_shape, takes = _input(graph.nodes[begin])
    order, back = _order(graph, begin)
    if end not in order:
        raise ModelError(f"expected a way from the input of the graph to its output {end!r:.80}")
    try:
        step = step_of(graph)
    except (KeyError, TypeError, ValueError) as error:
        said = printable(str(error))
        raise ModelError(f"cannot tell how long a tick of the graph is: {said}") from error
    stops: list[Stop] = []
    reached: dict[str, Shape] = {begin: takes}
    for name in order:
        sources = [each for each in graph.sources(name) if (each, name) not in back]
        arriving = takes if name == begin else _arriving(name, sources, reached)
        made = _made(name, graph.nodes[name], arriving, step)
        reached[name] = made.shape
        delayed = tuple(each for each in graph.sources(name) if (each, name) in back)
        stops.append(Stop(name, graph.nodes[name].kind, made, tuple(sources), delayed))
    _check(stops, reached)
    return Plan(tuple(stops), end, _says_spikes(graph, end), input_shape, takes)


def _only(graph: Graph, kind: str) -> str:
    """The input or the output; those of graphs inside have a dot in their name, and neighbours."""
    back = {target for _, target in graph.edges} if kind == INPUT else {s for s, _ in graph.edges}
    found = [name for name, node in graph.nodes.items() if node.kind == kind and name not in back]
    if len(found) != 1:
        raise ModelError(f"expected a graph with one {kind}, got {len(found)}")
    return found[0]


def _input(node: Node) -> tuple[tuple[int, int, int], Shape]:
    """The events' grid (2, H, W), and the shape that the node says: polarities may be added up."""
    try:
        said = tuple(int(n) for n in np.ravel(node["shape"]))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ModelError("expected an Input node with a shape") from error
    lengths = list(said)
    while len(lengths) > 1 and lengths[0] == 1 and len(lengths) != 3:
        lengths.pop(0)  # samples
    if len(lengths) < 2:
        side = _side(lengths[0]) if lengths else 0
    else:
        side = lengths[-1]
        if lengths[-2:] != [side, side] or lengths[:-2] not in ([], [1], [2]):
            side = 0
    if not 1 <= side <= MOST_SIDE:
        raise ModelError(
            f"expected an input of one or two polarities on a square of at most {MOST_SIDE} x "
            f"{MOST_SIDE}, got the shape {said!s:.80}"
        )
    return (2, side, side), tuple(lengths)


def _side(values: int) -> int:
    """Of a square whose cells, in one or two polarities, lie in one row; 0 if there is none."""
    for count in (values // 2 if values % 2 == 0 else -1, values):
        if count > 0 and (side := round(count**0.5)) ** 2 == count:
            return side
    return 0


def _order(graph: Graph, begin: str) -> tuple[list[str], set[Edge]]:
    """Nodes that are reached, each after its sources, and the edges that lead back."""
    targets: dict[str, list[str]] = {name: [] for name in graph.nodes}
    for source, target in graph.edges:
        targets[source].append(target)
    done: list[str] = []
    back: set[Edge] = set()
    seen, underway = {begin}, {begin}
    ways = [(begin, iter(targets[begin]))]
    while ways:
        name, rest = ways[-1]
        following = next(rest, None)
        if following is None:
            ways.pop()
            underway.discard(name)
            done.append(name)
        elif following in underway:
            back.add((name, following))
        elif following not in seen:
            seen.add(following)
            underway.add(following)
            ways.append((following, iter(targets[following])))
    return done[::-1], back


def _arriving(name: str, sources: list[str], reached: Mapping[str, Shape]) -> Shape:
    for source in sources:
        if source not in reached:
            raise ModelError(f"nothing reaches the node {printable(source)!r:.80} of the graph")
    found = {reached[source] for source in sources}
    if len(found) != 1:
        raise ModelError(
            f"the shapes that meet at the node {printable(name)!r:.80} differ: {found!s:.80}"
        )
    return found.pop()


def _made(name: str, node: Node, shape: Shape, step: float) -> Made:
    where = f"the node {printable(name)!r:.80} of the type {node.kind:.40}"
    if node.kind not in STATELESS and node.kind not in REMEMBERING:
        known = ", ".join([*STATELESS, *REMEMBERING])
        raise ModelError(f"cannot run {where}, only {known}")
    try:
        if node.kind in STATELESS:
            return STATELESS[node.kind](node, shape)
        return REMEMBERING[node.kind](node, shape, step)
    except KeyError as error:
        raise ModelError(f"cannot run {where}: it has no {error}") from error
    except (ValueError, TypeError, IndexError, ArithmeticError) as error:
        raise ModelError(f"cannot run {where}: {printable(str(error))}") from error


def _check(stops: list[Stop], reached: Mapping[str, Shape]) -> None:
    """Refuse what is too large, and what comes back in another shape than what it meets."""
    cost = 0
    for stop in stops:
        cost += stop.made.cost if isinstance(stop.made, Step) else 0
        if int(np.prod(stop.made.shape)) > MOST_VALUES or cost > MOST_COST:
            raise ModelError(
                f"cannot run the graph: up to its node {printable(stop.name)!r:.80} it takes more "
                f"than {MOST_COST:,} multiplications or {MOST_VALUES:,} values a tick"
            )
        for source in stop.delayed:
            _arriving(stop.name, [source, *stop.sources], reached)


def _says_spikes(graph: Graph, name: str) -> bool:
    """Whether a node hands on spikes and nothing else."""
    kind = graph.nodes[name].kind
    if kind not in PASSING:
        return kind in SPIKING
    sources = graph.sources(name)
    return len(sources) == 1 and _says_spikes(graph, sources[0])
