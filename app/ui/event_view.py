"""What the camera sees: events of both polarities, in the kind of picture that is wished."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget

from app.pipeline.snapshot import Snapshot
from app.settings import DisplaySettings
from app.ui.card import Card
from app.ui.event_canvas import EventCanvas
from app.ui.event_pointer import EventPointer
from app.ui.legend import Legend
from app.ui.logic.accumulation import Accumulation
from app.ui.logic.language import translate
from app.ui.logic.picture_words import corner_lines, legend_note, pixel_parts
from app.ui.logic.words import BROKEN, short_source_line, waiting_for
from app.ui.pace import Pace
from app.ui.palettes import PURE_OFF, PURE_ON, colour_table
from app.ui.theme import DARK, Look


class EventView(Card):
    """Event frames of the source, with a legend of the polarities."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("window", "Events"), parent)
        self._look = DARK
        self._display = DisplaySettings()
        self.accumulation = Accumulation(self._display)
        self._source = ""
        self._hovered: QPoint | None = None
        self._corner_pace, self._reading_pace = Pace(), Pace()
        self.legend = Legend()
        self.header.insertWidget(1, self.legend)
        # Apart from the source's name, which may have to be shortened.
        self.resolution = QLabel()
        self.resolution.setProperty("tone", "muted")
        self.header.addWidget(self.resolution)
        self.canvas = EventCanvas()
        self.pointer = EventPointer(self.canvas)
        self.pointer.hovered.connect(self._hover)
        self.pointer.drawing_changed.connect(self._show_source)
        self.body.addWidget(self.canvas, 1)

    @property
    def display(self) -> DisplaySettings:
        """How events become a picture, and what is written into it."""
        return self._display

    @property
    def look(self) -> Look:
        return self._look

    @property
    def levels(self) -> np.ndarray | None:
        """(2, H, W) float32 events that the picture shows."""
        return self.accumulation.levels

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Add what came to what is there."""
        info = snapshot.info
        self._source = short_source_line(info) if info else ""
        self._show_source()
        self.resolution.setText(f"{info.resolution}" if info else "")
        broken = snapshot.state in BROKEN
        if snapshot.counts is None or broken:
            self.accumulation.clear()
            nothing = translate("window", "No events")
            waiting = waiting_for(snapshot.loading) if snapshot.loading else nothing
            self.canvas.show_message(translate("window", "No signal") if broken else waiting)
            return
        if self.accumulation.is_new(snapshot.counts, snapshot.position_us, snapshot.restarted):
            self.accumulation.add(
                snapshot.counts, snapshot.events, snapshot.position_us, snapshot.restarted
            )
            self._show_levels()
        self.canvas.show_seen(None if snapshot.region is None else QRect(*snapshot.region))
        self._show_words(snapshot)

    def _show_source(self) -> None:
        """Its name, or what is to be done while a region is to be drawn."""
        drag = translate("window", "Drag over the picture")
        self.detail.setText(drag if self.pointer.drawing else self._source)

    def _show_levels(self) -> None:
        if self.accumulation.levels is not None:
            self.canvas.show_levels(self.accumulation.levels)

    def _show_words(self, snapshot: Snapshot) -> None:
        if not self._display.overlay:
            self.canvas.show_corner(())
        elif self._corner_pace.due(now=not self.canvas.corner):
            self.canvas.show_corner(corner_lines(snapshot))
        if self._hovered is not None and self._reading_pace.due():
            self._read(self._hovered)

    def _hover(self, pixel: QPoint | None) -> None:
        if pixel == self._hovered:
            return
        self._hovered = pixel
        if pixel is None:
            self.canvas.show_reading((), QPoint())
        else:
            self._read(pixel)

    def _read(self, pixel: QPoint) -> None:
        """Say what the pixel under the mouse did; another sensor may no longer have it."""
        accumulation, x, y = self.accumulation, pixel.x(), pixel.y()
        if accumulation.position_us is None or not self.canvas.pixels.contains(pixel):
            self.canvas.show_reading((), QPoint())
            return
        reading = accumulation.recent.at_pixel(x, y, accumulation.position_us)
        self.canvas.show_reading(pixel_parts(x, y, reading), pixel)

    def set_display(self, display: DisplaySettings) -> None:
        """Take another palette or another kind of picture."""
        self._display = display
        self.accumulation.set_display(display)
        self._show_levels()
        if not display.overlay:
            self.canvas.show_corner(())
        self._recolour()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._look = look
        self.canvas.set_look(look)
        self.legend.set_look(look)
        self._recolour()

    def _recolour(self) -> None:
        even = self._display.accumulation == "surface"
        table = colour_table(self._display.palette, self._look, even=even)
        off, on = (int(table[index]) & 0xFFFFFF for index in (PURE_OFF, PURE_ON))
        swatches = (
            ((off, "OFF"), (on, "ON")) if off != on else ((on, translate("window", "OFF or ON")),)
        )
        entries = tuple((QColor(colour), word) for colour, word in swatches)
        note = "" if self._look.compact else legend_note(self._display)
        self.legend.show_entries(entries, note)
        self.canvas.set_colours(table)
