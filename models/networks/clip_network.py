"""C3D's network for one clip: three-dimensional convolutions, poolings, dense layers."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

STAGES = 5


@dataclass(frozen=True, slots=True)
class C3dParameters:
    """Sizes of the network: channels of every stage's convolutions, widths of the dense layers.

    ``normalise`` puts batch normalisation behind the convolutions, which the original lacks.

    Raises:
        ValueError: the sizes do not fit five poolings, or cannot be meant.
    """

    side: int = 128
    classes: int = 11
    frame_ms: int = 40
    frames: int = 16
    channels: tuple[tuple[int, ...], ...] = ((64,), (128,), (256, 256), (512, 512), (512, 512))
    hidden: tuple[int, ...] = (4096, 4096)
    dropout: float = 0.5
    normalise: bool = False

    def __post_init__(self) -> None:
        if self.side not in (32, 64, 128):
            raise ValueError(f"expected a side of 32, 64 or 128, got {self.side}")
        if self.frame_ms < 1 or self.frames < 16 or self.frames % 16:
            raise ValueError(
                "expected frames of at least 1 ms and a multiple of 16 of them, "
                f"got {self.frames} of {self.frame_ms} ms"
            )
        if len(self.channels) != STAGES or not all(self.channels):
            raise ValueError(f"expected channels of five stages, got {self.channels}")

    @property
    def frame_us(self) -> int:
        return self.frame_ms * 1000


class Convolution(nn.Module):
    """A convolution of 3 x 3 x 3 with its rectifier, normalised in between while training."""

    def __init__(self, before: int, after: int, normalise: bool) -> None:
        super().__init__()
        self.op = nn.Conv3d(before, after, 3, padding=1)
        self.norm: nn.BatchNorm3d | None = nn.BatchNorm3d(after) if normalise else None
        # He et al., ICCV 2015: without it ten layers of rectifiers leave next to nothing.
        nn.init.kaiming_normal_(self.op.weight, nonlinearity="relu")
        nn.init.zeros_(self.op.bias)  # type: ignore[arg-type]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Maps (N, before, T, H, W) -> (N, after, T, H, W)."""
        x = self.op(x)
        return functional.relu(x if self.norm is None else self.norm(x))

    def fold(self) -> None:
        """Turn the normalisation into weights."""
        if self.norm is not None:
            self.op = fuse_conv_bn_eval(self.op.eval(), self.norm.eval())
            self.norm = None


class ClipNetwork(nn.Module):
    """The network for one clip, without the stream around it."""

    def __init__(self, parameters: C3dParameters) -> None:
        super().__init__()
        p = parameters
        before, stages = 2, []
        for index, widths in enumerate(p.channels):
            layers: list[nn.Module] = []
            for width in widths:
                layers.append(Convolution(before, width, p.normalise))
                before = width
            layers.append(nn.MaxPool3d((1 if index == 0 else 2, 2, 2)))
            stages.append(nn.Sequential(*layers))
        self.stages = nn.Sequential(*stages)
        before *= (p.frames // 2 ** (STAGES - 1)) * (p.side // 2**STAGES) ** 2
        dense: list[nn.Module] = []
        for width in p.hidden:
            linear = nn.Linear(before, width)
            nn.init.kaiming_normal_(linear.weight, nonlinearity="relu")
            dense += [linear, nn.ReLU(), nn.Dropout(p.dropout)]
            before = width
        self.dense = nn.Sequential(*dense, nn.Linear(before, p.classes + 1))

    def forward(self, counts: torch.Tensor) -> torch.Tensor:
        """Event counts (N, 2, frames, H, W) -> scores (N, classes + 1), "no gesture" last."""
        scores: torch.Tensor = self.dense(self.stages(torch.log1p(counts)).flatten(1))
        return scores
