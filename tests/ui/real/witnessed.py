"""The program as it is, with a witness inside that writes down what cannot be seen from outside.

``python -m tests.ui.real.witnessed FILE WORDS …`` is ``main.py WORDS …``; ten times a second FILE
says in JSON where playback is and where things stand on the screen.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

import main
from app.ui import launch
from app.ui.filters.panel import FiltersPanel
from app.ui.main_window import MainWindow

PERIOD_MS = 100


class Witnessed(MainWindow):
    """Tells where it is; does nothing else than the window does."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)
        self._witness = QTimer(self, interval=PERIOD_MS)
        self._witness.timeout.connect(self._tell)
        self._witness.start()

    def _tell(self) -> None:
        Path(f"{FILE}.new").write_text(json.dumps(self._state()))
        os.replace(f"{FILE}.new", FILE)

    def _state(self) -> dict[str, object]:
        player, snapshot = self.player, self.player.snapshot
        info = snapshot.info if snapshot is not None else None
        marks = self.instrument.transport.slider.ground.marks
        tape, active = player.tape, QApplication.activeWindow()
        return {
            "state": snapshot.state.name if snapshot is not None else None,
            "source": info.name if info is not None and player.asked is None else None,
            "decides": bool(snapshot is not None and snapshot.recognition),
            "offset_us": player.offset_us,
            "duration_us": info.duration_us if info is not None else None,
            "marks": [marks.a_us, marks.b_us],
            "region": player.region.region if player.region is not None else None,
            "systems": len(self.systems.chosen),
            "recorded_us": tape.duration_us if tape is not None and not tape.is_over else None,
            "active": active.windowTitle() if active is not None else "",
            "popup": QApplication.activePopupWidget() is not None,
            "places": self._places(),
        }

    def _places(self) -> dict[str, list[int]]:
        instrument = self.instrument
        places = {
            "seek": on_screen(instrument.transport.slider),
            "picture": on_screen(instrument.events.canvas, instrument.events.canvas.picture_rect()),
        }
        for filters in self.findChildren(FiltersPanel):
            if filters.isVisible():
                places["filter"] = on_screen(filters.findChildren(QCheckBox)[0])
        return places


def on_screen(widget: QWidget, part: QRect | None = None) -> list[int]:
    """Left, top, width and height of a widget, or of a part of it, on the screen."""
    part = widget.rect() if part is None else part
    corner = widget.mapToGlobal(QPoint(part.x(), part.y()))
    return [corner.x(), corner.y(), part.width(), part.height()]


if __name__ == "__main__":
    FILE = sys.argv.pop(1)
    launch.MainWindow = Witnessed
    main.main()
