from __future__ import annotations

from pathlib import Path

import pytest

from app.sources.devices.usb import UDEV_RULES, UsbCamera, blocked_cameras, present_cameras


def plug_in(sysfs: Path, nodes: Path, name: str, vendor: str, product: str, device: int) -> Path:
    entry = sysfs / name
    entry.mkdir(parents=True)
    values = {"idVendor": vendor, "idProduct": product, "busnum": 1, "devnum": device}
    for key, value in values.items():
        (entry / key).write_text(f"{value}\n")
    node = nodes / "001" / f"{device:03d}"
    node.parent.mkdir(parents=True, exist_ok=True)
    node.touch()
    return node


@pytest.fixture
def _not_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """The super-user may open anything, whatever the mode says."""
    monkeypatch.setattr("os.access", lambda path, mode: Path(path).stat().st_mode & 0o006 == 0o006)


@pytest.mark.usefixtures("_not_root")
def test_only_cameras_that_may_not_be_opened_are_listed(tmp_path: Path) -> None:
    sysfs, nodes = tmp_path / "sysfs", tmp_path / "nodes"
    blocked = plug_in(sysfs, nodes, "1-1", "152a", "8400", 4)
    allowed = plug_in(sysfs, nodes, "1-2", "152a", "841a", 5)
    loader = plug_in(sysfs, nodes, "1-3", "04b4", "00f3", 6)
    mouse = plug_in(sysfs, nodes, "1-4", "046d", "c077", 7)
    (sysfs / "1-1:1.0").mkdir()  # an interface has no idVendor
    for node in (blocked, loader, mouse):
        node.chmod(0o600)
    allowed.chmod(0o666)
    assert blocked_cameras(sysfs, nodes) == [
        UsbCamera("152a:8400", blocked, is_blocked=True),
        UsbCamera("04b4:00f3", loader, is_blocked=True),
    ]


def test_a_camera_says_what_it_is_and_whether_a_program_has_it(tmp_path: Path) -> None:
    sysfs, nodes = tmp_path / "sysfs", tmp_path / "nodes"
    plug_in(sysfs, nodes, "1-1", "152a", "8419", 4)
    plug_in(sysfs, nodes, "1-2", "152a", "8400", 5)
    (sysfs / "1-1" / "serial").write_bytes(b"DXA00093\n")
    (sysfs / "1-1" / "product").write_bytes(b"DVX\x1b[31mplorer\xff" + b"x" * 100)
    (sysfs / "1-1" / "1-1:1.0").mkdir()
    (sysfs / "1-1" / "1-1:1.0" / "driver").symlink_to(tmp_path / "usbfs")
    (sysfs / "1-2" / "1-2:1.0").mkdir()
    (sysfs / "1-2" / "1-2:1.0" / "driver").symlink_to(tmp_path / "cdc_acm")
    first, second = present_cameras(sysfs, nodes) or ()
    assert (first.bus, first.device, first.serial, first.is_busy) == (1, 4, "DXA00093", True)
    assert first.product.isprintable()
    assert len(first.product) <= 64
    assert (second.serial, second.product, second.is_busy) == ("", "", False)


def test_a_system_without_sysfs_has_none(tmp_path: Path) -> None:
    assert blocked_cameras(tmp_path / "nothing", tmp_path) == []
    assert present_cameras(tmp_path / "nothing", tmp_path) is None


def test_the_rules_name_the_vendor() -> None:
    assert 'ATTR{idVendor}=="152a"' in UDEV_RULES
    assert all(line.endswith('MODE="0666"') for line in UDEV_RULES.splitlines())
