"""Paints shaded, textured, tapered capsules into grey-level frames, compiled."""

from __future__ import annotations

import math

import numpy as np

from models.engine.compiling import compiled

# Columns of ``shapes``: axis ends in pixels, radii in pixels, depths of the ends in metres, radius
# in metres, and the direction in which a flat part's surface faces.
AX, AY, BX, BY, RA, RB, ZA, ZB, RM, FX, FY, FZ = range(12)
# Columns of ``styles``: brightness, texture layer, texels along and around, share of flatness.
GREY, LAYER, ROWS, COLUMNS, FLAT = range(5)
DARKEST, BRIGHTEST = 2.0, 255.0


@compiled
def paint(
    image: np.ndarray,
    shapes: np.ndarray,
    styles: np.ndarray,
    layers: np.ndarray,
    lamp: np.ndarray,
    ambient: float,
    nearest: bool,
) -> None:
    """Composite N capsules over ``image`` (F, H, W) float32, in place.

    ``shapes`` (N, F, 12) and ``styles`` (N, 5) are float32 as above, ``layers`` (L, S, S) the
    textures, ``lamp`` (3,) the way to the lamp with z towards the camera. Capsules are painted in
    their own order, or, with ``nearest``, the nearest surface is seen at each pixel.
    """
    frames, height, width = image.shape
    count, side = shapes.shape[0], layers.shape[1]
    depth = np.empty((height, width), np.float32)
    mask = side - 1
    for frame in range(frames):
        order = np.arange(count)
        if nearest:
            order = np.argsort(-(shapes[:, frame, ZA] + shapes[:, frame, ZB]))
            depth[:] = np.float32(1e9)
        for n in order:
            shape, style = shapes[n, frame], styles[n]
            ax, ay, ra, za = shape[AX], shape[AY], shape[RA], shape[ZA]
            bx, by, dr, dz = shape[BX] - ax, shape[BY] - ay, shape[RB] - ra, shape[ZB] - za
            wide = max(ra, ra + dr) + np.float32(1.0)
            x0 = max(0, math.ceil(min(ax, ax + bx) - wide))
            y0 = max(0, math.ceil(min(ay, ay + by) - wide))
            x1 = min(width, math.floor(max(ax, ax + bx) + wide) + 1)
            y1 = min(height, math.floor(max(ay, ay + by) + wide) + 1)
            length2 = max(bx * bx + by * by, np.float32(1e-3))
            per_length = np.float32(1.0) / np.sqrt(length2)
            away = np.float32(-1.0 if shape[FZ] < 0 else 1.0)
            flat = style[FLAT] * abs(shape[FZ])
            fx, fy, fz = shape[FX] * away, shape[FY] * away, shape[FZ] * away
            layer = layers[int(style[LAYER])]
            for y in range(y0, y1):
                for x in range(x0, x1):
                    dx, dy = np.float32(x) - ax, np.float32(y) - ay
                    h = min(max((dx * bx + dy * by) / length2, np.float32(0)), np.float32(1))
                    radius = ra + h * dr
                    dx -= h * bx
                    dy -= h * by
                    distance2 = dx * dx + dy * dy
                    reach = radius + np.float32(0.5)
                    if distance2 >= reach * reach:
                        continue
                    # A part thinner than a pixel never covers all of it.
                    most = min(np.float32(1), np.float32(2) * radius)
                    cover = min(most, reach - np.sqrt(distance2))
                    nx, ny = dx / radius, dy / radius
                    nz = np.sqrt(max(np.float32(0), np.float32(1) - nx * nx - ny * ny))
                    if nearest:
                        z = za + h * dz - nz * shape[RM]
                        if z > depth[y, x]:
                            continue
                        if cover >= np.float32(0.5):
                            depth[y, x] = z
                    around = (ny * bx - nx * by) * per_length
                    around = min(max(around, np.float32(-1)), np.float32(1))
                    row = h * style[ROWS]
                    column = (around + np.float32(1)) * np.float32(0.5) * style[COLUMNS]
                    r, c = int(row), int(column)
                    row -= np.float32(r)
                    column -= np.float32(c)
                    r, c, r2, c2 = r & mask, c & mask, (r + 1) & mask, (c + 1) & mask
                    near = layer[r, c] + (layer[r, c2] - layer[r, c]) * column
                    far = layer[r2, c] + (layer[r2, c2] - layer[r2, c]) * column
                    nx += flat * (fx - nx)
                    ny += flat * (fy - ny)
                    nz += flat * (fz - nz)
                    lambert = max(np.float32(0), nx * lamp[0] + ny * lamp[1] + nz * lamp[2])
                    lit = np.float32(ambient) + np.float32(1.3 - ambient) * lambert
                    shade = style[GREY] * lit * (near + (far - near) * row)
                    shade = min(max(shade, np.float32(DARKEST)), np.float32(BRIGHTEST))
                    image[frame, y, x] += (shade - image[frame, y, x]) * cover
