"""What the tests let a person do more than once."""

from __future__ import annotations

from pathlib import Path

from tests.ui.real.desk import ROOT, RealDesk

RECORDINGS = ROOT / "assets" / "recordings"
CLAPPING = RECORDINGS / "hand_clapping_7.aedat4"
GUITAR = RECORDINGS / "air_guitar_7.aedat4"


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


def draw_region(desk: RealDesk, start: float = 0.3, end: float = 0.7) -> None:
    """Drag a square with Shift held."""
    desk.do("keydown", "shift")
    drag(desk, *(desk.point("picture", part, part) for part in (start, 0.4, 0.5, 0.6, end)))
    desk.do("keyup", "shift")


def drag(desk: RealDesk, start: tuple[str, str], *way: tuple[str, str]) -> None:
    """Press the mouse at a place, and let it go at the last of others."""
    desk.do("mousemove", *start, "mousedown", "1")
    for place in way:
        desk.do("mousemove", *place)
    desk.do("mouseup", "1")
