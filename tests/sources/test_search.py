"""Cameras are looked for in a process that may hang, and listed with what stands in the way."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.sources.contract import SourceError
from app.sources.devices.found import (
    Adjustment,
    CameraState,
    FoundCamera,
    ListedCamera,
    listed,
)
from app.sources.devices.usb import UsbCamera
from app.sources.hosting.search import Search, look_for_cameras


def find_two() -> list[FoundCamera]:
    return [FoundCamera("DVS128", "1", 1, 4, (Adjustment("DIFF"),)), FoundCamera("DAVIS", "2")]


def fail() -> list[FoundCamera]:
    raise SourceError("cannot look for cameras: no USB here")


def hang() -> list[FoundCamera]:
    time.sleep(60)
    return []


def crash() -> list[FoundCamera]:
    os.abort()


def answer_of(search: Search) -> list[FoundCamera]:
    while (found := search.poll()) is None:
        time.sleep(0.01)
    return found


def test_the_real_driver_is_asked_in_another_process() -> None:
    assert answer_of(Search(look_for_cameras)) == []


def test_what_is_found_comes_with_what_can_be_set_on_it() -> None:
    found = answer_of(Search(find_two))
    assert [str(camera) for camera in found] == ["DVS128 1", "DAVIS 2"]
    assert found[0].adjustments == (Adjustment("DIFF"),)


@pytest.mark.parametrize(
    ("look", "complaint"),
    [(fail, "no USB here$"), (hang, "USB has not answered within 2 s"), (crash, "broke off$")],
)
def test_a_search_that_comes_to_nothing_is_one_sentence(look, complaint: str) -> None:
    search = Search(look, patience_s=2.0)
    with pytest.raises(SourceError, match=complaint):
        answer_of(search)
    search.close()


def test_every_camera_is_listed_with_its_state() -> None:
    found = [FoundCamera("DVS128", "1", 1, 4), FoundCamera("DAVIS", "2", 1, 5)]
    node = Path("/dev/bus/usb/001")
    present = [
        UsbCamera("152a:8400", node / "004"),
        UsbCamera("152a:841a", node / "005", is_busy=True),
        UsbCamera("152a:8419", node / "006", "DXA7", "DVXplorer", is_blocked=True),
        UsbCamera("04b4:00f3", node / "007", is_blocked=True),
        UsbCamera("04b4:8613", node / "008"),  # may be anything
    ]
    assert listed(found, present) == (
        ListedCamera("DVS128", "1", CameraState.FREE),
        ListedCamera("DAVIS", "2", CameraState.BUSY),
        ListedCamera("DVXplorer", "DXA7", CameraState.BLOCKED),
        ListedCamera("04b4:00f3", "", CameraState.BLOCKED),
    )
    assert listed(found[:1], []) == (ListedCamera("DVS128", "1"),)


@pytest.mark.parametrize("value", ["", "a", "1:2:3", "--1", "1:", "٣", "²", "1.5", " 1"])
def test_no_other_form_of_a_number_is_taken(value: str) -> None:
    with pytest.raises(SourceError, match="expected a whole number, for the bias X"):
        Adjustment("X", (1, 2)).parse(value)
