"""Which cameras are connected, look by look. Knows no Qt.

The list of USB devices costs next to nothing; only when it has changed does another process ask
dv-processing, which takes a moment and may hang.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from app.sources.contract import SourceError
from app.sources.devices.found import CameraState, FoundCamera, ListedCamera, listed
from app.sources.devices.usb import UsbCamera, present_cameras
from app.sources.hosting.search import Search


class Searching(Protocol):
    """A search that goes on."""

    def poll(self) -> list[FoundCamera] | None:
        """What has been found, or none so far. SourceError: the search has failed."""
        ...

    def close(self) -> None: ...


class Lookout:
    """``cameras`` are those of the last look, ``trouble`` is why they may not be all.

    It ``is_settled`` once it has found what is there at the moment.
    """

    def __init__(
        self,
        present: Callable[[], Sequence[UsbCamera] | None] = present_cameras,
        search: Callable[[], Searching] = Search,
    ) -> None:
        self.cameras: tuple[ListedCamera, ...] = ()
        self.trouble = ""
        self._present = present
        self._begin = search
        self._search: Searching | None = None
        self._found: list[FoundCamera] = []
        self._searched_for: object = _NOTHING_YET

    @property
    def is_searching(self) -> bool:
        return self._search is not None

    @property
    def is_settled(self) -> bool:
        return self._searched_for is not _NOTHING_YET and not self.is_searching

    @property
    def sees_plugs(self) -> bool:
        """Whether a camera that is plugged in is seen without being asked to look again."""
        return self._searched_for is not None

    @property
    def only_free(self) -> ListedCamera | None:
        """The one camera, if there is only one and nothing is in its way."""
        one = self.cameras[0] if len(self.cameras) == 1 and self.is_settled else None
        return one if one is not None and one.state is CameraState.FREE and one.serial else None

    def refresh(self) -> None:
        """Search anew at the next look, whatever the list of devices says."""
        self._searched_for = _NOTHING_YET

    def look(self) -> bool:
        """Take a look; whether anything is otherwise than at the last one."""
        before = self.cameras, self.trouble, self.is_settled
        present = self._present()
        what = None if present is None else tuple(map(_identity, present))
        if what != self._searched_for:
            self.close()
            self._searched_for, self.trouble = what, ""
            self._found = [camera for camera in self._found if _is_there(camera, present)]
            # Where nobody lists the devices, only dv-processing knows.
            self._search = self._begin() if present is None or present else None
        self._poll()
        self.cameras = listed(self._found, present or ())
        return before != (self.cameras, self.trouble, self.is_settled)

    def close(self) -> None:
        """Give up a search that goes on."""
        if self._search is not None:
            self._search.close()
            self._search = None

    def _poll(self) -> None:
        if self._search is None:
            return
        try:
            found = self._search.poll()
        except SourceError as error:
            self._search, self._found, self.trouble = None, [], str(error)
            return
        if found is not None:
            self._search, self._found = None, found


_NOTHING_YET = object()


def _identity(camera: UsbCamera) -> tuple[object, ...]:
    """What of a device makes a new search worth while; that a program has it does not."""
    return camera.id, camera.node, camera.serial, camera.is_blocked


def _is_there(camera: FoundCamera, present: Sequence[UsbCamera] | None) -> bool:
    """Whether it may still be where it was found."""
    where = camera.bus, camera.device
    return present is None or where in [(usb.bus, usb.device) for usb in present]
