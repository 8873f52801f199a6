"""What the mouse does on the event picture: point at pixels, draw a region, see everything again.

A click points. With Shift, or once ``drawing`` is set, a drag draws a square, which is what the
networks see from then on; a double click lets them see everything again.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent

from app.ui.event_canvas import EventCanvas

# Shorter drags are clicks that slipped.
LEAST_SIDE = 8


class EventPointer(QObject):
    """Watches the mouse on ``canvas``; all places are in sensor pixels."""

    pointed = Signal(QPoint)
    region_drawn = Signal(QRect)
    everything_wished = Signal()
    drawing_changed = Signal(bool)

    def __init__(self, canvas: EventCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._drawing = False
        self._from: QPoint | None = None
        canvas.installEventFilter(self)

    @property
    def drawing(self) -> bool:
        """Whether the next drag draws a region, with Shift or without."""
        return self._drawing

    @drawing.setter
    def drawing(self, drawing: bool) -> None:
        if drawing != self._drawing:
            self._drawing = drawing
            shape = Qt.CursorShape.CrossCursor if drawing else Qt.CursorShape.ArrowCursor
            self._canvas.setCursor(shape)
            self.drawing_changed.emit(drawing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        pixel = self._canvas.pixel_at(event.position().toPoint())
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() is Qt.MouseButton.LeftButton:
                self._press(pixel, event)
            case QEvent.Type.MouseMove if self._from is not None and pixel is not None:
                self._canvas.show_drawn(square(self._from, pixel, self._canvas.pixels))
            case QEvent.Type.MouseButtonRelease if self._from is not None:
                self._release(pixel)
            case QEvent.Type.MouseButtonDblClick:
                self.everything_wished.emit()
            case _:
                return False
        return True

    def _press(self, pixel: QPoint | None, event: QMouseEvent) -> None:
        if pixel is None:
            return
        if self._drawing or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._from = pixel
        else:
            self.pointed.emit(pixel)

    def _release(self, pixel: QPoint | None) -> None:
        drawn = self._canvas.drawn if pixel is None else None
        if pixel is not None and self._from is not None:
            drawn = square(self._from, pixel, self._canvas.pixels)
        self._from = None
        self._canvas.show_drawn(None)
        self.drawing = False
        if drawn is not None and drawn.width() >= LEAST_SIDE:
            self.region_drawn.emit(drawn)


def square(start: QPoint, end: QPoint, pixels: QRect) -> QRect:
    """The square with a corner at ``start`` that a drag to ``end`` opens, inside ``pixels``."""
    across, down = end.x() - start.x(), end.y() - start.y()
    right, below = across >= 0, down >= 0
    room = (
        pixels.width() - start.x() if right else start.x() + 1,
        pixels.height() - start.y() if below else start.y() + 1,
    )
    side = min(max(abs(across), abs(down)) + 1, *room)
    left = start.x() if right else start.x() - side + 1
    top = start.y() if below else start.y() - side + 1
    return QRect(left, top, side, side)
