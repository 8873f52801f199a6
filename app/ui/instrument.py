"""The page on which everything is seen at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.pipeline.snapshot import PipelineState, Snapshot
from app.settings import DisplaySettings, VoteSettings
from app.ui.actions import Actions
from app.ui.answer import Answer
from app.ui.event_view import EventView
from app.ui.logic.language import translate
from app.ui.logic.model_file import ModelFile
from app.ui.logic.words import BROKEN
from app.ui.menu_button import MenuButton
from app.ui.pace import Pace
from app.ui.spike_raster import SpikeRaster
from app.ui.status_line import StatusLine
from app.ui.theme import Look
from app.ui.transport_bar import TransportBar, icon_button

HEIGHTS, COMPACT_HEIGHTS = (11, 9), (13, 12)  # of the upper and the lower row
STRIP_HEIGHT = 5
ALONE, COMPARING = ((9, 11), (7, 5)), ((7, 15), (7, 15))  # widths above and below, left and right


class Instrument(QWidget):
    """Camera and answer above, spikes and votes below, controls and figures at the foot.

    A second answer stands beside the first while two systems are compared. ``menus`` choose the
    first and the second system.
    """

    def __init__(
        self,
        actions: Actions,
        vote: VoteSettings,
        menus: tuple[QMenu | None, QMenu | None] = (None, None),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self.events = EventView()
        self.raster = SpikeRaster()
        self.first, self.second = (Answer(vote, menu) for menu in menus)
        self.compare = MenuButton(menus[1], translate("window", "Compare"))
        self.compare.setToolTip(actions["compare"].toolTip())
        self.first.gesture.header.addWidget(self.compare)
        self.alone = icon_button(actions["alone"])
        self.alone.setObjectName("headerButton")
        self.second.gesture.header.addWidget(self.alone)
        self.gesture, self.bars = self.first.gesture, self.first.bars
        self.transport = TransportBar(actions)
        self.status = StatusLine()
        self._status_pace = Pace()
        self._state: PipelineState | None = None
        self._strip: QWidget | None = None
        self._below: list[QWidget] = []
        self._rows = [QHBoxLayout(), QHBoxLayout()]
        answers = [QHBoxLayout(), QHBoxLayout()]
        self._layouts = [*self._rows, *answers]
        for answer in (self.first, self.second):
            answers[0].addWidget(answer.gesture, 1)
            answers[1].addWidget(answer.bars, 1)
        self._column = QVBoxLayout(self)
        for row, left, right, height in zip(
            self._rows, (self.events, self.raster), answers, HEIGHTS, strict=True
        ):
            row.addWidget(left)
            row.addLayout(right)
            self._column.addLayout(row, height)
        self._column.addWidget(self.transport)
        self._column.addWidget(self.status)
        self._show_comparing(False)
        # Takes the focus when the page is opened, so that no button draws the eye.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @property
    def comparing(self) -> bool:
        return not self.second.gesture.isHidden()

    def show_files(self, files: Sequence[ModelFile]) -> None:
        """Say which systems answer, one or two."""
        self._show_comparing(len(files) > 1)
        for answer, file in zip((self.first, self.second), files, strict=False):
            answer.show_file(file, compared=len(files) > 1)
        self._align_headers()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Pictures every time; decisions when they change, their figures at reading pace."""
        if snapshot.state in BROKEN:
            snapshot = snapshot.silenced  # what was seen before may be of another source
        other = self.comparing and self._actions["other_spikes"].isChecked()
        self.raster.show_snapshot(snapshot.seen_by(1) if other else snapshot)
        for view in (self.events, self.transport):
            view.show_snapshot(snapshot)
        self.first.show_snapshot(snapshot)
        if self.comparing:
            self.second.show_snapshot(snapshot, 1)
        if self._status_pace.due(now=snapshot.state is not self._state):
            self._state = snapshot.state
            self.status.show_snapshot(snapshot)

    def show_strip(self, strip: QWidget | None) -> None:
        """Let ``strip`` stand below the two rows, or nothing."""
        if self._strip is not None and self._strip is not strip:
            self._column.removeWidget(self._strip)
        if strip is not None and self._strip is not strip:
            self._column.insertWidget(len(self._rows), strip, STRIP_HEIGHT)
        self._strip = strip

    def add_below(self, view: QWidget) -> None:
        """Let ``view`` stand above the controls for good, as high as it likes."""
        self._below.append(view)
        self._column.insertWidget(self._column.indexOf(self.transport), view)

    @property
    def height_below(self) -> int:
        """What the views that were added below take away."""
        return sum(view.sizeHint().height() for view in self._below if not view.isHidden())

    def open_compare_menu(self) -> None:
        """Let the user choose a second system, or another second one."""
        (self.second.chooser if self.comparing else self.compare).open_menu()

    def _show_comparing(self, comparing: bool) -> None:
        self.second.set_visible(comparing)
        self.compare.setVisible(not comparing)
        for row, widths in zip(self._rows, COMPARING if comparing else ALONE, strict=True):
            for place, width in enumerate(widths):
                row.setStretch(place, width)
        for name in ("alone", "other_spikes"):
            self._actions[name].setEnabled(comparing)

    def _align_headers(self) -> None:
        """Begin the upper cards' contents at one height, though names have letters of others."""
        choosers = (self.first.chooser, self.second.chooser)
        height = max(chooser.sizeHint().height() for chooser in choosers)
        for chooser in choosers:
            chooser.setMinimumHeight(height)
        self.events.set_header_height(height)

    def set_display(self, display: DisplaySettings) -> None:
        """Take another palette or fading time."""
        self.events.set_display(display)

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        views = (self.events, self.raster, self.first, self.second, self.transport, self.status)
        for view in (*views, self.compare):
            view.set_look(look)
        self.alone.setIconSize(QSize(look.px(14), look.px(14)))
        self._align_headers()
        margin = look.px(12)
        self._column.setContentsMargins(margin, look.px(2), margin, look.px(8))
        for layout in (self._column, *self._layouts):
            layout.setSpacing(look.px(10))
        for row, height in enumerate(COMPACT_HEIGHTS if look.compact else HEIGHTS):
            self._column.setStretch(row, height)
