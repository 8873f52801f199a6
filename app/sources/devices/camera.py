"""A DVS camera on USB by dv-processing: DVS128, DAVIS and DVXplorer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import dv_processing as dv
import numpy as np

from app import PROGRAM
from app.events import Resolution
from app.sources.contract import CameraSpec, SourceError
from app.sources.devices.camera_setup import adjustments_of, set_biases, switch_off_unused
from app.sources.devices.found import FoundCamera
from app.sources.devices.live import LiveSource
from app.sources.devices.usb import blocked_cameras
from app.sources.dv_bridge import DV_ERRORS, sentence, to_numpy
from app.sources.formats.sensors import SENSOR_SIZES, parse_sensor, sensor_named_in

_COMMIT_INTERVAL = timedelta(milliseconds=2)


class CameraDevice:
    """The thinnest layer over dv-processing's camera.

    Raises:
        SourceError: a bias does not fit, or nothing tells how large the sensor is.
    """

    def __init__(self, camera: Any, spec: CameraSpec, serial: str) -> None:
        camera.setTimeInterval(_COMMIT_INTERVAL)  # 10 ms unless told otherwise
        switch_off_unused(camera)
        set_biases(camera, spec.biases_for(serial))
        self._camera = camera
        self.name = str(camera.getCameraName())
        self.resolution = self._size(spec.sensor)

    def _size(self, sensor: str | None) -> Resolution:
        if sensor is not None:
            return parse_sensor(sensor).size
        found = self._camera.getEventResolution()
        if found is not None:
            return Resolution(*found)
        if named := sensor_named_in(self.name):
            return SENSOR_SIZES[named]
        raise SourceError(
            f"the camera {self.name} does not say how large its sensor is (--sensor says it)"
        )

    def read(self) -> np.ndarray | None:
        try:
            store = self._camera.getNextEventBatch()
        except DV_ERRORS as error:
            raise SourceError(f"{self.name} broke off: {sentence(error)}") from error
        return None if store is None else to_numpy(store)

    def is_alive(self) -> bool:
        return bool(self._camera.isRunning())

    def close(self) -> None:
        self._camera = None


def discover_cameras(driver: Any = dv.io.camera) -> list[FoundCamera]:
    """Every camera that dv-processing finds.

    Raises:
        SourceError: USB cannot be searched.
    """
    try:
        found = driver.discover()
    except DV_ERRORS as error:
        raise SourceError(f"cannot look for cameras: {sentence(error)}") from error
    return [_found(one) for one in found]


def connect_camera(spec: CameraSpec, driver: Any = dv.io.camera) -> CameraDevice:
    """Open the camera with the serial number asked for, or the first one found.

    Raises:
        SourceError: it is not connected, or cannot be opened.
    """
    found = discover_cameras(driver)
    # With no camera at all, open() fails with an IndexError about a vector.
    wanted = [camera for camera in found if spec.serial in (None, camera.serial)]
    if not wanted:
        raise SourceError(_nothing_found(spec, found))
    try:
        return CameraDevice(driver.open(wanted[0].serial), spec, wanted[0].serial)
    except DV_ERRORS as error:
        raise SourceError(f"cannot open the camera {wanted[0]}: {sentence(error)}") from error


def open_camera(spec: CameraSpec, driver: Any = dv.io.camera) -> LiveSource:
    """A camera that is opened again whenever its driver says that it runs no more.

    Silence alone is no reason: it may look at a still scene.

    Raises:
        SourceError: it is not connected, or cannot be opened.
    """
    return LiveSource(lambda: connect_camera(spec, driver), reopen_after_s=None, opens_slowly=True)


def _nothing_found(spec: CameraSpec, found: list[FoundCamera]) -> str:
    blocked = blocked_cameras()
    if blocked:
        return (
            f"there is an event camera at {blocked[0].node}, but this user may not open it: "
            f"“{PROGRAM} doctor” tells which permission rule is missing"
        )
    if found:
        others = ", ".join(str(camera) for camera in found)
        return f"there is no event camera with serial number {spec.serial}, only {others}"
    return "there is no event camera connected: plug one into a USB port, or try another cable"


# The class that opens a model, as dv-processing tells them apart; those of the next generation of
# hardware are left to themselves until one has been seen.
_CLASSES = {
    "DVS128": "DVS128", "DAVIS": "DAVIS", "DVXPLORER": "DVXplorer", "DVXPLORER_M": "DVXplorerM",
}  # fmt: skip


def _found(descriptor: Any) -> FoundCamera:
    model = _model_name(descriptor.cameraModel)
    kind = getattr(dv.io.camera, _CLASSES[model]) if model in _CLASSES else None
    return FoundCamera(
        model, str(descriptor.serialNumber), int(descriptor.busNumber), int(descriptor.devAddress),
        adjustments_of(kind) if kind is not None else (),
    )  # fmt: skip


def _model_name(model: Any) -> str:
    """``CameraModel.DVS128`` as ``DVS128``."""
    return str(getattr(model, "name", model))
