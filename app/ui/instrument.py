"""The page on which everything is seen at once."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.pipeline.snapshot import PipelineState, Snapshot
from app.settings import DisplaySettings, VoteSettings
from app.ui.actions import Actions
from app.ui.class_bars import ClassBars
from app.ui.event_view import EventView
from app.ui.gesture_panel import GesturePanel
from app.ui.pace import Pace
from app.ui.spike_raster import SpikeRaster
from app.ui.status_line import StatusLine
from app.ui.theme import Look
from app.ui.transport_bar import TransportBar
from app.ui.verdict import gesture_in


class Instrument(QWidget):
    """Camera and answer above, spikes and votes below, controls and figures at the foot."""

    def __init__(self, actions: Actions, vote: VoteSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.events = EventView()
        self.gesture = GesturePanel(vote.window_ms)
        self.raster = SpikeRaster()
        self.bars = ClassBars(vote.min_share)
        self.transport = TransportBar(actions)
        self.status = StatusLine()
        self._status_pace, self._decision_pace = Pace(), Pace()
        self._state: PipelineState | None = None
        self._decided: tuple[object, ...] = ()
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        self._upper.addWidget(self.events, 9)
        self._upper.addWidget(self.gesture, 11)
        self._lower.addWidget(self.raster, 7)
        self._lower.addWidget(self.bars, 5)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._upper, 11)
        self._column.addLayout(self._lower, 9)
        self._column.addWidget(self.transport)
        self._column.addWidget(self.status)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Pictures every time; decisions when they change, their figures at reading pace."""
        for view in (self.events, self.raster, self.transport):
            view.show_snapshot(snapshot)
        self._show_decision(snapshot)
        if self._status_pace.due(now=snapshot.state is not self._state):
            self._state = snapshot.state
            self.status.show_snapshot(snapshot)

    def _show_decision(self, snapshot: Snapshot) -> None:
        # On one clock, as the same figures stand in the panel and at the bars.
        decided = (gesture_in(snapshot), snapshot.classes, snapshot.state, snapshot.loading)
        if self._decision_pace.due(now=decided != self._decided):
            self._decided = decided
            self.gesture.show_snapshot(snapshot)
            self.bars.show_snapshot(snapshot)

    def set_display(self, display: DisplaySettings) -> None:
        """Take another palette or fading time."""
        self.events.set_display(display)

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        views = (self.events, self.gesture, self.raster, self.bars, self.transport, self.status)
        for view in views:
            view.set_look(look)
        margin = look.px(12)
        self._column.setContentsMargins(margin, look.px(2), margin, look.px(8))
        for layout in (self._column, self._upper, self._lower):
            layout.setSpacing(look.px(10))
