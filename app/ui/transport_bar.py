"""Play, step, seek, speed and loop."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from app.pipeline.snapshot import Snapshot
from app.ui.actions import Actions
from app.ui.elided_label import ElidedLabel
from app.ui.logic import figures
from app.ui.logic.language import translate
from app.ui.logic.transport import RUNNING
from app.ui.logic.words import BROKEN, without_key
from app.ui.pictures import icon
from app.ui.seek_slider import SeekSlider
from app.ui.theme import DARK, Look

SPEEDS: tuple[float | None, ...] = (
    0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, None
)  # fmt: skip
WIDEST_TIME = "00:00.0 / 00:00.0"
RECORDING_ONLY = ("restart", "step_back", "step_forward", "slower", "faster", "loop")


def icon_button(action: QAction) -> QToolButton:
    """A button that shows an action's icon and can be reached by Tab."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setAccessibleName(without_key(action.text()))
    return button


class TransportBar(QWidget):
    """The controls of playback; live sources leave only play and pause."""

    seek_requested = Signal(object)
    speed_changed = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._look = DARK
        self._running: bool | None = None
        self._warns = False
        row = self._row = QHBoxLayout(self)
        self.buttons: dict[str, QToolButton] = {}
        for name in ("restart", "step_back", "play", "step_forward"):
            row.addWidget(self._button(name))
        self.buttons["play"].setObjectName("primary")
        self.slider = SeekSlider()
        self.slider.seek_requested.connect(self.seek_requested)
        self.time = QLabel()
        self.time.setAccessibleName(translate("window", "Time"))
        self.speed = QComboBox()
        self.speed.setAccessibleName(translate("window", "Playback speed"))
        self.speed.setToolTip(translate("window", "Playback speed (slower [, faster ])"))
        for speed in SPEEDS:
            self.speed.addItem(figures.speed(speed), speed)
        self.speed.currentIndexChanged.connect(
            lambda: self.speed_changed.emit(self.speed.currentData())
        )
        row.addWidget(self.slider, 1)
        self.recording = ElidedLabel()
        self.recording.setObjectName("figure")
        row.addWidget(self._button("record"))
        row.addWidget(self.recording, 1)
        self.show_recording("", warns=False)
        row.addWidget(self.time)
        row.addWidget(self.speed)
        row.addWidget(self._button("loop"))
        row.addWidget(self._button("full_screen"))
        self.touring = False
        self._lay_out(live=False)
        self.rest()

    def rest(self) -> None:
        """There is nothing to control, and Space presses buttons as usual."""
        for name in ("play", "record", *RECORDING_ONLY):
            self._actions[name].setEnabled(False)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show position and state, and allow what the source can do.

        Demonstrations follow one another, so while ``touring`` none is looped.
        """
        info = snapshot.info if snapshot.state not in BROKEN else None
        duration_us = None if info is None or info.is_live else info.duration_us
        recorded = duration_us is not None
        for name in RECORDING_ONLY:
            self._actions[name].setEnabled(recorded and not (name == "loop" and self.touring))
        self._actions["play"].setEnabled(True)
        self._lay_out(live=info is not None and info.is_live)
        self.slider.setEnabled(recorded)
        self.speed.setEnabled(recorded)
        self._show_running(snapshot.state in RUNNING)
        start_us = info.start_us or 0 if info is not None else 0
        elapsed_us = max((snapshot.place_us or start_us) - start_us, 0)
        if duration_us is not None:
            on_the_way = snapshot.seeking_us is not None
            self.slider.follow(elapsed_us, duration_us, on_the_way=on_the_way)
            self.time.setText(f"{figures.clock(elapsed_us)} / {figures.clock(duration_us)}")
        else:
            self.slider.follow(0, 0)
            self.time.setText(translate("window", "Live") if info is not None else "")

    def show_recording(self, words: str, *, warns: bool) -> None:
        """Say how a recording goes, where the position in a recording stands else."""
        self.recording.setText(words)
        self.recording.setAccessibleName(words)
        self.recording.setVisible(bool(words))
        self.slider.setVisible(not words)
        if warns != self._warns:
            self._warns = warns
            self.recording.setProperty("tone", "failure" if warns else None)
            self.recording.style().unpolish(self.recording)
            self.recording.style().polish(self.recording)

    def set_speed(self, speed: float | None) -> None:
        """Show ``speed``; one that is not in the list is added to it."""
        index = self.speed.findData(speed)
        if index < 0:
            self.speed.addItem(figures.speed(speed), speed)
            index = self.speed.count() - 1
        self.speed.setCurrentIndex(index)

    def change_speed(self, by: int) -> None:
        """One entry of the list faster (+1) or slower (-1)."""
        index = self.speed.currentIndex() + by
        self.speed.setCurrentIndex(min(max(index, 0), self.speed.count() - 1))

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        self._running = None
        side = look.px(20)
        for button in self.buttons.values():
            button.setIconSize(QSize(side, side))
        self.slider.set_look(look)
        self.buttons["play"].setFixedSize(look.px(38), look.px(38))
        self.time.ensurePolished()
        self.time.setMinimumWidth(self.time.fontMetrics().horizontalAdvance(WIDEST_TIME))
        self._row.setContentsMargins(look.px(4), 0, look.px(4), 0)
        self._row.setSpacing(look.px(8))

    def _lay_out(self, *, live: bool) -> None:
        """What is live can be recorded."""
        self.buttons["record"].setVisible(live)

    def _button(self, name: str) -> QToolButton:
        self.buttons[name] = icon_button(self._actions[name])
        return self.buttons[name]

    def _show_running(self, running: bool) -> None:
        if running != self._running:
            self._running = running
            name = "pause" if running else "play"
            look = self._look
            self._actions["play"].setIcon(icon(name, look, look.px(20), look.on_accent))
