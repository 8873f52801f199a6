"""The recording's event rate and the marks A and B in the seek bar, kept up to date."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.pipeline.overview import Overview
from app.pipeline.snapshot import Snapshot
from app.sources.contract import SourceSpec
from app.ui.actions import Actions
from app.ui.logic.marks import Marks
from app.ui.logic.player import Player
from app.ui.logic.surveys import Surveys
from app.ui.pace import Pace
from app.ui.seek_slider import SeekSlider

LOOK_MS = 200
MARKING = ("mark_a", "mark_b", "unmark")


class SeekView(QObject):
    """Marks belong to the recording in which they were set, and go with it."""

    def __init__(
        self, window: QWidget, slider: SeekSlider, actions: Actions, player: Player
    ) -> None:
        super().__init__(window)
        self._slider = slider
        self._actions = actions
        self._player = player
        self._spec: SourceSpec | None = None
        self._pace = Pace(LOOK_MS)
        self.surveys = Surveys(player.survey)
        self.overview: Overview | None = None
        actions.connect("mark_a", lambda: self._mark(self.marks.with_a(player.offset_us)))
        actions.connect("mark_b", lambda: self._mark(self.marks.with_b(player.offset_us)))
        actions.connect("unmark", lambda: self._mark(Marks()))

    @property
    def marks(self) -> Marks:
        return self._slider.ground.marks

    def take_over(self, before: SeekView) -> None:
        """The same marks in the same recording."""
        self._spec = before._spec
        self._slider.show_marks(before.marks)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow what plays."""
        if self._player.spec is not self._spec:
            self._spec = self._player.spec
            self._slider.show_marks(Marks())
        for name in MARKING:
            self._actions[name].setEnabled(self._player.is_seekable)
        if self._pace.due():
            self.overview = self.surveys.follow(self._spec)
            self._slider.show_overview(self.overview)

    def _mark(self, marks: Marks) -> None:
        if self._player.is_seekable:
            self._player.set_span(marks.span)
            self._slider.show_marks(marks)
