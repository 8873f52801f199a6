"""From faded event levels to colours, by one table look-up per pixel.

Each polarity's level is cut into 32 steps of 1/8 event; the pair (OFF, ON) indexes a table of
32 x 32 colours. One event stands out clearly, four saturate. Ages are told evenly instead.
"""

from __future__ import annotations

import numpy as np

from app.ui.logic.language import QT_TRANSLATE_NOOP
from app.ui.theme import Look

STEPS = 32
STEPS_PER_EVENT = 8
PURE_OFF, PURE_ON = STEPS * (STEPS - 1), STEPS - 1
# Made for every kind of colour vision; these points give the published table to 6 of 255.
CIVIDIS = (
    "00204d 002b67 00356e 28406c 3d4a6b 4d556c 5b606e 696b71 767676 "
    "848179 928d78 a19976 b1a573 c1b26d d1bf66 e2cd5c f3db4f ffea46"
)
# Even in lightness, and for every kind of colour vision, too.
VIRIDIS = (
    "440154 481769 472a7a 433d84 3d4e8a 355e8d 2e6d8e 297b8e 23898e "
    "1f978b 21a585 2eb37c 46c06f 65cb5e 89d548 b0dd2f d8e219 fde725"
)
MAPS = {"cividis": CIVIDIS, "viridis": VIRIDIS}
PALETTES = {
    "blue_orange": QT_TRANSLATE_NOOP("window", "Blue and orange"),
    "gray": QT_TRANSLATE_NOOP("window", "Gray"),
    "cividis": QT_TRANSLATE_NOOP("window", "Cividis (both polarities alike)"),
    "viridis": QT_TRANSLATE_NOOP("window", "Viridis (both polarities alike)"),
}


def colour_table(palette: str, look: Look, *, even: bool = False) -> np.ndarray:
    """(1024,) uint32 0xffRRGGBB, indexed by 32 * OFF step + ON step.

    ``even`` tells levels in even steps, as ages need; otherwise the first event counts most.
    """
    strength = np.linspace(0.0, 1.0, STEPS) if even else _intensity()
    off, on = np.meshgrid(strength, strength, indexing="ij")
    if palette == "gray":
        ground = 118 if look.dark else 200
        grey = ground + on * (255 - ground) - off * ground
        rgb = np.repeat(np.clip(grey, 0, 255)[..., None], 3, axis=-1)
    elif palette in MAPS:
        rgb = _along(MAPS[palette], np.maximum(off, on))
    else:
        rgb = _blend(off, on, look)
    red, green, blue = np.moveaxis(np.round(rgb).astype(np.uint32), -1, 0)
    return (0xFF000000 | red << 16 | green << 8 | blue).reshape(-1).astype(np.uint32)


def colour_levels(levels: np.ndarray, table: np.ndarray) -> np.ndarray:
    """(H, W) uint32 colours of the (2, H, W) faded ``levels``."""
    scaled = levels * np.float32(STEPS_PER_EVENT)
    off, on = np.minimum(scaled, STEPS - 1, out=scaled).astype(np.int16)
    off *= STEPS
    off += on
    return np.take(table, off, mode="clip")  # which no index needs, but is faster


def _intensity() -> np.ndarray:
    """(32,) how strongly a level shows, 0..1."""
    level = np.arange(STEPS) / STEPS_PER_EVENT
    return (1 - np.exp(-level)) / (1 - np.exp(-level[-1]))


def _along(points: str, place: np.ndarray) -> np.ndarray:
    """Colours (..., 3) at ``place``, 0..1, on the line through ``points``, RRGGBB in a row."""
    colours = np.array([rgb(f"#{point}") for point in points.split()])
    at = place * (len(colours) - 1)
    return np.stack([np.interp(at, np.arange(len(colours)), each) for each in colours.T], axis=-1)


def _blend(off: np.ndarray, on: np.ndarray, look: Look) -> np.ndarray:
    """Each polarity in its colour over the ground, mixed by share where both fired."""
    ground, off_rgb, on_rgb = (rgb(c) for c in (look.event_ground, look.off, look.on))
    total = off + on
    share = np.divide(on, total, out=np.zeros_like(on), where=total > 0)[..., None]
    colour = off_rgb + share * (on_rgb - off_rgb)
    return ground + np.maximum(off, on)[..., None] * (colour - ground)


def rgb(colour: str) -> np.ndarray:
    """(3,) float64, red, green and blue 0..255 of ``#rrggbb``."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], float)
