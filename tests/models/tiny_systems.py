"""Every system in a size that tests can train, and sessions of noise to train on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.data.gestures import NO_GESTURE
from models.data.performer_set import Session
from models.learning.clip_loss import C3dLossParameters
from models.learning.eedn_lesson import EednLossParameters
from models.learning.local_loss import DecolleLossParameters
from models.learning.rate_lesson import RateLessonParameters
from models.learning.rate_loss import RateLossParameters
from models.learning.spike_count_loss import SlayerLossParameters
from models.networks.c3d import SMALL as C3D_SMALL
from models.networks.conv_lif import ConvLifParameters
from models.networks.decolle import DecolleParameters
from models.networks.eedn import EednParameters
from models.networks.slayer import SMALL as SLAYER_SMALL
from models.training.recipe import Recipe, Stage

CONV_LIF = ConvLifParameters(side=16, channels=(4, 6, 8), hidden=10, population=2)
EEDN = EednParameters(
    side=16,
    delays_ms=(0, 10),
    taus_ms=(5.0, 20.0),
    layers=((24, 3, 2, 2), (24, 1, 1, 1), (48, 2, 2, 2), (48, 1, 1, 3)),
    output_groups=8,
    population=8,
)
SLAYER = replace(SLAYER_SMALL, side=16, channels=(4, 6), hidden=20)
DECOLLE = DecolleParameters(
    side=16, channels=(4, 6), kernels=(5, 3), strides=(2, 1), pools=(1, 2), threshold=0.0
)
C3D = replace(
    C3D_SMALL, channels=((2,), (3,), (4, 4), (4, 4), (6, 6)), hidden=(8,), frame_ms=10
)  # fmt: skip
SIZES = {"conv_lif": CONV_LIF, "eedn": EEDN, "slayer": SLAYER, "decolle": DECOLLE, "c3d": C3D}

RATES = RateLossParameters(burn_in_ms=20, gain=12.0, quiet_rate=0.15)
LESSONS = {
    "conv_lif": RateLessonParameters(RATES),
    "eedn": EednLossParameters(RATES, every=2),
    "slayer": SlayerLossParameters(),
    "decolle": DecolleLossParameters(burn_in_ms=280.0),
    "c3d": C3dLossParameters(),
}


def tiny_recipe(system: str) -> Recipe:
    """Two stages of a few batches each, the second one in finer steps."""
    return Recipe(
        system=system,
        sizes=SIZES[system],
        stages=(
            Stage(steps=4, step_ms=10, batch=2, window_ms=300, learning_rate=1e-3, sessions=9),
            Stage(steps=3, step_ms=5, batch=2, window_ms=300, learning_rate=1e-4, sessions=9),
        ),
        lesson=LESSONS[system],
        clip_norm=None if system == "decolle" else 1.0,
        mean_decay=None if system == "c3d" else 0.9,
    )


def noise_session(seed: int = 0, length_ms: int = 400, events: int = 20_000) -> Session:
    """Events anywhere at any time, and class 3 from 100 to 300 ms."""
    rng = np.random.default_rng(seed)
    label = np.full(length_ms, NO_GESTURE, np.int8)
    label[100:300] = 3
    return Session(
        np.sort(rng.integers(0, length_ms, events)).astype(np.uint16),
        rng.integers(0, 128, events).astype(np.uint8),
        rng.integers(0, 128, events).astype(np.uint8),
        rng.integers(0, 2, events).astype(np.uint8),
        label,
    )
