"""The position in a recording: follows playback, can be dragged, clicked, keyed and wheeled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSlider, QStyle, QWidget

from app.pipeline.overview import Overview
from app.ui.logic.language import translate
from app.ui.logic.marks import Marks
from app.ui.seek_ground import SeekGround
from app.ui.theme import DARK, Look

KEY_STEP_US = 250_000
PAGE_STEP_US = 1_000_000
# While dragging, at most so often is the recording really moved; the newest place wins. Nor is it
# moved on before it has shown the last place, or a long drag would show none at all.
DRAG_PERIOD_MS = 120
ON_THE_WAY_MS = 20
# A place on the slider is a C int, which a damaged file's duration would not fit: so a place is
# a millisecond, or longer where that would make more places than these.
FINEST_US = 1_000
MOST_PLACES = 1_000_000_000
HANDLE = 14  # as wide as the style sheet makes it
OWN_KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip


class SeekSlider(QSlider):
    """``seek_requested`` carries microseconds since the recording's beginning."""

    seek_requested = Signal(object)  # an int signal would be 32 bits wide: 35 minutes

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setTracking(True)
        self.setAccessibleName(translate("window", "Position in the recording"))
        self.setToolTip(
            translate("window", "Position, and the event rate: drag, click, arrow keys or wheel")
        )
        self.ground = SeekGround()
        self._look = DARK
        self._place_us = 0
        self._set_place(FINEST_US)
        self._following = False
        self._on_the_way = False
        self._newest_wins = QTimer(self, singleShot=True)
        self._newest_wins.timeout.connect(self._request_next)
        self.valueChanged.connect(self._on_value_changed)
        self.sliderReleased.connect(self._on_released)

    def follow(self, position_us: int, duration_us: int, *, on_the_way: bool = False) -> None:
        """Show where playback is, or is going, unless the user is ahead of it.

        ``on_the_way`` says that a place that was sought is not reached yet.
        """
        self._on_the_way = on_the_way
        if self.isSliderDown() or self._newest_wins.isActive():
            return
        self._following = True
        self._set_place(max(FINEST_US, -(-duration_us // MOST_PLACES)))
        self.setMaximum(-(-max(duration_us, 0) // self._place_us))
        self.setValue(min(max(position_us // self._place_us, 0), self.maximum()))
        self._following = False

    def show_overview(self, overview: Overview | None) -> None:
        """Let the event rate of the recording lie behind the bar, or nothing."""
        if self.ground.show_overview(overview):
            self.update()

    def show_marks(self, marks: Marks) -> None:
        """Show what plays again and again."""
        if marks != self.ground.marks:
            self.ground.marks = marks
            self.update()

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        self.ground.set_look(look)
        self.setMinimumHeight(look.px(36))
        self.update()

    def _set_place(self, place_us: int) -> None:
        if place_us != self._place_us:
            self._place_us = place_us
            self.setSingleStep(max(KEY_STEP_US // place_us, 1))
            self.setPageStep(max(PAGE_STEP_US // place_us, 1))

    def _on_value_changed(self) -> None:
        if self._following or self._newest_wins.isActive():
            return
        if self.isSliderDown():
            self._newest_wins.start(DRAG_PERIOD_MS)
        else:
            self._request_next()

    def _on_released(self) -> None:
        if self._newest_wins.isActive():
            self._request()

    def _request_next(self) -> None:
        if self._on_the_way:
            self._newest_wins.start(ON_THE_WAY_MS)
        else:
            self._request()

    def _request(self) -> None:
        self._newest_wins.stop()
        self._on_the_way = True
        self.seek_requested.emit(self.value() * self._place_us)

    # Qt's own methods

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.isEnabled():
            half = HANDLE / 2  # the middle of the handle goes no further to either side
            inset = self._look.px(half)
            place = QRectF(self.rect()).adjusted(inset, 1, -inset, -1)
            self.ground.paint(QPainter(self), place, self.maximum() * self._place_us)
        super().paintEvent(event)

    def event(self, event: QEvent) -> bool:
        """In focus, the slider's keys are its own, also where the window has another use."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in OWN_KEYS
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the groove takes the handle there."""
        if event.button() == Qt.MouseButton.LeftButton:
            place = round(event.position().x())
            self.setValue(
                QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), place, self.width())
            )
        super().mousePressEvent(event)
