"""Sensor sizes by the names that recordings carry in their headers."""

from __future__ import annotations

from app.events import Resolution

# In the order of the search: "DAVIS346blue" and "eu.seebetter...Davis346B" both hold "DAVIS346".
SENSOR_SIZES: dict[str, Resolution] = {
    "DVS128": Resolution(128, 128),
    "DAVIS128": Resolution(128, 128),
    "DAVIS208": Resolution(208, 192),
    "DAVIS240": Resolution(240, 180),
    "DAVIS346": Resolution(346, 260),
    "DAVIS640": Resolution(640, 480),
    "DVXPLORER": Resolution(640, 480),
}


def sensor_named_in(text: str) -> str | None:
    """The sensor whose name stands anywhere in ``text``, in any case, or none."""
    upper = text.upper()
    return next((name for name in SENSOR_SIZES if name in upper), None)


def smallest_sensor_holding(x: int, y: int) -> Resolution | None:
    """The smallest known sensor that has a pixel (x, y), or none."""
    fitting = [size for size in SENSOR_SIZES.values() if x < size.width and y < size.height]
    return min(fitting, key=lambda size: size.width * size.height, default=None)
