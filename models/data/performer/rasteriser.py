"""Paints shaded, textured, tapered capsules into grey-level frames, compiled."""

from __future__ import annotations

import math

import numpy as np

from models.compiling import compiled

# Columns of ``shapes``: axis ends in pixels, radii in pixels, depths of the ends in metres, radius
# in metres, and the direction in which a flat part's surface faces.
AX, AY, BX, BY, RA, RB, ZA, ZB, RM, FX, FY, FZ = range(12)
# Columns of ``styles``: brightness, texture layer, texels along and around, share of flatness.
GREY, LAYER, ROWS, COLUMNS, FLAT = range(5)
DARKEST, BRIGHTEST = 2.0, 255.0
NEAREST_LAMP_M = np.float32(0.3)


@compiled
def _texel(layer: np.ndarray, row: np.float32, column: np.float32) -> np.float32:
    """A texture (S, S) between its points; it repeats. S is a power of two."""
    mask = layer.shape[0] - 1
    r, c = int(row), int(column)
    row -= np.float32(r)
    column -= np.float32(c)
    r, c, below, beside = r & mask, c & mask, (r + 1) & mask, (c + 1) & mask
    near = layer[r, c] + (layer[r, beside] - layer[r, c]) * column
    far = layer[below, c] + (layer[below, beside] - layer[below, c]) * column
    return near + (far - near) * row


@compiled
def _lambert(
    nx: np.float32,
    ny: np.float32,
    nz: np.float32,
    shape: np.ndarray,
    flat: np.float32,
    lamp: np.ndarray,
) -> np.float32:
    """How squarely a surface faces the lamp; a flat part's faces us on the side that we see."""
    away = np.float32(-1.0 if shape[FZ] < 0 else 1.0)
    share = flat * abs(shape[FZ])
    nx += share * (shape[FX] * away - nx)
    ny += share * (shape[FY] * away - ny)
    nz += share * (shape[FZ] * away - nz)
    return max(np.float32(0), nx * lamp[0] + ny * lamp[1] + nz * lamp[2])


@compiled
def _box(shape: np.ndarray, height: int, width: int) -> tuple[int, int, int, int]:
    """The pixels x0, y0, x1, y1 that a capsule can touch, ends exclusive."""
    wide = max(shape[RA], shape[RB]) + np.float32(1.0)
    return (
        max(0, math.ceil(min(shape[AX], shape[BX]) - wide)),
        max(0, math.ceil(min(shape[AY], shape[BY]) - wide)),
        min(width, math.floor(max(shape[AX], shape[BX]) + wide) + 1),
        min(height, math.floor(max(shape[AY], shape[BY]) + wide) + 1),
    )


@compiled
def _paint_one(
    image: np.ndarray,
    depth: np.ndarray,
    shape: np.ndarray,
    style: np.ndarray,
    layer: np.ndarray,
    lamp: np.ndarray,
    ambient: np.float32,
    lamp_m: np.float32,
    nearest: bool,
) -> None:
    """Composite one capsule over one frame (H, W)."""
    zero, half, one = np.float32(0), np.float32(0.5), np.float32(1)
    ax, ay, ra, za = shape[AX], shape[AY], shape[RA], shape[ZA]
    bx, by, dr, dz = shape[BX] - ax, shape[BY] - ay, shape[RB] - ra, shape[ZB] - za
    length2 = max(bx * bx + by * by, np.float32(1e-3))
    per_length = one / np.sqrt(length2)
    x0, y0, x1, y1 = _box(shape, *image.shape)
    for y in range(y0, y1):
        for x in range(x0, x1):
            dx, dy = np.float32(x) - ax, np.float32(y) - ay
            h = min(max((dx * bx + dy * by) / length2, zero), one)
            radius = ra + h * dr
            dx -= h * bx
            dy -= h * by
            distance2, reach = dx * dx + dy * dy, radius + half
            if distance2 >= reach * reach:
                continue
            # A part thinner than a pixel never covers all of it.
            cover = min(one, np.float32(2) * radius, reach - np.sqrt(distance2))
            nx, ny = dx / radius, dy / radius
            nz = np.sqrt(max(zero, one - nx * nx - ny * ny))
            z = za + h * dz - nz * shape[RM]
            if nearest:
                if z > depth[y, x]:
                    continue
                if cover >= half:
                    depth[y, x] = z
            around = min(max((ny * bx - nx * by) * per_length, -one), one)
            column = (around + one) * half * style[COLUMNS]
            lit = ambient + (np.float32(1.3) - ambient) * _lambert(
                nx, ny, nz, shape, style[FLAT], lamp
            )
            if lamp_m > zero:
                near = lamp_m / max(lamp_m + z, NEAREST_LAMP_M)
                lit *= near * near
            shade = style[GREY] * lit * _texel(layer, h * style[ROWS], column)
            shade = min(max(shade, np.float32(DARKEST)), np.float32(BRIGHTEST))
            image[y, x] += (shade - image[y, x]) * cover


@compiled
def paint(
    image: np.ndarray,
    shapes: np.ndarray,
    styles: np.ndarray,
    layers: np.ndarray,
    lamp: np.ndarray,
    ambient: float,
    lamp_m: float,
    nearest: bool,
) -> None:
    """Composite N capsules over ``image`` (F, H, W) float32, in place.

    ``shapes`` (N, F, 12) and ``styles`` (N, 5) are float32 as above, ``layers`` (L, S, S) the
    textures, ``lamp`` (3,) the way to the lamp with z towards the camera, ``ambient`` the light
    from everywhere, ``lamp_m`` how far before the person a lamp beside the camera stands, else 0.
    Capsules are painted in their own order, or, with ``nearest``, the nearest surface is seen at
    each pixel.
    """
    depth = np.empty(image.shape[1:], np.float32)
    for frame in range(len(image)):
        order = np.arange(len(shapes))
        if nearest:
            # From far to near, so that soft edges lie over what is behind them.
            order = np.argsort(-(shapes[:, frame, ZA] + shapes[:, frame, ZB]))
            depth[:] = np.float32(np.inf)
        for n in order:
            layer = layers[int(styles[n, LAYER])]
            _paint_one(
                image[frame], depth, shapes[n, frame], styles[n], layer, lamp,
                np.float32(ambient), np.float32(lamp_m), nearest,
            )  # fmt: skip
