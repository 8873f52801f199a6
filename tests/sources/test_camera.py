from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.events import Resolution
from app.sources import camera
from app.sources.camera import FoundCamera, connect_camera, discover_cameras, open_camera
from app.sources.contract import CameraSpec, SourceError
from app.sources.usb import UsbCamera
from tests.sources.fakes import FakeCamera, FakeDriver
from tests.sources.making import events_of


def test_the_real_driver_is_asked_without_an_exception() -> None:
    assert isinstance(discover_cameras(), list)


def test_cameras_are_listed_by_model_and_serial_number() -> None:
    assert discover_cameras(FakeDriver([FakeCamera([])])) == [FoundCamera("DVS128", "00000279")]
    assert discover_cameras(FakeDriver()) == []
    assert str(FoundCamera("DVS128", "00000279")) == "DVS128 00000279"


@pytest.mark.parametrize("serial", [None, "00000279"])
def test_a_camera_is_opened_by_its_serial_number(serial: str | None) -> None:
    fake = FakeCamera([events_of((1, 2, 3, 1))], size=(346, 260))
    driver = FakeDriver([fake])
    device = connect_camera(CameraSpec(serial), driver)
    assert driver.opened == ["00000279"]
    assert device.name == "DVS128_0279"
    assert device.resolution == Resolution(346, 260)
    assert fake.interval == timedelta(milliseconds=2)
    events = device.read()
    assert events is not None
    assert events.tolist() == [(1, 2, 3, 1)]
    assert device.read() is None


def test_no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "blocked_cameras", list)
    with pytest.raises(SourceError, match=r"^there is no event camera connected: plug one in"):
        open_camera(CameraSpec(), FakeDriver())


def test_another_camera_than_the_one_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "blocked_cameras", list)
    with pytest.raises(SourceError, match=r"serial number 0042, only DVS128 00000279$"):
        open_camera(CameraSpec("0042"), FakeDriver([FakeCamera([])]))


def test_a_camera_that_the_user_may_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = [UsbCamera("152a:8400", Path("/dev/bus/usb/001/004"))]
    monkeypatch.setattr(camera, "blocked_cameras", lambda: blocked)
    with pytest.raises(SourceError, match="at /dev/bus/usb/001/004, but this user may not open"):
        open_camera(CameraSpec(), FakeDriver())


def test_an_error_of_the_driver_is_one_sentence() -> None:
    class Refusing(FakeDriver):
        def open(self, serial: str) -> FakeCamera:
            return super().open("another")

    with pytest.raises(SourceError) as caught:
        open_camera(CameraSpec(), Refusing([FakeCamera([])]))
    assert str(caught.value) == (
        "cannot open the camera DVS128 00000279: InvalidArgument: no such device"
    )


def test_an_unplugged_camera_is_opened_again() -> None:
    first = FakeCamera([events_of((10, 1, 1, 1))], unplugged=True)
    second = FakeCamera([events_of((5, 2, 2, 0))])
    driver = FakeDriver([first, second])
    with open_camera(CameraSpec(), driver) as source:
        batches = [batch for batch, _ in zip(source.batches(), range(10), strict=False)]
    events = [batch for batch in batches if len(batch.events)]
    assert [int(batch.events["t"][0]) for batch in events] == [10, 5]
    assert [batch.restarted for batch in events] == [False, True]
    assert driver.opened == ["00000279", "00000279"]
