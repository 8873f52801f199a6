"""Where the camera stands and what the light does: drawn once per performance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.data.gestures import SETTINGS

PLACES = ("wall", "room")
RESERVED_PLACE = "shelves"
# How tall a hand is in "hand" scenes, as a share of the picture's height.
HAND_SHARE = (0.2, 0.9)
# How often somebody in "wild" scenes is so far away that noise drowns half of what they do.
FAINT = 0.15
# How often light comes from everywhere, so that shading shows little, and from beside the camera.
SOFT, LAMP = 0.2, 0.15


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
    """A lamp and the room: ``direction`` points to the lamp, grey levels scale with ``level``.

    ``lamp_m`` is how far before the person a lamp beside the camera stands, 0 without one: what is
    nearer to it is brighter by the square of the distance.
    """

    direction: tuple[float, float, float]
    ambient: float
    level: float
    flicker: float
    flicker_hz: float
    lamp_m: float


@dataclass(frozen=True, slots=True)
class Screen:
    """A bright rectangle x0, y0, x1, y1 in pixels whose brightness jumps at ``hertz``."""

    box: tuple[int, int, int, int]
    depth: float
    hertz: float


@dataclass(frozen=True, slots=True)
class Curtain:
    """A background that swings sideways by ``reach_px``."""

    reach_px: float
    hertz: float
    lag: float


@dataclass(frozen=True, slots=True)
class Passer:
    """Somebody behind the person who walks by: place in metres at time 0, speed in m/s."""

    x: float
    depth: float
    speed: float


@dataclass(frozen=True, slots=True)
class Scene:
    """One place; with ``hands_only`` trunk, head and legs are out of the picture.

    In a ``faint`` one the person is far away and the camera sees little of them.

    ``sway_m`` is how far the standing body sways; grey levels are 0..255.
    """

    camera: Camera
    light: Light
    place: str
    background: float
    background_contrast: float
    sway_m: float
    screen: Screen | None
    curtain: Curtain | None
    passer: Passer | None
    hands_only: bool = False
    faint: bool = False

    @property
    def restless(self) -> bool:
        """Something moves behind the person."""
        return any(part is not None for part in (self.screen, self.curtain, self.passer))


def draw_scene(
    rng: np.random.Generator,
    setting: str,
    width: int,
    height: int,
    reserved: bool = False,
    hand_m: float = 0.18,
) -> Scene:
    """A random place.

    "ordinary" frames the person as DVS128 Gesture does, "wild" varies all, "hand" shows hands of
    ``hand_m`` metres and their forearms alone. ``reserved`` places have a kind of background that
    the others never have.

    Raises:
        ValueError: the setting is not one of ``SETTINGS``.
    """
    if setting not in SETTINGS:
        raise ValueError(f"expected a setting out of {', '.join(SETTINGS)}, got {setting!r}")
    varied = setting != "ordinary"
    faint = setting == "wild" and rng.random() < FAINT
    soft = varied and rng.random() < SOFT
    lamp = rng.normal(0, 1, 3) * np.array([1.0, 0.5, 0.3]) + np.array([0.0, -0.8, -0.8])
    lamp = lamp / np.linalg.norm(lamp)
    light = Light(
        direction=(float(lamp[0]), float(lamp[1]), float(lamp[2])),
        ambient=float(rng.uniform(0.7, 1.2) if soft else rng.uniform(0.25, 0.7)),
        level=float(np.exp(rng.uniform(np.log(0.25), np.log(1.2))) if varied else 1.0),
        flicker=float(rng.uniform(0, 0.04) if varied and rng.random() < 0.4 else 0.0),
        flicker_hz=float(rng.choice([100.0, 120.0])),
        lamp_m=float(rng.uniform(1.2, 2.5)) if varied and rng.random() < LAMP else 0.0,
    )
    return Scene(
        camera=_draw_camera(rng, setting, width, height, hand_m, faint),
        light=light,
        place=RESERVED_PLACE if reserved else str(rng.choice(PLACES)),
        background=float(rng.uniform(30, 220) if varied else rng.uniform(90, 200)),
        background_contrast=float(rng.uniform(0.05, 0.2 if faint else 0.5)),
        sway_m=float(rng.uniform(0.001, 0.012 if varied else 0.006)),
        screen=_draw_screen(rng, width, height) if varied and rng.random() < 0.12 else None,
        curtain=_draw_curtain(rng, width, height) if varied and rng.random() < 0.12 else None,
        passer=_draw_passer(rng) if varied and rng.random() < 0.2 else None,
        hands_only=setting == "hand",
        faint=faint,
    )


def _draw_camera(
    rng: np.random.Generator, setting: str, width: int, height: int, hand_m: float, faint: bool
) -> Camera:
    if setting == "hand":
        return _hand_camera(rng, width, height, hand_m)
    side = min(width, height)
    px = side / 128.0
    wild = setting == "wild"
    least, most = (24, 55) if faint else (48, 170)
    scale = np.exp(rng.uniform(np.log(least), np.log(most))) if wild else rng.normal(95, 5)
    spot = rng.normal(0, 1, 2) * (np.array([12, 12]) if wild else np.array([3.5, 3.5]))
    # A near person fills the frame: the shoulders then lie higher so that hands stay inside.
    drop = 0.0 if not wild else -8.0 * np.log(max(scale, 48) / 95)
    return Camera(
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


def _hand_camera(rng: np.random.Generator, width: int, height: int, hand_m: float) -> Camera:
    """A camera that looks at where a hand before the breast is, and sees little else."""
    tall = np.exp(rng.uniform(np.log(HAND_SHARE[0]), np.log(HAND_SHARE[1]))) * min(width, height)
    aside = rng.uniform(-0.15, 0.15) * hand_m * min(width, height) / tall
    aim = np.array([aside, -0.05, -0.45])
    distance = rng.uniform(0.75, 1.6)
    scale = tall / hand_m * (distance + aim[2]) / distance
    x, y = np.array([(width - 1) / 2, (height - 1) / 2]) - scale * aim[:2]
    return Camera(
        width=width,
        height=height,
        scale=float(scale),
        distance=float(distance),
        centre=(float(x), float(y)),
        roll=float(rng.normal(0, 0.15)),
    )


def _draw_screen(rng: np.random.Generator, width: int, height: int) -> Screen:
    x, y = int(rng.uniform(0, 0.8) * width), int(rng.uniform(0, 0.6) * height)
    wide, high = rng.uniform(0.08, 0.3, 2)
    return Screen(
        (x, y, x + max(2, int(wide * width)), y + max(2, int(high * height))),
        float(rng.uniform(0.05, 0.3)),
        float(np.exp(rng.uniform(np.log(1.0), np.log(30.0)))),
    )


def _draw_curtain(rng: np.random.Generator, width: int, height: int) -> Curtain:
    px = min(width, height) / 128.0
    return Curtain(
        float(rng.uniform(0.5, 3.0) * px), float(rng.uniform(0.2, 0.8)), float(rng.uniform(0, 6.28))
    )


def _draw_passer(rng: np.random.Generator) -> Passer:
    sense = rng.choice([-1.0, 1.0])
    return Passer(
        float(-sense * rng.uniform(0.0, 3.0)),
        float(rng.uniform(1.0, 2.5)),
        float(sense * rng.uniform(0.3, 1.2)),
    )
