"""The line of figures at the foot of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.pipeline.snapshot import PipelineState, Snapshot
from app.ui.elided_label import ElidedLabel
from app.ui.logic import figures
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.verdict import NO_SIGNAL, is_silent
from app.ui.logic.words import STATE_NAMES, short_source_line, source_line, waiting_for, wrapped
from app.ui.theme import Look
from app.ui.tip_above import TipAbove
from models.measuring.chips import TRUENORTH, power_mw

RATE_TIP = QT_TRANSLATE_NOOP(
    "window", "Events per second of sensor time, the mean of the last half second"
)
LATENCY_TIP = QT_TRANSLATE_NOOP(
    "window",
    "From the arrival of events to the decision: median (99th percentile) of the last 5 seconds. "
    "A person does not notice 100 ms",
)
BACKLOG_TIP = QT_TRANSLATE_NOOP(
    "window",
    "Sensor time that has come in and is not decided on yet. A live source loses its oldest events "
    "when this grows beyond its bound; a recording waits instead",
)
HEADROOM_TIP = QT_TRANSLATE_NOOP(
    "window",
    "How many times faster than real time the network computes, or both together; "
    "below 1 it cannot keep up",
)
LOST_TIP = QT_TRANSLATE_NOOP(
    "window",
    "Every event of the live stream that was lost anywhere on its way, because it came too late "
    "or too fast. A recording loses none",
)
OPERATIONS_TIP = QT_TRANSLATE_NOOP(
    "window",
    "Synaptic operations a second of sensor time: one for every spike that reaches a synapse that "
    "is not zero. The power is an estimate, {0} pJ for each as measured on {1}, and no "
    "measurement of this machine",
)
NOT_COUNTED_TIP = QT_TRANSLATE_NOOP(
    "window",
    "Synaptic operations a second, and the power they would take on a neuromorphic chip: counted "
    "only when asked, as that takes time. Recognition, Count synaptic operations (O) does",
)
# Of the line's width, the figures take this part at most; those that matter least go first.
MOST_PART = 0.78


def state_words(snapshot: Snapshot) -> str:
    """``Playing``, or that a live source which plays sends nothing."""
    silent = snapshot.state is PipelineState.PLAYING and is_silent(snapshot)
    return translate("window", NO_SIGNAL if silent else STATE_NAMES[snapshot.state])


class Figure(QWidget):
    """A caption and its value."""

    def __init__(self, caption: str, tip: str, widest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widest = widest
        self._caption = QLabel(translate("window", caption))
        self._caption.setProperty("tone", "muted")
        self._value = QLabel(figures.MISSING)
        self._value.setObjectName("figure")
        self.set_tip(translate("window", tip))
        TipAbove(self)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._caption)
        row.addWidget(self._value)

    def text(self) -> str:
        return self._value.text()

    def show_value(self, value: str) -> None:
        self._value.setText(value)
        self.setAccessibleName(f"{self._caption.text()}: {value}")

    def set_tip(self, tip: str) -> None:
        """Explain the figure."""
        self.setToolTip(wrapped(tip))

    def set_look(self, look: Look) -> None:
        """Reserve the width of the widest value, so that the line does not jump."""
        self._row.setSpacing(look.px(6))
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
        self.operations = Figure(
            QT_TRANSLATE_NOOP("window", "Synapses"), NOT_COUNTED_TIP, figures.MISSING
        )
        self.rate = Figure(QT_TRANSLATE_NOOP("window", "Events"), RATE_TIP, "99.9 M/s")
        self.latency = Figure(
            QT_TRANSLATE_NOOP("window", "Latency"), LATENCY_TIP, "99.9 ms (99.9 ms)"
        )
        self.backlog = Figure(QT_TRANSLATE_NOOP("window", "Backlog"), BACKLOG_TIP, "999 ms")
        self.factor = Figure(QT_TRANSLATE_NOOP("window", "Headroom"), HEADROOM_TIP, "99.9x")
        self.lost = Figure(QT_TRANSLATE_NOOP("window", "Lost"), LOST_TIP, "99.9 M")
        self.figures = (
            self.operations, self.rate, self.latency, self.backlog, self.factor, self.lost,
        )  # fmt: skip
        self._first_to_go = (self.operations, self.backlog, self.factor)
        row = self._row = QHBoxLayout(self)
        row.addWidget(self.state)
        row.addWidget(self.source, 1)
        for figure in self.figures:
            row.addWidget(figure)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest figures."""
        stats, info = snapshot.stats, snapshot.info
        self.state.setText(state_words(snapshot))
        if snapshot.loading:
            self.source.setText(waiting_for(snapshot.loading))
        elif info is not None:
            self.source.setText(source_line(info), short_source_line(info))
        else:
            self.source.setText("")
        self.rate.show_value(figures.rate(stats.event_rate))
        latency = figures.milliseconds(stats.latency_ms_p50)
        if stats.latency_ms_p99 is not None:
            latency += f" ({figures.milliseconds(stats.latency_ms_p99)})"
        self.latency.show_value(latency)
        self.factor.show_value(figures.factor(stats.realtime_factor))
        self.backlog.show_value(figures.milliseconds(stats.backlog_us / 1e3))
        self.lost.show_value(figures.count(stats.lost_events))
        self._show_operations(stats.operations_rate)

    def _show_operations(self, rate: float | None) -> None:
        """A dash while nobody counts them."""
        if rate is None:
            self.operations.show_value(figures.MISSING)
            self.operations.set_tip(translate("window", NOT_COUNTED_TIP))
        else:
            power = figures.watts(power_mw(TRUENORTH, rate))
            self.operations.show_value(f"{figures.rate(rate)}, {power}")
            tip = translate("window", OPERATIONS_TIP)
            joules = f"{TRUENORTH.joules * 1e12:.0f}"
            self.operations.set_tip(tip.format(joules, TRUENORTH.name))
        self._make_room()

    def _make_room(self) -> None:
        """Show as many figures as fit beside state and source."""
        spacing = self._row.spacing()
        widths = {each: each.sizeHint().width() + spacing for each in self.figures}
        rest = sum(widths.values()) - MOST_PART * self.width()
        for figure in self._first_to_go:
            figure.setVisible(rest <= 0)
            rest -= widths[figure]

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._row.setContentsMargins(look.px(4), 0, look.px(4), 0)
        self._row.setSpacing(look.px(18))
        for figure in self.figures:
            figure.set_look(look)
        self._make_room()

    # Qt's own methods

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
