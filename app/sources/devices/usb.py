"""Event cameras on the USB of a Linux machine, by its own list of devices; nothing is opened."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from app.sources.printable import printable

SYSFS, NODES = Path("/sys/bus/usb/devices"), Path("/dev/bus/usb")
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
    """A device that is there: ``id`` is vendor:product, ``node`` what a program opens.

    ``is_busy`` says that a program has it, which may be this one.
    """

    id: str
    node: Path
    serial: str = ""
    product: str = ""
    is_blocked: bool = False
    is_busy: bool = False

    @property
    def bus(self) -> int:
        return int(self.node.parent.name)

    @property
    def device(self) -> int:
        return int(self.node.name)


def present_cameras(sysfs: Path = SYSFS, nodes: Path = NODES) -> list[UsbCamera] | None:
    """Every event camera on USB; none at all on systems without sysfs, where nobody knows."""
    if not sysfs.is_dir():
        return None
    return [camera for entry in sorted(sysfs.glob("*")) if (camera := _camera(entry, nodes))]


def blocked_cameras(sysfs: Path = SYSFS, nodes: Path = NODES) -> list[UsbCamera]:
    """Cameras whose node this user may not write; none on systems without sysfs."""
    return [camera for camera in present_cameras(sysfs, nodes) or () if camera.is_blocked]


def _camera(entry: Path, nodes: Path) -> UsbCamera | None:
    try:
        vendor, product = (_text(entry / key) for key in ("idVendor", "idProduct"))
        bus, device = (int(_text(entry / key)) for key in ("busnum", "devnum"))
    except (OSError, ValueError):
        return None  # an interface, or unplugged this very moment
    if vendor != _VENDOR and (vendor, product) not in _BOOT_LOADERS:
        return None
    node = nodes / f"{bus:03d}" / f"{device:03d}"
    return UsbCamera(
        f"{vendor}:{product}", node, _said(entry / "serial"), _said(entry / "product"),
        is_blocked=not os.access(node, os.R_OK | os.W_OK), is_busy=_is_claimed(entry),
    )  # fmt: skip


def _is_claimed(entry: Path) -> bool:
    """Whether a program drives an interface of the device through its node."""
    drivers = (interface / "driver" for interface in entry.glob("*:*"))
    return any(driver.is_symlink() and driver.readlink().name == "usbfs" for driver in drivers)


def _said(path: Path) -> str:
    """What a device says of itself, if it does, fit for the screen."""
    try:
        text = path.read_bytes().decode("utf-8", "replace").strip()
    except OSError:
        return ""
    return printable(text)


def _text(path: Path) -> str:
    return path.read_text(encoding="ascii").strip()
