"""NIR graphs node by node, tick by tick, as their nodes and the metadata "in_ticks" say."""

from __future__ import annotations

from typing import Any

import nir
import numpy as np
import torch
from torch.nn import functional

from models.exporting.graphs import decolle, eedn, slayer
from models.exporting.graphs.builder import FIRES


class GraphRun:
    """A graph at work; a feedback edge brings what its node said in the tick before."""

    def __init__(self, graph: nir.NIRGraph, tick_ms: float) -> None:
        self._graph = graph
        self._tick_ms = tick_ms
        self._sources = {name: [a for a, b in graph.edges if b == name] for name in graph.nodes}
        self._memory: dict[str, Any] = {}

    def run(self, counts: np.ndarray) -> dict[str, np.ndarray]:
        """Counts (T, 2, H, W) -> what each node said (T, N)."""
        said: dict[str, list[torch.Tensor]] = {name: [] for name in self._graph.nodes}
        for now in torch.from_numpy(counts).double():
            flowing: dict[str, torch.Tensor] = {"input": now}
            # Integrators say what they hold before they take in what arrives.
            held = {name for name, node in self._graph.nodes.items() if self._is_held(node)}
            for name in held:
                flowing[name] = self._held(name)
            for name, node in self._graph.nodes.items():
                if name not in flowing:
                    flowing[name] = self._say(name, node, self._arriving(name, flowing))
            for name in held:
                self._take(name, self._arriving(name, flowing))
            for name, value in flowing.items():
                said[name].append(value.flatten())
        return {name: torch.stack(values).numpy() for name, values in said.items()}

    def _arriving(self, name: str, flowing: dict[str, torch.Tensor]) -> torch.Tensor:
        parts = [flowing[source] for source in self._sources[name]]
        return sum(parts[1:], parts[0])

    def _is_held(self, node: Any) -> bool:
        in_ticks = node.metadata.get("in_ticks")
        return in_ticks in (slayer.IN_TICKS, decolle.TRACES, decolle.REFRACTORY)

    def _held(self, name: str) -> torch.Tensor:
        node = self._graph.nodes[name]
        zero = torch.zeros(tuple(node.r.shape), dtype=torch.float64)
        i, v = self._memory.get(name, (zero, zero))
        if isinstance(node, nir.LI):
            return i
        a = torch.exp(-self._tick_ms / torch.from_numpy(node.tau_mem))
        if node.metadata["in_ticks"] == slayer.IN_TICKS:
            rise = self._tick_ms / torch.from_numpy(node.tau_mem)
            v = a * (v + torch.from_numpy(node.r) * i * rise)
        else:
            v = a * v + (1 - a) * i
        self._memory[name] = (i, v)
        return v

    def _take(self, name: str, x: torch.Tensor) -> None:
        node = self._graph.nodes[name]
        i, v = self._memory.get(name, (torch.zeros_like(x), torch.zeros_like(x)))
        tau = torch.from_numpy(node.tau if isinstance(node, nir.LI) else node.tau_syn)
        keep = torch.exp(-self._tick_ms / tau)
        if isinstance(node, nir.LI):
            i = keep * i + (1 - keep) * torch.from_numpy(node.r) * x
        elif node.metadata["in_ticks"] == slayer.IN_TICKS:
            i = keep * i + torch.from_numpy(node.w_in) * x * self._tick_ms / tau
        else:
            i = keep * i + (1 - keep) * torch.from_numpy(node.w_in) * x
        self._memory[name] = (i, v)

    def _say(self, name: str, node: Any, x: torch.Tensor) -> torch.Tensor:
        if isinstance(node, nir.Output):
            return x
        if isinstance(node, nir.Flatten):
            return x.flatten()
        if isinstance(node, nir.Scale):
            return x * torch.from_numpy(node.scale)
        if isinstance(node, nir.Delay):
            return self._delayed(name, node, x)
        if isinstance(node, nir.LI):
            return self._trace(name, node, x)
        if isinstance(node, nir.SumPool2d):
            size = int(node.kernel_size[0])
            return functional.avg_pool2d(x[None], size, divisor_override=1)[0]
        if isinstance(node, nir.Threshold):
            threshold = torch.from_numpy(node.threshold)
            fires = x >= threshold if node.metadata.get("fires") == FIRES else x > threshold
            return fires.double()
        weight = torch.from_numpy(node.weight).double()
        if isinstance(node, nir.Linear):
            return weight @ x
        bias = torch.from_numpy(node.bias).double()
        if isinstance(node, nir.Affine):
            return weight @ x + bias
        stride, padding = int(node.stride[0]), int(node.padding[0])
        return functional.conv2d(x[None], weight, bias, stride, padding)[0]

    def _delayed(self, name: str, node: nir.Delay, x: torch.Tensor) -> torch.Tensor:
        line = self._memory.setdefault(name, [])
        line.append(x)
        rounded = np.round if node.metadata["in_ticks"] == eedn.WHOLE_TICKS else np.floor
        said = torch.zeros_like(x)
        for ticks in np.unique(rounded(node.delay / self._tick_ms)):
            if ticks < len(line):
                mine = torch.from_numpy(rounded(node.delay / self._tick_ms) == ticks)
                said = torch.where(mine, line[-1 - int(ticks)], said)
        return said

    def _trace(self, name: str, node: nir.LI, x: torch.Tensor) -> torch.Tensor:
        keep = torch.exp(-self._tick_ms / torch.from_numpy(node.tau))
        v = self._memory.get(name, torch.zeros_like(x))
        v = keep * v + (1 - keep) * torch.from_numpy(node.r) * x
        if node.metadata["in_ticks"] == eedn.IN_TICKS:
            v = v.clamp(max=node.metadata["most"])
        self._memory[name] = v
        return v
