"""The real window does what keys and the mouse ask; seen in files, titles and by a witness."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.real.desk import ROOT, RealDesk

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

RECORDINGS = ROOT / "assets" / "recordings"
CLAPPING = RECORDINGS / "hand_clapping_7.aedat4"
GUITAR = RECORDINGS / "air_guitar_7.aedat4"
SitDown = Callable[..., RealDesk]


def test_a_recording_is_opened_sought_marked_and_stepped(sit_down: SitDown, tmp_path: Path) -> None:
    desk = sit_down(str(CLAPPING))
    assert "Hand clapping" in desk.title
    open_file(desk, Path(shutil.copy(GUITAR, tmp_path / "strings.aedat4")))
    desk.press("space")
    desk.until(lambda: desk.tells("state") == "PAUSED")
    seek(desk, 0.3)
    desk.press("a")
    seek(desk, 0.6)
    desk.press("b")
    desk.until(lambda: None not in desk.tells("marks"))
    a_us, b_us = desk.tells("marks")
    length_us = desk.tells("duration_us")
    assert a_us == pytest.approx(0.3 * length_us, abs=0.03 * length_us)
    assert b_us == pytest.approx(0.6 * length_us, abs=0.03 * length_us)
    before_us = desk.tells("offset_us")
    desk.press("comma")
    desk.until(lambda: 0 < before_us - desk.tells("offset_us") < 100_000)
    desk.press("shift+a")
    desk.until(lambda: desk.tells("marks") == [None, None])


def test_speed_and_region_are_set_and_filters_shown(sit_down: SitDown) -> None:
    desk = sit_down(str(CLAPPING))
    desk.press("bracketleft")
    desk.until(lambda: desk.set("playback").get("speed", 1) < 1)
    desk.press("bracketright", "bracketright")
    desk.until(lambda: desk.set("playback").get("speed", 1) > 1)
    draw_region(desk)
    desk.until(lambda: desk.tells("region") is not None)
    _, _, width, height = desk.tells("region")
    assert width == height > 16
    desk.press("shift+g")
    desk.until(lambda: desk.tells("region") is None)
    desk.press("f")
    desk.until(lambda: "filter" in desk.tells("places"))
    desk.press("f")
    desk.until(lambda: "filter" not in desk.tells("places"))


def test_what_is_live_is_recorded_and_played(sit_down: SitDown, tmp_path: Path) -> None:
    desk, target = sit_down(str(CLAPPING)), tmp_path / "mine.aedat4"
    perform(desk)
    desk.press("ctrl+r")
    desk.answer("Record", str(target))
    desk.until(lambda: (desk.tells("recorded_us") or 0) > 1_000_000)
    desk.press("ctrl+r")
    desk.until(target.exists)
    open_file(desk, target)
    desk.until(lambda: str(target) in desk.set("recent_files"))
    command = [sys.executable, "main.py", "recognize", str(target), "--json"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert json.loads(said.splitlines()[-1])


def open_file(desk: RealDesk, path: Path) -> None:
    """Open a file by its typed path, and wait until it plays."""
    desk.press("ctrl+o")
    desk.answer("Open recording", str(path))
    desk.until(lambda: path.stem in desk.title)


def perform(desk: RealDesk) -> None:
    """Let the synthetic person do all gestures, which is live."""
    desk.choose("f", "m", "a")
    desk.until(lambda: desk.tells("source") and desk.tells("duration_us") is None)
    desk.settle()


def seek(desk: RealDesk, part: float) -> None:
    """Click on the seek bar, and wait until playback is there."""
    desk.click("seek", part)
    length_us = desk.tells("duration_us")
    desk.until(lambda: abs(desk.tells("offset_us") - part * length_us) < 0.05 * length_us)


def draw_region(desk: RealDesk) -> None:
    """Drag a square with Shift held."""
    start, end = desk.point("picture", 0.3, 0.3), desk.point("picture", 0.7, 0.7)
    desk.do("keydown", "shift", "mousemove", *start, "mousedown", "1")
    for part in (0.4, 0.5, 0.6):
        desk.do("mousemove", *desk.point("picture", part, part))
    desk.do("mousemove", *end, "mouseup", "1", "keyup", "shift")
