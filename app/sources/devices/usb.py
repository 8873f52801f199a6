"""Event cameras on the USB of a Linux machine that the user has no right to open."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

UDEV_RULE_FILE = "/etc/udev/rules.d/65-inivation.rules"
UDEV_RULES = """\
SUBSYSTEM=="usb", ATTR{idVendor}=="152a", ATTR{idProduct}=="84[0-1]?", MODE="0666"
SUBSYSTEM=="usb", ATTR{idVendor}=="04b4", ATTR{idProduct}=="00f[13]", MODE="0666"
"""

_VENDOR = "152a"
# Cameras whose firmware is not loaded yet show the boot-loader of their USB chip.
_BOOT_LOADERS = {("04b4", "00f1"), ("04b4", "00f3"), ("04b4", "0053"), ("04b4", "8613")}


@dataclass(frozen=True, slots=True)
class UsbCamera:
    """A device that is there: ``id`` is vendor:product, ``node`` what a program opens."""

    id: str
    node: Path


def blocked_cameras(
    sysfs: Path = Path("/sys/bus/usb/devices"), nodes: Path = Path("/dev/bus/usb")
) -> list[UsbCamera]:
    """Cameras whose node this user may not write; none on systems without sysfs."""
    present = [camera for entry in sorted(sysfs.glob("*")) if (camera := _camera(entry, nodes))]
    return [camera for camera in present if not os.access(camera.node, os.R_OK | os.W_OK)]


def _camera(entry: Path, nodes: Path) -> UsbCamera | None:
    try:
        vendor, product = (_text(entry / key) for key in ("idVendor", "idProduct"))
        bus, device = (int(_text(entry / key)) for key in ("busnum", "devnum"))
    except (OSError, ValueError):
        return None  # an interface, or unplugged this very moment
    if vendor != _VENDOR and (vendor, product) not in _BOOT_LOADERS:
        return None
    return UsbCamera(f"{vendor}:{product}", nodes / f"{bus:03d}" / f"{device:03d}")


def _text(path: Path) -> str:
    return path.read_text(encoding="ascii").strip()
