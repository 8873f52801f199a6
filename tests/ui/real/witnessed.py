"""The program as it is, with a witness inside that writes down what cannot be seen from outside.

``python -m tests.ui.real.witnessed FILE WORDS …`` is ``main.py WORDS …``; some times a second FILE
says in JSON where playback is and where things stand on the screen, each by its words.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QMenu,
    QMenuBar,
    QWidget,
)

import main
from app.ui import launch
from app.ui.drop_zone import DropZone
from app.ui.logic.words import without_key
from app.ui.main_window import MainWindow

PERIOD_MS = 200


class Witnessed(MainWindow):
    """Tells where it is; does nothing else than the window does."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)
        self._looks = 0
        # Not a child of the window, which is built anew for another language.
        self._witness = QTimer(QApplication.instance(), interval=PERIOD_MS)
        self._witness.timeout.connect(self._tell)
        self._witness.start()

    def _tell(self) -> None:
        self._looks += 1
        Path(f"{FILE}.new").write_text(json.dumps(self._state()))
        os.replace(f"{FILE}.new", FILE)

    def _state(self) -> dict[str, object]:
        player, snapshot = self.player, self.player.snapshot
        info = snapshot.info if snapshot is not None else None
        reading = snapshot.reading if snapshot is not None else None
        marks = self.instrument.transport.slider.ground.marks
        tape, active = player.tape, QApplication.activeWindow()
        return {
            "looks": self._looks,
            "state": snapshot.state.name if snapshot is not None else None,
            "source": info.name if info is not None and player.asked is None else None,
            "decides": bool(snapshot is not None and snapshot.recognition),
            "classes": list(reading.spec.classes) if reading is not None else [],
            "events": snapshot.stats.events if snapshot is not None else 0,
            "offset_us": player.offset_us,
            "duration_us": info.duration_us if info is not None else None,
            "marks": [marks.a_us, marks.b_us],
            "region": player.region.region if player.region is not None else None,
            "systems": [system.path.stem for system in self.systems.chosen],
            "recorded_us": tape.duration_us if tape is not None and not tape.is_over else None,
            "active": active.windowTitle() if active is not None else "",
            "popup": QApplication.activePopupWidget() is not None,
            "banner": self.banner.sentence,
            "veiled": self.findChild(DropZone).isVisible(),
            "light": self._lightness(),
            "places": self._places(),
        }

    def _lightness(self) -> int:
        """How light the edge of the window is on the screen, 0 to 255."""
        corner = self.mapToGlobal(QPoint(2, self.height() // 2))
        seen = self.screen().grabWindow(0, corner.x(), corner.y(), 1, 1)
        return seen.toImage().pixelColor(0, 0).lightness()

    def _places(self) -> dict[str, list[int]]:
        canvas = self.instrument.events.canvas
        places = {
            "seek": on_screen(self.instrument.transport.slider),
            "picture": on_screen(canvas, canvas.picture_rect()),
            "answer": on_screen(self.instrument.first.chooser),
        }
        for widget in QApplication.allWidgets():
            if widget.isVisible() and widget.isEnabled() and not widget.visibleRegion().isEmpty():
                places |= {words: on_screen(widget, part) for words, part in named(widget)}
        return places


def named(widget: QWidget) -> Iterator[tuple[str, QRect]]:
    """What can be clicked of a widget, each by its words, and where it is in it."""
    seen = widget.visibleRegion().boundingRect()
    match widget:
        case QMenu() | QMenuBar():
            for action in widget.actions():
                if action.isEnabled() and action.text():
                    yield without_key(action.text()).split("\t")[0], widget.actionGeometry(action)
        case QAbstractButton():
            yield widget.accessibleName() or without_key(widget.text()), seen
        case QComboBox() | QLineEdit():
            yield widget.accessibleName(), seen
        case QListView():
            rows = (widget.model().index(row, 0) for row in range(widget.model().rowCount()))
            yield from ((row.data(), widget.visualRect(row)) for row in rows)


def on_screen(widget: QWidget, part: QRect | None = None) -> list[int]:
    """Left, top, width and height of a widget, or of a part of it, on the screen."""
    part = widget.rect() if part is None else part
    corner = widget.mapToGlobal(QPoint(part.x(), part.y()))
    return [corner.x(), corner.y(), part.width(), part.height()]


if __name__ == "__main__":
    FILE = sys.argv.pop(1)
    launch.MainWindow = Witnessed
    main.main()
