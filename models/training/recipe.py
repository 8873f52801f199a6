"""What a training run depends on besides the data: stages, sizes, optimiser, lesson.

What a new recipe says where it is told nothing else is the default system's, see ``recipes``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

from models.data.gestures import SETTINGS
from models.data.performer_set import setting_of
from models.data.sampling import STRONG, Augmentation
from models.data.windows import Windows
from models.learning.rate_lesson import RateLessonParameters
from models.learning.rate_loss import RateLossParameters
from models.networks.conv_lif import ConvLifParameters
from models.spec import MIN_COUNT
from models.training.optimiser import Kind

T = TypeVar("T")

DEFAULT_SIZES = ConvLifParameters(
    side=64,
    stem=(7, 4),
    channels=(24, 48, 64),
    hidden=192,
    population=12,
    gain_floor=6.0,
    delays_ms=((0,), (0, 40), (0, 80), (0, 100, 200), (0,)),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """``steps`` batches of windows of ``window_ms`` cut into steps of ``step_ms``.

    The windows come from the first ``sessions`` sessions of the training split, but of the ordinary
    ones among them from the first ``ordinary`` at most. ``lesson``, ``augmentation`` and ``sizes``
    are the stage's own, none for those of the recipe; a network grows to the sizes of its next
    stage. ``blend`` is the share of what the stage has learnt that is kept: the weights go that far
    from those that it began with to those that it ended with (Wortsman et al., Robust fine-tuning,
    CVPR 2022). ``teacher`` is a bundled model whose answers are learnt beside the labels.
    ``optimiser`` is one of ``models.training.optimiser``.
    """

    steps: int
    step_ms: int
    batch: int
    window_ms: int
    learning_rate: float
    sessions: int
    lesson: Any = None
    augmentation: Augmentation | None = None
    sizes: Any = None
    ordinary: int | None = None
    blend: float = 1.0
    teacher: str | None = None
    optimiser: Kind = "adamw"

    def pick(self, sessions: Sequence[T]) -> list[T]:
        """The stage's own of all training sessions, or of their numbers; a few are always in."""
        first = list(sessions[: self.sessions])
        if self.ordinary is None:
            return first
        is_ordinary = [setting_of("train", index) == SETTINGS[0] for index in range(len(first))]
        varied = [index for index, ordinary in enumerate(is_ordinary) if not ordinary]
        ordinary = [index for index, ordinary in enumerate(is_ordinary) if ordinary]
        return [first[index] for index in sorted(varied + ordinary[: self.ordinary])] or first


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that a training run depends on besides the data.

    Weights decay by ``weight_decay`` and the learning rate; gradients are shortened to a norm of
    ``clip_norm``, if that is given. What is kept are the weights after the last step, or with
    ``mean_decay`` their exponential mean over the batches. A decision of the model takes
    ``min_count`` winners in the window of 80 ms, and a winner ``min_spikes`` in its tick. ``start``
    is a bundled model to go on from, none for a new network. A model that looks ``both_ways`` is
    asked about the mirror image, too.
    """

    system: str = "conv_lif"
    sizes: Any = DEFAULT_SIZES
    stages: tuple[Stage, ...] = (
        Stage(3000, step_ms=10, batch=16, window_ms=1500, learning_rate=3e-3, sessions=600),
        # Finer steps and a warm restart (Loshchilov and Hutter, SGDR, ICLR 2017).
        Stage(1000, step_ms=5, batch=16, window_ms=1500, learning_rate=1.5e-3, sessions=600),
        # The winners of 80 ms are few at low rates, and their number is uncertain by its root.
        Stage(
            800, step_ms=5, batch=16, window_ms=1500, learning_rate=7e-4, sessions=600,
            lesson=RateLessonParameters(RateLossParameters(quiet_rate=0.45)),
        ),
    )  # fmt: skip
    augmentation: Augmentation = STRONG
    lesson: Any = field(default_factory=RateLessonParameters)
    weight_decay: float = 0.01
    clip_norm: float | None = 1.0
    mean_decay: float | None = 0.99
    val_sessions: int = 60
    min_count: int = MIN_COUNT
    min_spikes: int = 1
    seed: int = 1
    start: str | None = None
    both_ways: bool = False

    def lesson_of(self, stage: Stage) -> Any:
        """The parameters of the lesson of one of its stages."""
        return self.lesson if stage.lesson is None else stage.lesson

    def sizes_of(self, stage: Stage) -> Any:
        """The sizes of the network in one of its stages."""
        return self.sizes if stage.sizes is None else stage.sizes

    def windows_of(self, stage: Stage) -> Windows:
        """What a batch of one of its stages is made of."""
        change = self.augmentation if stage.augmentation is None else stage.augmentation
        return Windows(stage.batch, stage.window_ms, stage.step_ms, self.sizes.side, change)

    def with_all_sessions(self) -> Recipe:
        """The recipe for other data than the performer's, where no session is an ordinary one."""
        stages = tuple(replace(stage, ordinary=None) for stage in self.stages)
        return replace(self, stages=stages)

    @property
    def train_sessions(self) -> int:
        """How many training sessions the stages need."""
        return max(stage.sessions for stage in self.stages)

    def record(self) -> dict[str, Any]:
        """The recipe as plain values, for the training record of a model."""
        return asdict(self)
