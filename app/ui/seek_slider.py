"""The position in a recording: follows playback, can be dragged, clicked and keyed."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QWidget

KEY_STEP_MS = 250
PAGE_STEP_MS = 1000
# While dragging, at most so often is the recording really moved; the newest place wins.
DRAG_PERIOD_MS = 120
# So long may playback take to arrive at the new place before the handle follows it again.
ARRIVAL_MS = 500


class SeekSlider(QSlider):
    """Values are milliseconds since the recording's beginning."""

    seek_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSingleStep(KEY_STEP_MS)
        self.setPageStep(PAGE_STEP_MS)
        self.setTracking(True)
        self.setAccessibleName("Position in the recording")
        self.setToolTip("Position: drag, click, or arrow keys")
        self._following = False
        self._since_seek = QElapsedTimer()
        self._newest_wins = QTimer(self, singleShot=True, interval=DRAG_PERIOD_MS)
        self._newest_wins.timeout.connect(self._request)
        self.valueChanged.connect(self._on_value_changed)
        self.sliderReleased.connect(self._request)

    def follow(self, position_ms: int, duration_ms: int, *, arrived: bool) -> None:
        """Show the playback position unless the user holds the handle.

        ``arrived`` says that playback jumped, so a pending seek has been carried out.
        """
        self.setMaximum(duration_ms)
        pending = self._since_seek.isValid() and self._since_seek.elapsed() < ARRIVAL_MS
        if self.isSliderDown() or (pending and not arrived):
            return
        self._since_seek.invalidate()
        self._following = True
        self.setValue(position_ms)
        self._following = False

    def _on_value_changed(self) -> None:
        if not self._following and not self._newest_wins.isActive():
            self._newest_wins.start()

    def _request(self) -> None:
        self._newest_wins.stop()
        self._since_seek.start()
        self.seek_requested.emit(self.value())

    # Qt's own methods

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the groove takes the handle there."""
        if event.button() == Qt.MouseButton.LeftButton:
            place = round(event.position().x())
            self.setValue(
                QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), place, self.width())
            )
        super().mousePressEvent(event)
