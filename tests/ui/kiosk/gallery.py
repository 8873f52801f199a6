"""Pictures of every state of the booth, to be looked at as a stranger three metres away.

    python -m tests.ui.kiosk.gallery --out DIR [--sizes 800x480,1920x1080] [--languages en,ko]

writes one PNG for each state, size and language, and a contact sheet for each size and language.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from app.booth.pin import hash_pin
from app.booth.pin_gate import PinGate
from app.settings import KioskSettings
from app.ui.kiosk.pages import KioskPages
from app.ui.kiosk.pin_page import PinPage
from app.ui.launch import make_application
from tests.ui.kiosk.scenes import SCENES, STEP_US, UNSEEN, Steps, recordings, seen

SIZES = "800x480,1280x720,1080x1920,1920x1080,3840x2160"
BEGIN_S, STEPS = 1000.0, 20
THUMB_PX, COLUMNS = 640, 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--languages", default="en,ko")
    parser.add_argument("--states", default=",".join([*SCENES, "pin"]))
    options = parser.parse_args()
    make_application()
    options.out.mkdir(parents=True, exist_ok=True)
    played = recordings()
    for language in options.languages.split(","):
        clock = Clock()
        pages = KioskPages(KioskSettings(language=language), Steps(played), clock)
        for size in options.sizes.split(","):
            width, height = map(int, size.split("x"))
            shots = []
            for state in options.states.split(","):
                widget = pin_page() if state == "pin" else posed(pages, clock, state, played)
                shot = picture_of(widget, QSize(width, height))
                shot.save(str(options.out / f"{state}_{size}_{language}.png"))
                shots.append(shot)
            sheet(shots).save(str(options.out / f"sheet_{size}_{language}.png"))


class Clock:
    """Stands still until it is set."""

    now_s = BEGIN_S

    def __call__(self) -> float:
        return self.now_s


def posed(pages: KioskPages, clock: Clock, state: str, played: dict) -> KioskPages:
    """The pages in one state, after a moment of playing."""
    scene = SCENES[state]
    performance = played.get(scene.gesture or "other_gestures")
    for step in range(STEPS):
        clock.now_s = BEGIN_S + (step + 1) * STEP_US / 1e6
        snapshot = None if state in UNSEEN else seen(performance, scene.gesture, step)
        pages.show_scene(scene, snapshot)
    return pages


def pin_page() -> PinPage:
    return PinPage(PinGate(hash_pin("2468")))


def picture_of(widget: QWidget, size: QSize) -> QPixmap:
    widget.setFixedSize(size)
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.show()
    if isinstance(widget, PinPage):
        for digit in "13":
            widget.take(digit)
    QApplication.processEvents()
    return widget.grab()


def sheet(shots: list[QPixmap]) -> QPixmap:
    """All shots, small, beside each other."""
    small = [shot.scaledToWidth(THUMB_PX, Qt.TransformationMode.SmoothTransformation)
             for shot in shots]  # fmt: skip
    height = small[0].height()
    page = QPixmap(COLUMNS * (THUMB_PX + 8), -(-len(small) // COLUMNS) * (height + 8))
    page.fill(Qt.GlobalColor.darkGray)
    painter = QPainter(page)
    for number, shot in enumerate(small):
        row, column = divmod(number, COLUMNS)
        painter.drawPixmap(QRect(column * (THUMB_PX + 8), row * (height + 8), THUMB_PX, height),
                           shot)  # fmt: skip
    painter.end()
    return page


if __name__ == "__main__":
    main()
