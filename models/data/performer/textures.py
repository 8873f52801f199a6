"""What surfaces look like close by: folds and weave, stripes, pores, strands, as log brightness.

A texture is asked for by what it covers; each kind has a few patches so that two limbs of one kind
do not look alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from models.data.performer.body import Body

TEXTURE_SIDE = 64
PATCHES = 6


class Surface(IntEnum):
    """What covers a part of a body. ``HAND`` is skin seen close by, with a crease at each joint."""

    CLOTH = 0
    SKIN = 1
    HAND = 2
    HAIR = 3


# Texels per metre: a texture repeats after 45 cm on limbs, and after 13 cm on hands.
DENSITY = {Surface.CLOTH: 141.0, Surface.SKIN: 141.0, Surface.HAND: 500.0, Surface.HAIR: 141.0}
# The range of the noise's peak, in periods on a side.
GRAIN = {
    Surface.CLOTH: (4.0, 9.0),
    Surface.SKIN: (3.0, 6.0),
    Surface.HAND: (4.0, 8.0),
    Surface.HAIR: (3.0, 6.0),
}
CREASE_TEXELS, CREASE_DEPTH = 1.5, 0.3
# Close by, skin is more even than the folds and shadows of an arm are.
PORES = 0.6


@dataclass(frozen=True, slots=True)
class Textures:
    """``layers`` (L, S, S) float32: factors on brightness, of mean log 0."""

    layers: np.ndarray

    @staticmethod
    def index(surface: Surface, patch: int) -> int:
        """Which of ``layers`` a patch of a surface is.

        Raises:
            ValueError: there is no such patch.
        """
        if not 0 <= patch < PATCHES:
            raise ValueError(f"expected a patch from 0 to {PATCHES - 1}, got {patch}")
        return int(surface) * PATCHES + patch


def draw_textures(rng: np.random.Generator, body: Body) -> Textures:
    """Smooth noise at the surface's own grain; a pattern on clothes, creases on hands."""
    layers = [_draw(rng, body, surface) for surface in Surface for _ in range(PATCHES)]
    return Textures(np.exp(np.array(layers)).astype(np.float32))


def _draw(rng: np.random.Generator, body: Body, surface: Surface) -> np.ndarray:
    noise = _noise(rng, float(rng.uniform(*GRAIN[surface])))
    if surface is Surface.CLOTH:
        pattern = _pattern(rng, body.pattern, TEXTURE_SIDE)
        return body.cloth_contrast * noise + body.pattern_contrast * pattern
    if surface is Surface.HAND:
        away = np.minimum(np.arange(TEXTURE_SIDE), TEXTURE_SIDE - np.arange(TEXTURE_SIDE))
        crease = CREASE_DEPTH * np.exp(-((away / CREASE_TEXELS) ** 2))
        return PORES * body.skin_contrast * noise - (crease - crease.mean())[:, None]
    return body.skin_contrast * noise


def _noise(rng: np.random.Generator, peak: float) -> np.ndarray:
    """Smooth noise (S, S) of standard deviation 1 that repeats, ``peak`` periods on a side."""
    freq = np.fft.fftfreq(TEXTURE_SIDE) * TEXTURE_SIDE
    radius = np.hypot(*np.meshgrid(freq, freq))
    shape = np.exp(-(((radius - peak) / (0.6 * peak)) ** 2))
    shape[0, 0] = 0.0
    white = rng.normal(size=(TEXTURE_SIDE, TEXTURE_SIDE))
    noise = np.fft.ifft2(np.fft.fft2(white) * shape).real
    return np.asarray(noise / noise.std())


def _pattern(rng: np.random.Generator, name: str, side: int) -> np.ndarray:
    """A pattern of clothes, (S, S) between -1 and 1, whole periods on a side."""
    turns = 2 * np.pi * np.arange(side) * int(rng.integers(3, 7)) / side
    down, across = np.sin(turns)[:, None], np.sin(turns)[None]
    if name == "plain":
        return np.zeros((side, side))
    if name == "stripes":
        return np.sign(down + 0 * across if rng.random() < 0.6 else across + 0 * down)
    if name == "dots":
        return np.where(down * across > 0.35, 1.0, -0.2)
    return np.sign(down * across)
