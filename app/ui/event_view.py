"""What the camera sees: fading events of both polarities."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget

from app.pipeline.snapshot import Snapshot
from app.settings import DisplaySettings
from app.ui.card import Card
from app.ui.event_canvas import EventCanvas
from app.ui.event_pointer import EventPointer
from app.ui.legend import Legend
from app.ui.logic.fading import EventFader
from app.ui.logic.language import translate
from app.ui.logic.words import BROKEN, short_source_line, waiting_for
from app.ui.palettes import PURE_OFF, PURE_ON, colour_table
from app.ui.theme import DARK, Look


class EventView(Card):
    """Event frames of the source, with a legend of the polarities."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("window", "Events"), parent)
        self._look = DARK
        self._display = DisplaySettings()
        self._fader = EventFader(self._display.fading_ms)
        self.legend = Legend()
        self.header.insertWidget(1, self.legend)
        # Apart from the source's name, which may have to be shortened.
        self.resolution = QLabel()
        self.resolution.setProperty("tone", "muted")
        self.header.addWidget(self.resolution)
        self.canvas = EventCanvas()
        self.pointer = EventPointer(self.canvas)
        self.body.addWidget(self.canvas, 1)

    @property
    def levels(self) -> np.ndarray | None:
        """(2, H, W) float32 faded events that the picture shows."""
        return self._fader.levels

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Fade what is there and add what came."""
        info = snapshot.info
        self.detail.setText(short_source_line(info) if info else "")
        self.resolution.setText(f"{info.resolution}" if info else "")
        broken = snapshot.state in BROKEN
        if snapshot.counts is None or broken:
            self._fader.clear()
            nothing = translate("window", "No events")
            waiting = waiting_for(snapshot.loading) if snapshot.loading else nothing
            self.canvas.show_message(translate("window", "No signal") if broken else waiting)
            return
        self._fader.add(snapshot.counts, snapshot.position_us, snapshot.restarted)
        self.canvas.show_levels(self._fader.levels)
        self.canvas.show_seen(None if snapshot.region is None else QRect(*snapshot.region))

    def set_display(self, display: DisplaySettings) -> None:
        """Take another palette or fading time."""
        self._display = display
        self._fader.fading_ms = display.fading_ms
        self._recolour()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._look = look
        self.canvas.set_look(look)
        self.legend.set_look(look)
        self._recolour()

    def _recolour(self) -> None:
        table = colour_table(self._display.palette, self._look)
        off, on = (int(table[index]) & 0xFFFFFF for index in (PURE_OFF, PURE_ON))
        swatches = (
            ((off, "OFF"), (on, "ON")) if off != on else ((on, translate("window", "OFF or ON")),)
        )
        self.legend.show_entries(tuple((QColor(colour), word) for colour, word in swatches))
        self.canvas.set_colours(table)
