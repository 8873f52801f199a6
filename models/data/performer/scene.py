"""Where the camera stands and what the light does: drawn once per performance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SETTINGS = ("ordinary", "wild")


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera before the person.

    ``scale`` is pixels per metre at the shoulders, ``distance`` metres to them, ``centre`` the
    pixel between the shoulders, ``roll`` radians. Sizes are in pixels of the sensor.
    """

    width: int
    height: int
    scale: float
    distance: float
    centre: tuple[float, float]
    roll: float

    def project(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Pixels (..., 2) and magnification (...) in px/m of body coordinates (..., 3)."""
        focal = self.scale * self.distance
        magnification = focal / np.maximum(self.distance + points[..., 2], 0.15)
        middle = np.array([(self.width - 1) / 2, (self.height - 1) / 2])
        offset = (np.array(self.centre) - middle) / self.scale
        plane = (points[..., :2] + offset) * magnification[..., None]
        c, s = np.cos(self.roll), np.sin(self.roll)
        return middle + plane @ np.array([[c, s], [-s, c]]), magnification


@dataclass(frozen=True, slots=True)
class Light:
    """A lamp and the room: ``direction`` points to the lamp, grey levels scale with ``level``."""

    direction: tuple[float, float, float]
    ambient: float
    level: float
    flicker: float
    flicker_hz: float


@dataclass(frozen=True, slots=True)
class Scene:
    camera: Camera
    light: Light
    background: float
    background_contrast: float
    sway_m: float


def draw_scene(rng: np.random.Generator, setting: str, width: int, height: int) -> Scene:
    """A random place. "ordinary" frames the person as DVS128 Gesture does, "wild" varies all.

    Raises:
        ValueError: the setting is neither "ordinary" nor "wild".
    """
    if setting not in SETTINGS:
        raise ValueError(f"expected a setting out of {', '.join(SETTINGS)}, got {setting!r}")
    side = min(width, height)
    px = side / 128.0
    lamp = rng.normal(0, 1, 3) * np.array([1.0, 0.5, 0.3]) + np.array([0.0, -0.8, -0.8])
    lamp = lamp / np.linalg.norm(lamp)
    wild = setting == "wild"
    scale = np.exp(rng.uniform(np.log(45), np.log(190))) if wild else rng.normal(95, 5)
    spot = rng.normal(0, 1, 2) * (np.array([12, 12]) if wild else np.array([3.5, 3.5]))
    # A near person fills the frame: the shoulders then lie higher so that hands stay inside.
    drop = 0.0 if not wild else -8.0 * np.log(scale / 95)
    camera = Camera(
        width=width,
        height=height,
        scale=float(scale * px),
        distance=float(rng.uniform(0.8, 3.0) if wild else rng.uniform(1.3, 2.0)),
        centre=(
            float((width - side) / 2 + (70 + spot[0]) * px),
            float((height - side) / 2 + (62 + spot[1] + drop) * px),
        ),
        roll=float(rng.normal(0, 0.08 if wild else 0.02)),
    )
    light = Light(
        direction=(float(lamp[0]), float(lamp[1]), float(lamp[2])),
        ambient=float(rng.uniform(0.25, 0.7)),
        level=float(np.exp(rng.uniform(np.log(0.25), np.log(1.2))) if wild else 1.0),
        flicker=float(rng.uniform(0, 0.04) if wild and rng.random() < 0.4 else 0.0),
        flicker_hz=float(rng.choice([100.0, 120.0])),
    )
    return Scene(
        camera=camera,
        light=light,
        background=float(rng.uniform(30, 220) if wild else rng.uniform(90, 200)),
        background_contrast=float(rng.uniform(0.05, 0.5)),
        sway_m=float(rng.uniform(0.001, 0.012)),
    )
