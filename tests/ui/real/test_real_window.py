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
from tests.ui.real.dragged import TITLE
from tests.ui.real.steps import CLAPPING, GUITAR, draw_region, open_file, perform, seek

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

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
    back_us = desk.tells("offset_us")
    desk.press("period")
    desk.until(lambda: 0 < desk.tells("offset_us") - back_us < 100_000)
    desk.press("shift+a")
    desk.until(lambda: desk.tells("marks") == [None, None])


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


def test_speed_and_region_are_set(sit_down: SitDown) -> None:
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


def test_filters_are_shown_and_switched(sit_down: SitDown) -> None:
    desk = sit_down(str(CLAPPING))
    desk.press("f")
    desk.click("Hot pixels", across=0.05)
    desk.until(lambda: desk.set("filters").get("hot") is True)
    desk.press("f")  # known in both windows
    desk.until(lambda: "Hot pixels" not in desk.tells("places"))
    desk.press("f")
    desk.click("All off")
    desk.until(lambda: not desk.set("filters"))  # what is as it was first is not written


def test_system_theme_and_language_are_chosen_by_keys(sit_down: SitDown) -> None:
    desk = sit_down(str(CLAPPING))
    first = desk.tells("systems")
    desk.press("s")
    desk.until(lambda: desk.tells("popup"))
    desk.press("Down", "Down", "Return")
    desk.until(lambda: desk.set("recognition").get("model"))
    assert desk.tells("systems") != first
    desk.settle()
    desk.choose("v", "t", "l")
    desk.until(lambda: desk.set("display").get("theme") == "light" and desk.tells("light") > 200)
    desk.choose("v", "g", "k")
    desk.until(lambda: desk.set("display").get("language") == "ko")
    desk.press("ctrl+comma")
    desk.until(lambda: desk.tells("active") == "설정")
    desk.press("Escape")
    desk.choose("v", "g", "e")  # the letters are the same
    desk.until(lambda: "Playback" in desk.tells("places"))
    assert desk.set("display")["language"] == "en"


def test_system_theme_and_language_are_chosen_by_mouse(sit_down: SitDown) -> None:
    desk = sit_down(str(CLAPPING))
    desk.click("answer")
    desk.click("SLAYER")
    desk.until(lambda: desk.set("recognition").get("model"))
    desk.click("View")
    desk.click("Theme")
    desk.click("Light")
    desk.until(lambda: desk.set("display").get("theme") == "light" and desk.tells("light") > 200)
    desk.click("File")
    desk.click("Settings")
    find(desk, "display.theme")
    desk.click("Theme")
    desk.click("Dark")
    desk.until(lambda: "theme" not in desk.set("display") and desk.tells("light") < 60)
    find(desk, "display.language")
    desk.click("Language")
    desk.click("한국어")
    desk.until(lambda: "재생" in desk.tells("places") and desk.tells("active") == "설정")
    assert desk.set("display")["language"] == "ko"


def test_a_dropped_recording_plays(sit_down: SitDown, tmp_path: Path) -> None:
    desk = sit_down(str(CLAPPING))
    path = Path(shutil.copy(GUITAR, tmp_path / "strings.aedat4"))
    with desk.beside("tests.ui.real.dragged", str(path)):
        desk.until(lambda: desk.do("search", "--name", TITLE))
        desk.do("mousemove", "20", "20", "mousedown", "1")
        desk.until(lambda: held_over(desk))
        desk.do("mouseup", "1")
        desk.until(lambda: "strings" in desk.title)
    desk.until(lambda: str(path) in desk.set("recent_files"))


def held_over(desk: RealDesk) -> bool:
    """Move what is dragged over the picture; whether the window says what dropping will do."""
    for part in (0.4, 0.6):
        desk.do("mousemove", *desk.point("picture", part, part))
    return desk.tells("veiled")


def find(desk: RealDesk, path: str) -> None:
    """Search for a setting."""
    desk.click("Search the settings")
    desk.press("ctrl+a")
    desk.do("type", "--delay", "20", path)
