"""What lies behind a person: a wall or a room with shelves, a flickering screen, a curtain."""

from __future__ import annotations

import numpy as np

from models.data.performer.scene import Scene

KNOTS = 6


class Backdrop:
    """The background of one scene; ``at`` gives its grey levels (F, H, W) float32."""

    def __init__(self, scene: Scene, rng: np.random.Generator) -> None:
        self._scene = scene
        self.still = _draw(scene, rng)

    def at(self, times: np.ndarray) -> np.ndarray:
        """The background at ``times`` (F,): a screen may flicker, a curtain sway."""
        screen, curtain = self._scene.screen, self._scene.curtain
        image = np.repeat(self.still[None], len(times), 0)
        if curtain is not None:
            shift = curtain.reach_px * np.sin(2 * np.pi * curtain.hertz * times + curtain.lag)
            whole = np.floor(shift).astype(int)
            for frame, (pixels, share) in enumerate(zip(whole, shift - whole, strict=True)):
                near = np.roll(self.still, int(pixels), 1)
                image[frame] = near + (np.roll(near, 1, 1) - near) * np.float32(share)
        if screen is not None:
            x0, y0, x1, y1 = screen.box
            wave = 1 + screen.depth * np.sign(np.sin(2 * np.pi * screen.hertz * times))
            image[:, y0:y1, x0:x1] *= wave.astype(np.float32)[:, None, None]
        return image


def _draw(scene: Scene, rng: np.random.Generator) -> np.ndarray:
    """A wall with soft blotches and a few straight edges or shelves, (H, W) grey levels."""
    camera, contrast = scene.camera, scene.background_contrast
    log = contrast * _blotches(rng, camera.height, camera.width)
    ys, xs = np.arange(camera.height)[:, None], np.arange(camera.width)[None]
    shelves = scene.place == "shelves"
    for _ in range(int(rng.integers(8, 16) if shelves else rng.integers(1, 6))):
        upright = rng.random() < (0.3 if shelves else 0.6)
        edge = rng.uniform(0, camera.width if upright else camera.height)
        step = 1 / (1 + np.exp(-np.clip((xs if upright else ys) - edge, -50, 50)))
        log = log + contrast * rng.normal() * step
    return (scene.background * np.exp(log)).clip(3, 250).astype(np.float32)


def _blotches(rng: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Smooth noise (H, W) through a few random knots: cubic B-splines keep it soft."""
    knots = rng.normal(size=(KNOTS + 3, KNOTS + 3))
    return 1.7 * _spline(height) @ knots @ _spline(width).T


def _spline(size: int) -> np.ndarray:
    """Uniform cubic B-spline weights (size, KNOTS + 3)."""
    place = np.arange(size) / size * KNOTS
    distance = np.abs(place[:, None] - np.arange(-1, KNOTS + 2))
    inner = 2 / 3 - distance**2 + distance**3 / 2
    outer = (2 - distance).clip(0) ** 3 / 6
    return np.where(distance < 1, inner, outer)
