"""The camera's picture: fading events of both polarities, pixels kept square and crisp."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.pipeline.snapshot import Snapshot
from app.settings import DisplaySettings
from app.ui.card import Card
from app.ui.fading import EventFader
from app.ui.palettes import PURE_OFF, PURE_ON, colour_levels, colour_table
from app.ui.theme import DARK, Look
from app.ui.words import BROKEN, waiting_for

# A whole multiple keeps every pixel equally large; below this part of the place it is too small.
WHOLE_MULTIPLE_FILLS = 0.9


def picture_size(image: QSize, place: QSize) -> QSize:
    """The size in device pixels at which ``image`` is drawn inside ``place``, aspect kept."""
    scale = min(place.width() / image.width(), place.height() / image.height())
    if int(scale) >= WHOLE_MULTIPLE_FILLS * scale:
        scale = int(scale)
    return QSize(max(1, int(image.width() * scale)), max(1, int(image.height() * scale)))


class EventCanvas(QWidget):
    """Draws one image, or a sentence where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self.message = ""
        self._pixels: np.ndarray | None = None
        self._look = DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Event picture")

    def set_look(self, look: Look) -> None:
        self._look = look
        self.update()

    def show_pixels(self, pixels: np.ndarray) -> None:
        """Draw (H, W) uint32 0xffRRGGBB; the array must not be written again."""
        height, width = pixels.shape
        self._pixels = pixels  # QImage only borrows the memory
        self.image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self.message = ""
        self.update()

    def show_message(self, message: str) -> None:
        """Remove the picture and say why there is none."""
        if self.image is None and message == self.message:
            return
        self.image = self._pixels = None
        self.message = message
        self.update()

    def picture_rect(self) -> QRect:
        """Where the picture stands, in this widget's coordinates."""
        if self.image is None:
            return QRect()
        ratio = self.devicePixelRatioF()
        frame = QSize(2, 2)
        size = picture_size(self.image.size(), (self.size() - frame) * ratio) / ratio
        return QRect(
            (self.width() - size.width()) // 2,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

    # Qt's own methods

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.image is None:
            painter.setFont(self._look.font(1.15))
            painter.setPen(QColor(self._look.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, self.message)
            return
        place = self.picture_rect()
        shrunk = place.width() * self.devicePixelRatioF() < self.image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrunk)
        painter.drawImage(place, self.image)
        painter.setPen(QColor(self._look.border))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))


class EventView(Card):
    """Event frames of the source, with a legend of the polarities."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Events", parent)
        self._look = DARK
        self._display = DisplaySettings()
        self._fader = EventFader(self._display.fading_ms)
        self._table = colour_table(self._display.palette, self._look)
        self._legend = QLabel()
        self.header.insertWidget(1, self._legend)
        self.canvas = EventCanvas()
        self.body.addWidget(self.canvas, 1)

    @property
    def levels(self) -> np.ndarray | None:
        """(2, H, W) float32 faded events that the picture shows."""
        return self._fader.levels

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Fade what is there and add what came."""
        if snapshot.info is not None:
            self.detail.setText(f"{snapshot.info.name}  ·  {snapshot.info.resolution}")
        broken = snapshot.state in BROKEN
        if snapshot.counts is None or broken:
            self._fader.clear()
            waiting = waiting_for(snapshot.loading) if snapshot.loading else "No events"
            self.canvas.show_message("No signal" if broken else waiting)
            return
        self._fader.add(snapshot.counts, snapshot.position_us, snapshot.restarted)
        self.canvas.show_pixels(colour_levels(self._fader.levels, self._table))

    def set_display(self, display: DisplaySettings) -> None:
        """Take another palette or fading time."""
        self._display = display
        self._fader.fading_ms = display.fading_ms
        self._recolour()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._look = look
        self.canvas.set_look(look)
        self._recolour()

    def _recolour(self) -> None:
        self._table = colour_table(self._display.palette, self._look)
        off, on = (int(self._table[index]) & 0xFFFFFF for index in (PURE_OFF, PURE_ON))
        swatches = ((off, "OFF"), (on, "ON")) if off != on else ((on, "OFF or ON"),)
        self._legend.setText(
            "&emsp;".join(
                f'<span style="color:#{colour:06x}">■</span>&nbsp;{word}'
                for colour, word in swatches
            )
        )
        if self._fader.levels is not None:
            self.canvas.show_pixels(colour_levels(self._fader.levels, self._table))
