"""What the mouse does on the event picture: point, draw a region, zoom, move, see everything again.

A click points. With Shift, or once ``drawing`` is set, a drag draws a square, which is what the
networks see from then on; once somebody else has asked to ``draw``, it draws a rectangle for them.
The wheel zooms around the mouse; the middle button moves what is seen,
and so does a drag in a zoomed picture. A double click shows the whole picture again, or lets the
networks see everything again if it is whole.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from app.ui.event_canvas import EventCanvas
from app.ui.logic.viewport import Viewport

# Shorter drags are clicks that slipped.
LEAST_SIDE = 8
# A step of the wheel, of which 8 are larger pixels by 6 times.
ZOOM_STEP = 1.25
NOTCH = 120

Taken = Callable[[QRect | None], object]


class EventPointer(QObject):
    """Watches the mouse on ``canvas``; all places are in sensor pixels.

    ``hovered`` carries the pixel under the mouse, or none.
    """

    pointed = Signal(QPoint)
    hovered = Signal(object)
    region_drawn = Signal(QRect)
    everything_wished = Signal()
    drawing_changed = Signal(bool)

    def __init__(self, canvas: EventCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._drawing = False
        self._taken: Taken | None = None  # who else has asked for the next drag
        self._from: QPoint | None = None
        self._pressed: QPointF | None = None  # where a click or a move began
        self._moves: Viewport | None = None  # what was seen when a move began
        canvas.setMouseTracking(True)
        canvas.installEventFilter(self)

    def draw(self, taken: Taken | None) -> None:
        """Let ``taken`` have the rectangle that the next drag draws, or none if it was too short.

        None takes the wish back.
        """
        self.drawing = False
        self._taken = taken
        self._show_cursor()

    @property
    def drawing(self) -> bool:
        """Whether the next drag draws a region, with Shift or without."""
        return self._drawing

    @drawing.setter
    def drawing(self, drawing: bool) -> None:
        if drawing != self._drawing:
            self._drawing = drawing
            self._taken = None
            self._show_cursor()
            self.drawing_changed.emit(drawing)

    def zoom(self, steps: float, at: QPointF | None = None) -> None:
        """So many steps of the wheel closer, around a point of the canvas or around the middle."""
        seen = self._canvas.viewport
        if seen is None:
            return
        place = self._canvas.place_at(at or self._canvas.picture_rect().center().toPointF())
        if place is not None:
            self._canvas.look_at(seen.zoomed(ZOOM_STEP**steps, place.x(), place.y()))

    def reset(self) -> None:
        """See the whole picture."""
        pixels = self._canvas.pixels
        if not pixels.isEmpty():
            self._canvas.look_at(Viewport.whole(pixels.width(), pixels.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent):
            self.zoom(event.angleDelta().y() / NOTCH, event.position())
            return True
        if event.type() is QEvent.Type.Leave:
            self.hovered.emit(None)
        if not isinstance(event, QMouseEvent):
            return False
        pixel = self._canvas.pixel_at(event.position().toPoint())
        match event.type():
            case QEvent.Type.MouseButtonPress if pixel is not None:
                return self._press(pixel, event)
            case QEvent.Type.MouseMove:
                self._move(pixel, event)
            case QEvent.Type.MouseButtonRelease if self._from is not None:
                self._release(pixel)
            case QEvent.Type.MouseButtonRelease:
                self._let_go(pixel)
            case QEvent.Type.MouseButtonDblClick if event.button() is Qt.MouseButton.LeftButton:
                self._double_click()
            case _:
                return False
        return True

    def _press(self, pixel: QPoint, event: QMouseEvent) -> bool:
        left, middle = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        draws = self._drawing or self._taken is not None or shift
        if event.button() is left and draws:
            self._from = pixel
        elif event.button() is left:
            self._pressed = event.position()
        elif event.button() is middle:
            self._pressed, self._moves = event.position(), self._canvas.viewport
            self._show_cursor()
        return event.button() in (left, middle)

    def _move(self, pixel: QPoint | None, event: QMouseEvent) -> None:
        self.hovered.emit(pixel)
        if self._from is not None and pixel is not None:
            self._canvas.show_drawn(self._opened(self._from, pixel))
        if self._pressed is None:
            return
        way = event.position() - self._pressed
        seen = self._canvas.viewport
        far = way.manhattanLength() >= QApplication.startDragDistance()
        if self._moves is None and far and seen is not None and not seen.is_whole:
            self._moves = seen
            self._show_cursor()
        if self._moves is not None:
            per_pixel = self._moves.width / self._canvas.picture_rect().width()
            self._canvas.look_at(self._moves.moved(-way.x() * per_pixel, -way.y() * per_pixel))

    def _let_go(self, pixel: QPoint | None) -> None:
        clicked = self._pressed is not None and self._moves is None
        self._pressed = self._moves = None
        self._show_cursor()
        if clicked and pixel is not None:
            self.pointed.emit(pixel)

    def _double_click(self) -> None:
        if self._canvas.viewport is not None and not self._canvas.viewport.is_whole:
            self.reset()
        else:
            self.everything_wished.emit()

    def _show_cursor(self) -> None:
        draws = self._drawing or self._taken is not None
        shape = Qt.CursorShape.CrossCursor if draws else Qt.CursorShape.ArrowCursor
        moving = Qt.CursorShape.ClosedHandCursor
        self._canvas.setCursor(shape if self._moves is None else moving)

    def _release(self, pixel: QPoint | None) -> None:
        drawn = self._canvas.drawn if pixel is None else None
        if pixel is not None and self._from is not None:
            drawn = self._opened(self._from, pixel)
        taken, self._from = self._taken, None
        self._canvas.show_drawn(None)
        self.draw(None)
        if drawn is not None and min(drawn.width(), drawn.height()) < LEAST_SIDE:
            drawn = None
        if taken is not None:
            taken(drawn)
        elif drawn is not None:
            self.region_drawn.emit(drawn)

    def _opened(self, start: QPoint, end: QPoint) -> QRect:
        if self._taken is not None:
            return rectangle(start, end)
        return square(start, end, self._canvas.pixels)


def rectangle(start: QPoint, end: QPoint) -> QRect:
    """The rectangle with these two opposite corners, both inside."""
    first = QPoint(min(start.x(), end.x()), min(start.y(), end.y()))
    return QRect(first, QPoint(max(start.x(), end.x()), max(start.y(), end.y())))


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
