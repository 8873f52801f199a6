"""Curves over the last seconds, made once and handed new data; says which time the mouse is at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from app.ui.logic.rate_history import BINS
from app.ui.logic.rate_scale import BIN_S, WINDOW_S, Scale, scale_for, time_ticks
from app.ui.theme import Look

# The middle of every bin, in seconds before now.
TIMES_S = (np.arange(BINS) + 0.5) * BIN_S - WINDOW_S
CURVE_PX = 1.6  # and as thick where a pixel is made of several: pens reckon in those


class RatePlot(pg.PlotWidget):
    """``curves`` share an axis that ends at ``least_top`` at least, labelled in ``unit``.

    ``pointed`` carries the time under the mouse, in seconds before now, or none when it leaves.
    """

    pointed = Signal(object)

    def __init__(
        self, curves: int, least_top: float, unit: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._least_top = least_top
        self._unit = unit
        self.span = 0.0
        self.scale_shown = Scale(0.0, 0.0)
        self.curves = [pg.PlotCurveItem(connect="finite", antialias=True) for _ in range(curves)]
        self.mark = pg.InfiniteLine()
        for item in (*self.curves, self.mark):
            self.addItem(item)
        self.mark.hide()
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(False, False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(self.Shape.NoFrame)
        for side in ("left", "bottom"):
            self.getAxis(side).setStyle(tickLength=0, hideOverlappingLabels=False, tickTextOffset=5)
        self._set_scale(Scale(0.0, least_top))

    def show_curves(self, values: Sequence[np.ndarray | None], span: float) -> None:
        """Draw (BINS,) ``values``, one a curve, over the last ``span`` seconds; none hides one."""
        known = [each for each in values if each is not None]
        self._set_scale(scale_for(known, self._least_top, self.scale_shown))
        self._set_span(span)
        for curve, each in zip(self.curves, values, strict=True):
            curve.setVisible(each is not None)
            if each is not None:
                curve.setData(TIMES_S, self.scale_shown.places(each))

    def mark_time(self, at_s: float | None) -> None:
        """Draw a line at ``at_s`` seconds (negative: before now), or none."""
        self.mark.setVisible(at_s is not None)
        if at_s is not None:
            self.mark.setValue(at_s)

    def set_look(self, look: Look, pens: Sequence[tuple[str, bool]]) -> None:
        """Take the theme's colours; ``pens`` are colour and whether dashed, one a curve."""
        self.setBackground(look.card)
        for curve, (colour, dashed) in zip(self.curves, pens, strict=True):
            style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
            curve.setPen(pg.mkPen(colour, width=CURVE_PX * self.devicePixelRatioF(), style=style))
        self.mark.setPen(pg.mkPen(look.muted, width=1))
        font = look.font(0.85)
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(look.border))
            axis.setTextPen(look.muted)
            axis.setTickFont(font)
        self.getAxis("left").setWidth(look.px(50))
        self.getAxis("bottom").setHeight(look.px(18))
        # Half of the last labels stands beyond the ends of the axes.
        self.getPlotItem().setContentsMargins(0, look.px(7), look.px(14), 0)
        self.setMinimumSize(look.px(150), look.px(70))

    def _set_scale(self, scale: Scale) -> None:
        if scale != self.scale_shown:
            self.scale_shown = scale
            self.setYRange(*scale.ends, padding=0.03)
            self.getAxis("left").setTicks([scale.ticks(self._unit)])

    def _set_span(self, span: float) -> None:
        if span != self.span:
            self.span = span
            self.setXRange(-span, 0, padding=0)
            self.getAxis("bottom").setTicks([time_ticks(span)])

    # Qt's own methods

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        box = self.getViewBox()
        place = box.mapSceneToView(self.mapToScene(event.position().toPoint()))
        inside = -self.span <= place.x() <= 0
        self.pointed.emit(place.x() if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)
