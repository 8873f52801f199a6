"""What one system says: its panel, its bars, and the control that chooses it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.pipeline.snapshot import UNDER_WAY, Snapshot
from app.settings import VoteSettings
from app.ui.class_bars import ClassBars
from app.ui.gesture_panel import GesturePanel
from app.ui.logic import figures
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.model_file import ModelFile
from app.ui.logic.verdict import gesture_in
from app.ui.menu_button import MenuButton
from app.ui.pace import Pace
from app.ui.theme import Look

LOADING = QT_TRANSLATE_NOOP("window", "loading …")


class Answer:
    """Panel and bars of one system, on one clock, as the same figures stand in both.

    ``menu`` opens at the chooser in the panel's header.
    """

    def __init__(self, vote: VoteSettings, menu: QMenu | None = None) -> None:
        self.gesture = GesturePanel(vote)
        self.bars = ClassBars(vote)
        self.chooser = MenuButton(menu)
        detail = self.gesture.detail
        detail.set_mode(Qt.TextElideMode.ElideRight)
        detail.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.gesture.header.insertWidget(1, self.chooser)
        self._file: ModelFile | None = None
        self._pace = Pace()
        self._decided: tuple[object, ...] = ()

    def show_file(self, file: ModelFile, *, compared: bool) -> None:
        """Say whose answer it is; with two of them, at the bars, too."""
        self._file = file
        self.chooser.setText(file.name)
        click = translate("window", "Click to choose another system.")
        self.chooser.setToolTip(f"{file.line}\n{click}")
        self.chooser.setAccessibleName(translate("window", "System {0}").format(file.line))
        gesture, votes = translate("window", "Gesture"), translate("window", "Votes")
        self.gesture.show_title("" if compared else gesture)
        if compared:
            gesture = translate("window", "Gesture by {0}").format(file.name)
            votes = translate("window", "Votes, {0}").format(file.name)
        self.gesture.setAccessibleName(gesture)
        self.bars.show_title(votes)
        self._say([file.description])

    def show_snapshot(self, snapshot: Snapshot, place: int = 0) -> None:
        """Show the decision at once when it changes, its figures at reading pace."""
        mine = snapshot.seen_by(place)
        early = mine.recognition is not None and mine.recognition.warming_up
        system = mine.reading and mine.reading.system
        decided = (gesture_in(mine), early, system, mine.state, mine.loading)
        if self._pace.due(now=decided != self._decided):
            self._decided = decided
            self.gesture.show_snapshot(mine)
            self.bars.show_snapshot(mine)
            self._show_detail(snapshot, place)

    def _show_detail(self, snapshot: Snapshot, place: int) -> None:
        """The system in a few words, behind its load beside another, or that it is awaited."""
        if self._file is None:
            return
        chosen = snapshot.chosen[place : place + 1]
        waits = chosen != tuple(each.system for each in snapshot.readings[place : place + 1])
        loads = snapshot.stats.loads
        words = [self._file.description]
        if waits and chosen and snapshot.state in UNDER_WAY:
            words = [translate("window", LOADING)]
        elif 1 < len(loads) == len(snapshot.readings):
            words.insert(0, translate("window", "{0} load").format(figures.share(loads[place])))
        self._say(words)

    def _say(self, words: list[str]) -> None:
        """``words`` at the system's name; what does not fit goes as a whole, the last first."""
        parts = ", ".join(words).split(", ")
        fewer = (", ".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))
        self.gesture.detail.setText(", ".join(parts), *fewer)

    def set_visible(self, visible: bool) -> None:
        self.gesture.setVisible(visible)
        self.bars.setVisible(visible)

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self.gesture.set_look(look)
        self.bars.set_look(look)
        self.chooser.set_look(look)
