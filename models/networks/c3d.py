"""C3D, the comparison that does not spike: three-dimensional convolutions over clips of frames.

    counts (2, 16, H, W) --log--> 5 stages of [conv 3x3x3, ReLU] and a max-pooling by 2
                         -> dense -> dense -> scores of the classes and of "no gesture"

The network is that of Tran et al. (ICCV 2015): kernels of 3 in space and time, and a first pooling
that leaves time alone. The DECOLLE paper (Kaiser et al., Front. Neurosci. 14, 2020) measures itself
against it on DVS128 Gesture, but how events became clips there is not public. Ours is:

- A frame holds the event counts of 40 ms. Sixteen of them are 640 ms, as long as C3D's clips are at
  the 25 frames a second of UCF101; they hold a whole period of every gesture but the arm circles,
  of which two thirds of a turn show the sense, and six frames of the fastest one (0.27 s).
- The full size sees all 128 x 128 pixels instead of a crop of 112. Five poolings leave 4 x 4, the
  8192 inputs that the dense layers have in the original, where 7 x 7 were padded to 4 x 4.
- Counts enter as log(1 + n): a near person sends ten times the events of a far one.
- There is one more output, "no gesture", so that the network need not name a class at rest.

In a stream the clip slides by one frame. Whenever a frame is complete the network looks at the last
sixteen, where frames from before the beginning are empty; the best class then fires once a tick
until the next frame is complete, if it beats "no gesture", else nothing fires.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional

from models.networks.clip_network import C3dParameters, ClipNetwork, Convolution

# 0.76 million weights; a clip takes about 7 ms of one core, and one is due every 40 ms.
SMALL = C3dParameters(
    side=32,
    channels=((16,), (32,), (48, 48), (64, 64), (96, 96)),
    hidden=(128, 128),
    normalise=True,
)


class C3dState(NamedTuple):
    """What is carried from tick to tick.

    ``frames`` (frames - 1, B, 2, H, W) are complete, ``filling`` (B, 2, H, W) is the one that has
    been open for ``age_us``, and ``scores`` (B, classes + 1) are those of the last clip, all 0 as
    long as there is none.
    """

    frames: torch.Tensor
    filling: torch.Tensor
    age_us: int
    scores: torch.Tensor


class C3dPlan(NamedTuple):
    """The length of a tick, which is all that stays the same from tick to tick."""

    tick_ms: float


def fire(scores: torch.Tensor) -> torch.Tensor:
    """Scores (B, classes + 1) -> spikes (B, classes): the best class, if it beats the last one."""
    best, index = scores[:, :-1].max(1)
    spikes = functional.one_hot(index, scores.shape[1] - 1).to(scores.dtype)
    return spikes * (best > scores[:, -1])[:, None]


class C3d(nn.Module):
    """``forward`` takes counts (T, B, 2, H, W) and a state; scores to learn by are in the state."""

    layer_names: tuple[str, ...] = ("output",)

    def __init__(self, parameters: C3dParameters) -> None:
        super().__init__()
        self.sizes = parameters
        self.clip = ClipNetwork(parameters)

    def forward(
        self, counts: torch.Tensor, state: C3dState | None = None, dt_ms: float = 1.0
    ) -> tuple[list[torch.Tensor], C3dState]:
        """Counts (T, B, 2, H, W) per step of ``dt_ms`` -> [spikes (T, B, classes)], state after.

        Raises:
            ValueError: a frame is no whole number of such steps.
        """
        step_us = self.sizes.frame_us // self.steps_per_frame(dt_ms)
        if state is None:
            state = self.after(counts.new_zeros((self.sizes.frames - 1, *counts.shape[1:])))
        spikes, done = [], 0
        while done < len(counts):
            missing = -((state.age_us - self.sizes.frame_us) // step_us)
            now = counts[done : done + missing]
            held = fire(state.scores)
            state = self._fill(state, now, len(now) * step_us)
            # The step that completes a frame has the new answer already.
            spikes += [held.expand(len(now) - 1, -1, -1), fire(state.scores)[None]]
            done += len(now)
        return [torch.cat(spikes)], state

    def steps_per_frame(self, dt_ms: float) -> int:
        """How many steps of ``dt_ms`` make a frame.

        Raises:
            ValueError: it is no whole number.
        """
        step_us = round(dt_ms * 1000)
        if step_us < 1 or self.sizes.frame_us % step_us:
            raise ValueError(f"expected steps that divide {self.sizes.frame_ms} ms, got {dt_ms} ms")
        return self.sizes.frame_us // step_us

    def after(self, frames: torch.Tensor) -> C3dState:
        """The state when ``frames`` (frames - 1, B, 2, H, W) have just been completed.

        It has no scores yet, whatever the frames show.
        """
        scores = frames.new_zeros((frames.shape[1], self.sizes.classes + 1))
        return C3dState(frames, torch.zeros_like(frames[0]), 0, scores)

    def _fill(self, state: C3dState, counts: torch.Tensor, duration_us: int) -> C3dState:
        """The state after counts (T, B, 2, H, W) that reach the end of the open frame at most."""
        filling, age_us = state.filling + counts.sum(0), state.age_us + duration_us
        if age_us < self.sizes.frame_us:
            return state._replace(filling=filling, age_us=age_us)
        clip = torch.cat([state.frames, filling[None]])
        scores = self.clip(clip.permute(1, 2, 0, 3, 4).contiguous())
        age_us -= self.sizes.frame_us
        return C3dState(clip[1:], torch.zeros_like(filling), age_us, scores)

    @torch.inference_mode()
    def plan(self, tick_ms: float) -> C3dPlan:
        """What ``stream`` needs at every tick.

        Raises:
            ValueError: a frame is no whole number of such ticks.
        """
        self.steps_per_frame(tick_ms)
        return C3dPlan(tick_ms)

    @torch.inference_mode()
    def stream(
        self, counts: torch.Tensor, state: C3dState | None, plan: C3dPlan
    ) -> tuple[list[torch.Tensor], C3dState]:
        """``forward`` for one stream: counts (T, 2, H, W) of T ticks -> [spikes (T, classes)].

        Counts are whole numbers, whose sums are exact, and clips pass the network one by one, so
        chunks of ticks give exactly what single ticks give.
        """
        (spikes,), state = self.forward(counts[:, None], state, plan.tick_ms)
        return [spikes[:, 0]], state

    @torch.inference_mode()
    def decay(self, state: C3dState, lost_ms: float, tick_ms: float) -> C3dState:
        """The state after ``lost_ms`` without events: frames move on, and what is lost is empty.

        The network is not asked about them; an answer is withdrawn when a frame has passed.
        """
        passed, age_us = divmod(state.age_us + round(lost_ms * 1000), self.sizes.frame_us)
        if not passed:
            return state._replace(age_us=age_us)
        kept = len(state.frames)
        empty = state.frames.new_zeros((min(passed - 1, kept), *state.filling.shape))
        return self.after(torch.cat([state.frames, state.filling[None], empty])[-kept:])._replace(
            age_us=age_us
        )

    def finish(self, dt_ms: float) -> None:
        """Make it ready to stream: fold the normalisation, which does not depend on ``dt_ms``."""
        for module in self.clip.modules():
            if isinstance(module, Convolution):
                module.fold()
        self.eval()

    def multiply_accumulates(self) -> int:
        """Multiplications, each with its addition, for one clip; a clip is due every ``frame_ms``.

        They are dense: nothing is saved where counts or activations are 0, and the zeros around
        the maps are counted as well.
        """
        p = self.sizes
        before, positions, total = 2, p.frames * p.side**2, 0
        for index, widths in enumerate(p.channels):
            for width in widths:
                total += positions * 3**3 * before * width
                before = width
            positions //= 4 if index == 0 else 8
        dense = (layer for layer in self.clip.dense if isinstance(layer, nn.Linear))
        return total + sum(layer.weight.numel() for layer in dense)

    def dense_operations(self, tick_ms: float) -> int:
        """The multiply-accumulates of a clip, spread evenly over the ticks of a frame."""
        return round(self.multiply_accumulates() / self.steps_per_frame(tick_ms))
