"""Trained networks for other programs: ONNX for C3D, NIR for spiking networks.

ONNX has no neuron that remembers, so it takes the network that does not spike: event counts of one
clip in, scores out; frames and the sliding of the clip are up to the caller. NIR takes the spiking
networks, within the limits that the modules of ``models.exporting.graphs`` name. What was written
is read back and compared before it counts as written.
"""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch

from models.atomic import replacing
from models.networks.c3d import C3d
from models.networks.checkpoint import load_checkpoint
from models.networks.streaming import StreamingNetwork
from models.networks.torch_session import TorchSession
from models.spec import ModelError, ModelSpec, as_ticks

ONNX_OPSET = 17
# Of the largest score: another program takes the sums in another order.
ONNX_TOLERANCE = 1e-3
# Of random events, for which a network that was read back must give the same spikes.
COMPARED_TICKS = 64
LOOKS_TWICE = (
    "NIR cannot say that the model looks at the mirror image too and adds what both looks say; "
    "this stands in the metadata, and the nodes are one look."
)
COUNTS_FOR = (
    "NIR cannot say that the spikes of a class that is somebody's own way of a gesture count for "
    "that gesture; this stands in the metadata."
)


@dataclass(frozen=True, slots=True)
class Export:
    """The content of a file, and sentences that its user should know."""

    content: bytes
    notes: tuple[str, ...]


def export_model(model: Path, form: str, out: Path) -> tuple[str, ...]:
    """Write a model file anew in the form "onnx" or "nir"; returns what its user should know.

    Raises:
        ModelError: the model cannot be read, or there is no such form of it.
        OSError: the file cannot be written.
    """
    network, spec = load_checkpoint(model)
    systems = {system: write for (name, system), write in WRITERS.items() if name == form}
    if spec.system not in systems:
        known = " or ".join(systems)
        raise ModelError(f"expected a model of system {known} for {form}, got one of {spec.system}")
    export = systems[spec.system](network, spec)
    out.parent.mkdir(parents=True, exist_ok=True)
    with replacing(out) as partial:
        partial.write_bytes(export.content)
    return export.notes


def c3d_to_onnx(network: C3d, spec: ModelSpec) -> Export:
    """The clip network in ONNX: "counts" (N, 2, frames, H, W) -> "scores" (N, classes + 1).

    Raises:
        RuntimeError: onnxruntime computes something else.
    """
    import onnx

    sizes = network.sizes
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        _trace(network, path)
        model = onnx.load(path)
    outputs = [*spec.classes, "no gesture"]
    properties = {"name": spec.name, "frame_ms": str(sizes.frame_ms), "scores": json.dumps(outputs)}
    onnx.helper.set_model_props(model, properties)
    onnx.checker.check_model(model)
    content = model.SerializeToString()
    difference = _onnx_difference(content, network)
    if difference > ONNX_TOLERANCE:
        raise RuntimeError(f"onnxruntime's scores differ by {difference:.0e} of the largest one")
    shape = f"2, {sizes.frames}, {sizes.side}, {sizes.side}"
    return Export(
        content,
        (
            f"It takes event counts (N, {shape}) of frames of {sizes.frame_ms} ms and gives "
            f"scores (N, {len(outputs)}), the last one for no gesture.",
            "Making frames and sliding the clip along the stream is up to the caller.",
            f"onnxruntime's scores agree within {difference:.0e} of the largest one.",
        ),
    )


def _trace(network: C3d, path: Path) -> None:
    """Let torch write the clip network; any number of clips may go in at once."""
    sizes = network.sizes
    with warnings.catch_warnings():
        # Its successor needs two more packages to say the same; torch's version is pinned.
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            network.clip,
            (torch.zeros(1, 2, sizes.frames, sizes.side, sizes.side),),
            path,
            input_names=["counts"],
            output_names=["scores"],
            dynamic_axes={"counts": {0: "clips"}, "scores": {0: "clips"}},
            opset_version=ONNX_OPSET,
            dynamo=False,
        )


@torch.inference_mode()
def _onnx_difference(content: bytes, network: C3d) -> float:
    """How far onnxruntime's scores are from ours on random clips, as a part of the largest one."""
    import onnxruntime  # type: ignore[import-untyped]

    p = network.sizes
    rng = np.random.default_rng(0)
    counts = rng.poisson(1.0, (2, 2, p.frames, p.side, p.side)).astype(np.float32)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    (scores,) = session.run(["scores"], {"counts": counts})
    ours = network.clip(torch.from_numpy(counts)).numpy()
    return float(np.abs(scores - ours).max() / np.abs(ours).max())


def spiking_to_nir(network: StreamingNetwork, spec: ModelSpec) -> Export:
    """A network of one of the spiking systems in NIR.

    Raises:
        RuntimeError: the file does not say the same as the network.
    """
    import nir  # type: ignore[import-untyped]

    from models.exporting.graphs.builder import difference
    from models.exporting.nir_graph import FORMS, from_nir, to_nir

    graph, buffer = to_nir(network, spec), io.BytesIO()
    nir.write(buffer, graph)
    buffer.seek(0)
    again, its_spec = from_nir(nir.read(buffer))
    different = difference(to_nir(again, its_spec), graph)
    if different or not _streams_alike(network, again, spec):
        raise RuntimeError("the network that was read back from NIR is another one")
    return Export(
        buffer.getvalue(),
        (
            *FORMS[spec.system].notes,
            *((LOOKS_TWICE,) if spec.mirror else ()),
            *((COUNTS_FOR,) if spec.counts_as else ()),
            f"Times are in ms, for ticks of {spec.tick_us / 1000:g} ms; read back, the network is "
            "the same.",
        ),
    )


def _streams_alike(a: StreamingNetwork, b: StreamingNetwork, spec: ModelSpec) -> bool:
    """Whether two networks give the same spikes on random events."""
    rng = np.random.default_rng(0)
    counts = rng.poisson(0.1, (COMPARED_TICKS, *spec.input_shape)).astype(np.uint8)
    ours, others = (TorchSession(network, spec).run(as_ticks(counts)).layers for network in (a, b))
    pairs = zip(ours, others, strict=True)
    return all(np.array_equal(mine.spikes, other.spikes) for mine, other in pairs)


# Who writes a system's models in a form; another system is one more line.
WRITERS: dict[tuple[str, str], Callable[[Any, ModelSpec], Export]] = {
    ("onnx", "c3d"): c3d_to_onnx,
    ("nir", "conv_lif"): spiking_to_nir,
    ("nir", "eedn"): spiking_to_nir,
    ("nir", "slayer"): spiking_to_nir,
    ("nir", "decolle"): spiking_to_nir,
}
