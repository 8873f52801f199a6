"""The line of figures at the foot of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.pipeline.snapshot import Snapshot
from app.ui import figures
from app.ui.elided_label import ElidedLabel
from app.ui.theme import Look
from app.ui.tip_above import TipAbove
from app.ui.words import STATE_NAMES, source_line, waiting_for

LATENCY_TIP = "From the arrival of events to the decision: median (99th percentile)"
HEADROOM_TIP = "How many times faster than real time the network computes, or both together"


class Figure(QWidget):
    """A caption and its value."""

    def __init__(self, caption: str, tip: str, widest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widest = widest
        self._caption = QLabel(caption)
        self._caption.setProperty("tone", "muted")
        self._value = QLabel(figures.MISSING)
        self._value.setObjectName("figure")
        self.setToolTip(tip)
        TipAbove(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._caption)
        row.addWidget(self._value)

    def text(self) -> str:
        return self._value.text()

    def show_value(self, value: str) -> None:
        self._value.setText(value)
        self.setAccessibleName(f"{self._caption.text()}: {value}")

    def set_look(self, look: Look) -> None:
        """Reserve the width of the widest value, so that the line does not jump."""
        self.layout().setSpacing(look.px(6))
        self._value.ensurePolished()
        self._value.setMinimumWidth(self._value.fontMetrics().horizontalAdvance(self._widest) + 2)


class StatusLine(QWidget):
    """State and source at the left, figures at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = QLabel()
        self.state.setObjectName("figure")
        self.source = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.source.setProperty("tone", "muted")
        TipAbove(self.source)
        self.rate = Figure("Events", "Events per second of sensor time", "99.9 M/s")
        self.latency = Figure("Latency", LATENCY_TIP, "99.9 ms (99.9 ms)")
        self.factor = Figure("Headroom", HEADROOM_TIP, "99.9x")
        self.lost = Figure("Lost", "Events of the live stream that came too late", "99.9 M")
        self.figures = (self.rate, self.latency, self.factor, self.lost)
        row = QHBoxLayout(self)
        row.addWidget(self.state)
        row.addWidget(self.source, 1)
        for figure in self.figures:
            row.addWidget(figure)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest figures."""
        stats, info = snapshot.stats, snapshot.info
        self.state.setText(STATE_NAMES[snapshot.state])
        name = source_line(info) if info is not None else ""
        self.source.setText(waiting_for(snapshot.loading) if snapshot.loading else name)
        self.rate.show_value(figures.rate(stats.event_rate))
        latency = figures.milliseconds(stats.latency_ms_p50)
        if stats.latency_ms_p99 is not None:
            latency += f" ({figures.milliseconds(stats.latency_ms_p99)})"
        self.latency.show_value(latency)
        self.factor.show_value(figures.factor(stats.realtime_factor))
        self.lost.show_value(figures.count(stats.lost_events))

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self.layout().setContentsMargins(look.px(4), 0, look.px(4), 0)
        self.layout().setSpacing(look.px(18))
        for figure in self.figures:
            figure.set_look(look)
