"""Membranes over the last moments: curve, threshold, spikes and refractory times."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QWidget

from app.ui.logic.membrane import NO_LINES, Lines, peaks
from app.ui.theme import BASE_PX, Look

# Qt draws lines of one pixel several times faster than wider ones.
LINE_PX, RESTING_PX = 1, 5
LABELS_APART = 0.2  # of the height
AIR = 1.4  # between times, in their width
LEAST_COLUMNS = 50
TICK_STEPS_S = {0.2: 0.05, 0.5: 0.1, 1.0: 0.2, 2.0: 0.5}


class SpanPlot(pg.PlotWidget):
    """An empty plot over the last ``span_s`` seconds; the lowest of several shows the times."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends: tuple[float, ...] = (0.0, 0.0)
        self._label_font, self._label_px = QFont(), BASE_PX
        self._span_s = 1.0
        self.times: tuple[tuple[float, str], ...] = ()
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(False, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(self.Shape.NoFrame)
        for side in ("left", "bottom"):
            self.getAxis(side).setStyle(tickLength=0, hideOverlappingLabels=False, tickTextOffset=5)
        self.getViewBox().sigResized.connect(lambda _: self._show_times())

    def show_span(self, span_s: float) -> None:
        """Show so much of the past."""
        self._span_s = span_s
        self.setXRange(-span_s, 0, padding=0)
        self._show_times()

    def _show_times(self) -> None:
        """Label the times, every other one where they would run into each other."""
        times = self._times_every(TICK_STEPS_S[self._span_s])
        metrics = QFontMetrics(self._label_font)
        widest = max(metrics.horizontalAdvance(text) for _, text in times)
        if self.getViewBox().width() < len(times) * widest * AIR:
            times = self._times_every(2 * TICK_STEPS_S[self._span_s])
        if times != self.times:
            self.times = times
            self.getAxis("bottom").setTicks([times])

    def _times_every(self, step_s: float) -> tuple[tuple[float, str], ...]:
        places = (-step_s * count for count in range(int(self._span_s / step_s + 0.01) + 1))
        return tuple((at, f"−{-at:g} s" if at else "0") for at in places)

    def show_ends(self, low: float, top: float, marks: tuple[float, ...]) -> None:
        """Let the axis go from ``low`` to ``top`` and label the ``marks`` that have room."""
        marks = self._with_room(low, top, marks)
        if (low, top, *marks) != self._ends:
            self._ends = (low, top, *marks)
            self.setYRange(low, top, padding=0.02)
            self.getAxis("left").setTicks([[(mark, f"{mark:g}") for mark in marks]])

    def _with_room(self, low: float, top: float, marks: tuple[float, ...]) -> tuple[float, ...]:
        """The marks, or in a low row that nearest to zero, where labels would lie on each other."""
        apart = self.getViewBox().height() * (max(marks) - min(marks)) / (top - low)
        return marks if apart >= self._label_px else (min(marks, key=abs),)

    def set_look(self, look: Look) -> None:
        """Take the theme's colours and sizes."""
        self.setBackground(look.card)
        font = self._label_font = look.font(0.8)
        self._label_px = font.pixelSize()
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(look.border))
            axis.setTextPen(look.muted)
            axis.setTickFont(font)
        self.getAxis("left").setWidth(look.px(38))
        self.getAxis("bottom").setHeight(look.px(17))
        # Room for half a label at either end, in a low row, too.
        self.getPlotItem().setContentsMargins(0, look.px(4), look.px(14), look.px(5))
        self.setMinimumSize(look.px(160), look.px(44))
        self._show_times()


class MembranePlot(SpanPlot):
    """One membrane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.resting = pg.PlotCurveItem(connect="pairs")
        self.threshold = pg.PlotCurveItem()
        self.v = pg.PlotCurveItem(antialias=True)
        self.spikes = pg.PlotCurveItem(connect="pairs")
        for item in (self.resting, self.threshold, self.v, self.spikes):
            self.addItem(item)

    def show_lines(self, lines: Lines) -> None:
        """Draw a membrane with all that belongs to it."""
        columns = max(LEAST_COLUMNS, round(self.getViewBox().width()))
        self.v.setData(*peaks(lines.times, lines.v, columns))
        self.spikes.setData(*lines.spikes)
        self.resting.setData(*lines.resting)
        self.threshold.setData(*(lines.threshold or NO_LINES))
        theta = 100.0 if lines.threshold is None else float(lines.threshold[1][-1:].max(initial=0))
        apart = abs(theta) > LABELS_APART * (lines.top - lines.low)
        self.show_ends(lines.low, lines.top, (0.0, theta) if apart else (lines.low, 0.0))

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.v.setPen(pg.mkPen(look.accent, width=LINE_PX))
        self.spikes.setPen(pg.mkPen(look.on, width=LINE_PX))
        dashed = pg.mkPen(look.muted, width=1, style=Qt.PenStyle.DashLine)
        self.threshold.setPen(dashed)
        thick = RESTING_PX * self.devicePixelRatioF()  # pens reckon in pixels of the screen
        self.resting.setPen(pg.mkPen(look.off, width=thick, cosmetic=True))


class InputPlot(SpanPlot):
    """What comes in, a bar for each tick."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars = pg.PlotCurveItem(connect="pairs")
        self.zero = pg.InfiniteLine(0, angle=0)
        for item in (self.zero, self.bars):
            self.addItem(item)

    def show_charge(self, times: np.ndarray, charge: np.ndarray) -> None:
        """Draw ``charge`` (T,) at ``times`` (T,); the axis ends at a power of two."""
        bars = charge != 0
        y = np.stack([np.zeros(int(bars.sum())), charge[bars]], 1).ravel()
        self.bars.setData(np.repeat(times[bars], 2), y)
        top = _power_of_two(float(charge.max(initial=0.0)))
        least = float(charge.min(initial=0.0))
        low = -_power_of_two(-least) if least < 0 else 0.0
        self.show_ends(low, top, (low, top) if low else (0.0, top))

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.bars.setPen(pg.mkPen(look.figure, width=1))
        self.zero.setPen(pg.mkPen(look.border))


def _power_of_two(value: float) -> float:
    """The power of two at or above ``value``, from 1/64 on."""
    top = 2.0**-6
    while top < value:
        top *= 2
    return top
