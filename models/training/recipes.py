"""How each system is trained: sizes, stages, optimiser, lesson. Values that were chosen, no code.

"default" is what two cores do in under two hours; "long" and then "people" go on from it to the
bundled model, "small" and "small-people" to the small one. The other systems have "small", made for
under an hour of one core, "people", which made the bundled ones, and "paper", their full size,
which wants a GPU. Sizes are those of the papers where they are known (see the networks); how they
are trained here is ours, but for SLAYER's spike counts.
"""

from __future__ import annotations

from dataclasses import replace

from models.data.sampling import MILD, VARIED
from models.learning.clip_loss import C3dLossParameters
from models.learning.eedn_lesson import SHARES, EednLossParameters
from models.learning.local_loss import DecolleLossParameters
from models.learning.rate_lesson import RateLessonParameters
from models.learning.rate_loss import RateLossParameters
from models.learning.spike_count_loss import SlayerLossParameters
from models.networks import c3d, decolle, eedn, slayer
from models.networks.conv_lif import ConvLifParameters
from models.training.recipe import DEFAULT_SIZES, Recipe, Stage

SMALL_SIZES = ConvLifParameters(
    side=64,
    stem=(7, 4),
    channels=(8, 16, 32),
    hidden=64,
    population=4,
    gain_floor=6.0,
    delays_ms=((0,), (0, 40), (0, 80), (0,), (0,)),
)

# A gesture counts from before its label on: while the arms are on their way.
EARLY = RateLessonParameters(RateLossParameters(quiet_rate=0.45, lead_ms=100.0))

# The bundled model: what the default recipe makes, taught on by more varied people. A gesture
# goes on for longer than a hand stands still between two strokes, so the output looks back further.
LONG = Recipe(
    sizes=replace(
        DEFAULT_SIZES, delays_ms=(*DEFAULT_SIZES.delays_ms[:4], (0, 100, 200, 300, 400, 600))
    ),
    stages=(
        *(replace(stage, sizes=DEFAULT_SIZES) for stage in Recipe().stages),
        Stage(
            3600, step_ms=10, batch=10, window_ms=2400, learning_rate=4e-4, sessions=850,
            lesson=Recipe().stages[-1].lesson, augmentation=VARIED, ordinary=0,
            blend=0.5,
        ),
        Stage(
            2600, step_ms=10, batch=10, window_ms=2400, learning_rate=5e-4, sessions=850,
            lesson=EARLY,
            augmentation=VARIED, ordinary=100,
        ),
        # What coarse steps have taught is partly lost on ticks; nearly ticks keep it.
        Stage(
            250, step_ms=2, batch=12, window_ms=1500, learning_rate=3e-4, sessions=850,
            lesson=Recipe().stages[-1].lesson, augmentation=VARIED, ordinary=100,
        ),
    ),
    min_count=15,
)  # fmt: skip
# From people who stand before the camera as in the data set to people as they are: hands close by,
# slow and wide and small gestures, far and noisy places. It takes more neurons, which hear longer.
PEOPLE_SIZES = replace(
    LONG.sizes,
    channels=(24, 48, 96),
    hidden=256,
    delays_ms=(
        *LONG.sizes.delays_ms[:2], (0, 80, 160), (0, 100, 200, 350, 500), LONG.sizes.delays_ms[4],
    ),
)  # fmt: skip
COARSE = Stage(
    1500, step_ms=10, batch=12, window_ms=2400, learning_rate=6e-4, sessions=800,
    lesson=EARLY, augmentation=VARIED,
)  # fmt: skip
NEARLY_TICKS = Stage(
    80, step_ms=2, batch=12, window_ms=1500, learning_rate=3e-4, sessions=800,
    lesson=Recipe().stages[-1].lesson, augmentation=VARIED,
)  # fmt: skip
# Ordinary people are as good as learnt by then; steps as long in every direction go further.
COARSE_BY_MUON, NEARLY_TICKS_BY_MUON = (
    replace(stage, sessions=1000, ordinary=120, optimiser="muon")
    for stage in (COARSE, NEARLY_TICKS)
)
PEOPLE = replace(
    LONG,
    sizes=PEOPLE_SIZES,
    stages=(
        COARSE,
        replace(COARSE, steps=800, learning_rate=5e-4),
        NEARLY_TICKS,
        # Once more, warmer and with more people: accuracy was still rising.
        replace(COARSE, steps=3000, learning_rate=7e-4, sessions=1000),
        replace(NEARLY_TICKS, steps=120, sessions=1000),
        replace(COARSE_BY_MUON, steps=2800, learning_rate=7e-4),
        replace(NEARLY_TICKS_BY_MUON, steps=60),
        replace(COARSE_BY_MUON, steps=1000, learning_rate=5e-4),
        replace(NEARLY_TICKS_BY_MUON, steps=40),
    ),
    min_count=13,
    min_spikes=2,
    start="default.safetensors",
    both_ways=True,
)  # fmt: skip
# All that is known so far, from nothing, for a GPU: a tenth of it would take two cores a week.
LARGE = replace(
    PEOPLE,
    sizes=replace(PEOPLE_SIZES, channels=(48, 96, 160), hidden=512, population=16),
    stages=(
        Stage(
            15_000, step_ms=10, batch=64, window_ms=2400, learning_rate=2e-3, sessions=5000,
            lesson=PEOPLE.stages[0].lesson,
        ),
        Stage(
            4000, step_ms=5, batch=64, window_ms=2400, learning_rate=5e-4, sessions=5000,
            lesson=PEOPLE.stages[0].lesson,
        ),
        Stage(
            1000, step_ms=2, batch=48, window_ms=1500, learning_rate=3e-4, sessions=5000,
            lesson=PEOPLE.stages[-1].lesson,
        ),
    ),
    augmentation=VARIED,
    mean_decay=0.999,
    val_sessions=120,
    start=None,
)  # fmt: skip
# A small network has soon learnt what it can hold, and from fewer people. What it still gets wrong
# in more varied ones is learnt best from the large one, which knows when nothing can be told yet.
SMALL = Recipe(
    sizes=SMALL_SIZES,
    stages=(
        *(
            replace(stage, steps=steps, sessions=300)
            for stage, steps in zip(Recipe().stages, (2000, 600, 500), strict=True)
        ),
        Stage(
            2200, step_ms=10, batch=12, window_ms=2000, learning_rate=1e-3, sessions=850,
            lesson=EARLY,
            augmentation=VARIED, ordinary=100, teacher="default.safetensors",
        ),
        Stage(
            600, step_ms=2, batch=12, window_ms=1500, learning_rate=8e-4, sessions=850,
            lesson=EARLY,
            augmentation=VARIED, ordinary=100, teacher="default.safetensors",
        ),
    ),
    min_count=13,
)  # fmt: skip
SMALL_PEOPLE = replace(
    SMALL,
    sizes=replace(
        SMALL_SIZES,
        channels=(8, 24, 48),
        hidden=96,
        delays_ms=(
            *SMALL_SIZES.delays_ms[:2], (0, 80, 160), (0, 100, 200, 350), (0, 100, 200, 300)
        ),
    ),
    stages=(
        Stage(
            1500, step_ms=10, batch=12, window_ms=2000, learning_rate=1e-3, sessions=1000,
            lesson=EARLY,
            augmentation=VARIED, teacher="default.safetensors",
        ),
        Stage(
            28, step_ms=2, batch=12, window_ms=1500, learning_rate=5e-4, sessions=1000,
            lesson=EARLY,
            augmentation=VARIED, teacher="default.safetensors",
        ),
        # A few more neurons that hear longer, without the teacher, which costs two steps of three.
        *(
            replace(
                stage, steps=steps, learning_rate=rate, sessions=sessions, ordinary=None,
            )
            for stage, steps, rate, sessions in (
                (COARSE_BY_MUON, 1400, 1e-3, 400),
                (NEARLY_TICKS_BY_MUON, 40, 5e-4, 400),
                (COARSE_BY_MUON, 2000, 1e-3, 1000),
                (NEARLY_TICKS_BY_MUON, 50, 5e-4, 1000),
            )
        ),
    ),
    min_count=13,
    min_spikes=2,
    start="small.safetensors",
    both_ways=True,
)  # fmt: skip
EEDN_SMALL = Recipe(
    system="eedn",
    sizes=eedn.SMALL,
    stages=(
        Stage(3200, step_ms=10, batch=16, window_ms=1300, learning_rate=1e-2, sessions=600),
        Stage(1000, step_ms=10, batch=16, window_ms=1300, learning_rate=8e-3, sessions=600),
    ),
    augmentation=MILD,
    # Layers hold no memory, so of ten neighbouring frames a few are enough to learn from.
    lesson=EednLossParameters(rates=SHARES, every=5),
    weight_decay=0.0,
)
# With SLAYER's own counts a class wins a tenth of the ticks, which is few for 80 ms to vote on.
MORE_SPIKES = SlayerLossParameters(true_count=360.0, false_count=15.0)
SLAYER_SMALL = Recipe(
    system="slayer",
    sizes=slayer.SMALL,
    stages=(
        Stage(1000, step_ms=5, batch=8, window_ms=1500, learning_rate=1e-2, sessions=600),
        # Rates depend a little on the length of a step, so the last ones are nearly ticks.
        Stage(100, step_ms=2, batch=8, window_ms=800, learning_rate=3e-3, sessions=600),
        Stage(400, 2, 8, 800, learning_rate=3e-3, sessions=600, lesson=MORE_SPIKES),
    ),
    lesson=SlayerLossParameters(),
    weight_decay=0.0,
    # Its output fires so seldom that more would hardly ever come; chosen on the validation people.
    min_count=6,
)
DECOLLE_SMALL = Recipe(
    system="decolle",
    sizes=decolle.SMALL,
    stages=(
        Stage(700, step_ms=5, batch=32, window_ms=400, learning_rate=7e-4, sessions=600),
        Stage(300, step_ms=5, batch=32, window_ms=400, learning_rate=4e-4, sessions=600),
    ),
    augmentation=MILD,
    lesson=DecolleLossParameters(),
    weight_decay=0.0,
    clip_norm=None,
    # Every window pulls its own way for many updates; what is common to windows is in the mean.
    mean_decay=0.97,
)
C3D_SMALL = Recipe(
    system="c3d",
    sizes=c3d.SMALL,
    stages=(Stage(4000, step_ms=40, batch=16, window_ms=1280, learning_rate=2e-3, sessions=600),),
    augmentation=MILD,
    lesson=C3dLossParameters(clips=2),
)

# The bundled models of these systems have then learnt from people as they are.
EEDN_PEOPLE = replace(
    EEDN_SMALL,
    stages=(
        Stage(700, step_ms=10, batch=16, window_ms=1300, learning_rate=5e-3, sessions=1000),
        Stage(300, step_ms=10, batch=16, window_ms=1300, learning_rate=1e-2, sessions=1000),
    ),
    start="eedn.safetensors",
    min_count=20,
)
SLAYER_PEOPLE = replace(
    SLAYER_SMALL,
    stages=(Stage(150, 2, 8, 800, learning_rate=3e-3, sessions=1000, lesson=MORE_SPIKES),),
    start="slayer.safetensors",
)
DECOLLE_PEOPLE = replace(
    DECOLLE_SMALL,
    stages=(Stage(120, step_ms=5, batch=32, window_ms=400, learning_rate=4e-4, sessions=1000),),
    start="decolle.safetensors",
)
C3D_PEOPLE = replace(
    C3D_SMALL,
    stages=(
        Stage(1500, step_ms=40, batch=16, window_ms=1280, learning_rate=1e-3, sessions=1000),
        Stage(1500, step_ms=40, batch=16, window_ms=1280, learning_rate=1e-3, sessions=1000),
    ),
    start="c3d.safetensors",
)

# In full size; made for a GPU and not yet tried to the end.
EEDN_PAPER = replace(
    EEDN_SMALL,
    sizes=eedn.EednParameters(),
    stages=(Stage(20000, step_ms=10, batch=32, window_ms=1300, learning_rate=1e-2, sessions=600),),
)
SLAYER_PAPER = replace(
    SLAYER_SMALL,
    sizes=slayer.SlayerParameters(),
    stages=(
        Stage(8000, step_ms=5, batch=16, window_ms=1500, learning_rate=1e-2, sessions=600),
        Stage(2000, step_ms=1, batch=8, window_ms=600, learning_rate=3e-3, sessions=600),
    ),
)
DECOLLE_PAPER = replace(
    DECOLLE_SMALL,
    sizes=decolle.DecolleParameters(),
    stages=(Stage(4000, step_ms=1, batch=72, window_ms=500, learning_rate=3e-4, sessions=600),),
)
C3D_PAPER = replace(
    C3D_SMALL,
    sizes=c3d.C3dParameters(),
    stages=(Stage(20000, step_ms=40, batch=16, window_ms=1280, learning_rate=1e-3, sessions=600),),
)

# By what the command line calls a system, and the name of the recipe.
RECIPES: dict[str, dict[str, Recipe]] = {
    "default": {
        "default": Recipe(),
        "long": LONG,
        "people": PEOPLE,
        "large": LARGE,
        "small": SMALL,
        "small-people": SMALL_PEOPLE,
    },
    "eedn": {"small": EEDN_SMALL, "people": EEDN_PEOPLE, "paper": EEDN_PAPER},
    "slayer": {"small": SLAYER_SMALL, "people": SLAYER_PEOPLE, "paper": SLAYER_PAPER},
    "decolle": {"small": DECOLLE_SMALL, "people": DECOLLE_PEOPLE, "paper": DECOLLE_PAPER},
    "c3d": {"small": C3D_SMALL, "people": C3D_PEOPLE, "paper": C3D_PAPER},
}
