"""C3D at work on one stream: its clip network, which is dense, in onnxruntime instead of torch.

Frames, clips and answers are those of ``models.networks.c3d``. Sums are taken in another order
than there, so scores agree to about 1e-6 of the largest one, and answers wherever two classes are
not as near to each other as that.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import onnx
import onnxruntime  # type: ignore[import-untyped]
from onnx import helper, numpy_helper

from models.model_file import Weights
from models.spec import LayerSpikes, ModelError, ModelSpec, TickEvents, TickOutput, check_input

OPSET = 17
KERNEL = (3, 3, 3)
DENSE_STEP = 3  # a dense layer, its rectifier and its dropout have numbers of their own


Node = tuple[str, list[str], dict[str, Any]]  # operator, tensors beside what flows, attributes


class ClipSession:
    """Runs ticks through the network and carries frames and answer from call to call.

    Chunks of ticks give exactly what single ticks give. The multiply-accumulates of a clip, zeros
    included, are spread evenly over the ticks of a frame.

    Raises:
        ModelError: the weights do not fit the spec.
    """

    def __init__(self, spec: ModelSpec, weights: Weights) -> None:
        self.spec = spec
        try:
            self._frame_us = 1000 * int(spec.parameters["frame_ms"])
            self._kept = int(spec.parameters["frames"]) - 1
            _check_shapes(weights, _expected_shapes(spec))
            self._clip = _session(clip_graph(spec, weights))
            self._operations = _multiply_accumulates(spec, weights) / (
                self._frame_us / spec.tick_us
            )
        except (KeyError, ValueError, TypeError) as error:
            raise ModelError(f"the model's weights do not fit its system: {error}") from error
        self.reset()

    def reset(self) -> None:
        """Forget everything seen so far."""
        self._frames = deque([self._empty()] * self._kept, self._kept)
        self._filling = self._empty()
        self._age_us = 0
        self._winner: int | None = None
        self._begun = False

    def skip(self, duration_us: int) -> None:
        """Let frames move on over sensor time that was lost; what is lost is empty."""
        if not self._begun:
            return
        passed, self._age_us = divmod(self._age_us + duration_us, self._frame_us)
        if passed:
            self._shift()
            self._frames.extend([self._empty()] * min(passed - 1, self._kept))
            self._winner = None

    def run(self, ticks: TickEvents) -> TickOutput:
        """Consecutive ticks, at least one.

        Raises:
            ModelError: the input does not fit the model.
        """
        check_input(ticks, self.spec)
        output = np.zeros((len(ticks), len(self.spec.classes)), np.int32)
        begin, self._begun = 0, True
        while begin < len(ticks):
            missing = -((self._age_us - self._frame_us) // self.spec.tick_us)
            end = min(begin + missing, len(ticks))
            self._fire(output[begin : end - 1])
            self._fill(ticks.places[ticks.starts[begin] : ticks.starts[end]], end - begin)
            self._fire(output[end - 1 : end])  # the tick that ends a frame has the new answer
            begin = end
        layer = LayerSpikes("output", output.astype(np.uint8))
        operations = np.full(len(ticks), round(self._operations), np.int64)
        return TickOutput(self.spec.counted(output), (layer,), operations)

    def _empty(self) -> np.ndarray:
        _, height, width = self.spec.input_shape
        return np.zeros((height, width, 2), np.float32)

    def _fire(self, output: np.ndarray) -> None:
        if self._winner is not None:
            output[:, self._winner] = 1

    def _fill(self, places: np.ndarray, ticks: int) -> None:
        """Take in the events of ticks that reach the end of the open frame at most."""
        counts = np.bincount(places, minlength=self._filling.size)
        self._filling += counts.reshape(self._filling.shape)
        self._age_us += ticks * self.spec.tick_us
        if self._age_us >= self._frame_us:
            self._age_us -= self._frame_us
            self._winner = self._answer(np.stack([*self._frames, self._filling]))
            self._shift()

    def _shift(self) -> None:
        self._frames.append(self._filling)
        self._filling = self._empty()

    def _answer(self, frames: np.ndarray) -> int | None:
        """The best class for frames (F, H, W, 2), if it beats "no gesture"."""
        clip = np.ascontiguousarray(frames.transpose(3, 0, 1, 2)[None])
        (scores,) = self._clip.run(["scores"], {"counts": clip})
        best = int(scores[0, :-1].argmax())
        return best if scores[0, best] > scores[0, -1] else None


def clip_graph(spec: ModelSpec, weights: Weights) -> onnx.ModelProto:
    """The clip network: "counts" (1, 2, frames, H, W) -> "scores" (1, classes + 1).

    ``weights`` are those that the spec asks for.
    """
    frames = int(spec.parameters["frames"])
    flow, nodes = "counts", []
    for index, (operator, tensors, attributes) in enumerate(_layers(spec)):
        result = f"flow{index}"
        nodes.append(helper.make_node(operator, [flow, *tensors], [result], **attributes))
        flow = result
    nodes[-1].output[0] = "scores"
    real = onnx.TensorProto.FLOAT
    graph = helper.make_graph(
        nodes,
        "clip",
        [helper.make_tensor_value_info("counts", real, [1, 2, frames, *spec.input_shape[1:]])],
        [helper.make_tensor_value_info("scores", real, [1, len(spec.classes) + 1])],
        [numpy_helper.from_array(np.array(1.0, np.float32), "one")]
        + [numpy_helper.from_array(np.asarray(value), name) for name, value in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)


def _expected_shapes(spec: ModelSpec) -> dict[str, tuple[int, ...]]:
    """Every tensor that a spec asks for, by its name."""
    p, side, before = spec.parameters, spec.input_shape[1], 2
    shapes: dict[str, tuple[int, ...]] = {}
    for stage, widths in enumerate(p["channels"]):
        for layer, width in enumerate(widths):
            name = f"clip.stages.{stage}.{layer}.op"
            shapes |= {f"{name}.weight": (width, before, *KERNEL), f"{name}.bias": (width,)}
            before = width
    stages = len(p["channels"])
    before *= (p["frames"] // 2 ** (stages - 1)) * (side // 2**stages) ** 2
    for index, width in enumerate([*p["hidden"], len(spec.classes) + 1]):
        name = f"clip.dense.{DENSE_STEP * index}"
        shapes |= {f"{name}.weight": (width, before), f"{name}.bias": (width,)}
        before = width
    return shapes


def _check_shapes(weights: Weights, expected: Mapping[str, tuple[int, ...]]) -> None:
    """Refuse tensors that a graph could not be made of.

    Raises:
        ValueError: one is missing, left over or of another shape.
    """
    if odd := expected.keys() ^ weights.keys():
        raise ValueError(f"expected the tensors of its system, got a difference in {min(odd)}")
    for name, shape in expected.items():
        if weights[name].shape != shape:
            raise ValueError(f"expected {name} of shape {shape}, got {weights[name].shape}")


def _layers(spec: ModelSpec) -> Iterator[Node]:
    yield "Add", ["one"], {}
    yield "Log", [], {}
    for stage, widths in enumerate(spec.parameters["channels"]):
        for layer in range(len(widths)):
            name = f"clip.stages.{stage}.{layer}.op"
            tensors = [f"{name}.weight", f"{name}.bias"]
            yield "Conv", tensors, {"kernel_shape": KERNEL, "pads": (1,) * 6}
            yield "Relu", [], {}
        pool = (1 if stage == 0 else 2, 2, 2)
        yield "MaxPool", [], {"kernel_shape": pool, "strides": pool}
    yield "Flatten", [], {}
    hidden = len(spec.parameters["hidden"])
    for index in range(hidden + 1):
        name = f"clip.dense.{DENSE_STEP * index}"
        yield "Gemm", [f"{name}.weight", f"{name}.bias"], {"transB": 1}
        if index < hidden:
            yield "Relu", [], {}


def _session(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    """One thread, as the stream needs little and the other cores have their own work."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    content = model.SerializeToString()
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _multiply_accumulates(spec: ModelSpec, weights: Weights) -> int:
    """Of one clip, zeros around the maps included; see ``C3d.multiply_accumulates``."""
    _, height, width = spec.input_shape
    positions, total = int(spec.parameters["frames"]) * height * width, 0
    for stage, widths in enumerate(spec.parameters["channels"]):
        for layer in range(len(widths)):
            total += positions * weights[f"clip.stages.{stage}.{layer}.op.weight"].size
        positions //= 4 if stage == 0 else 8
    dense = (v.size for n, v in weights.items() if n.startswith("clip.dense.") and v.ndim == 2)
    return total + sum(dense)
