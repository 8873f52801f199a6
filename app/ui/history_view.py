"""The strip of past decisions in the window: when it is drawn and what may be done with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.pipeline.snapshot import Snapshot
from app.settings import VoteSettings
from app.ui.actions import Actions
from app.ui.history_card import HistoryCard
from app.ui.logic.blocks import Scale
from app.ui.logic.export import write_decisions
from app.ui.logic.heard import heard
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.past import RECENT_US, Past, ticks
from app.ui.logic.player import Player
from app.ui.logic.saying import Say
from app.ui.logic.verdict import gesture_in
from app.ui.pace import Pace
from app.ui.theme import DARK, Look, has_room_for_history
from app.ui.window_store import WindowStore

REPAINT_MS = 100
EXPORT_FILTER = QT_TRANSLATE_NOOP("window", "CSV table (*.csv);;JSON lines (*.json *.jsonl)")


class HistoryView(QObject):
    """Remembers from the start on, so that whoever looks sees what has just been.

    ``say`` tells the user a sentence and whether it is about a failure.
    """

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        player: Player,
        vote: VoteSettings,
        store: WindowStore,
        say: Say,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._player = player
        self._vote = vote
        self._store = store
        self._say = say
        self._pace = Pace(REPAINT_MS)
        self.past = Past()
        self.card = HistoryCard(actions["history_whole"], lambda t_us: self.past.said_at(t_us))
        self.card.strip.sought.connect(self._seek)
        self._look = DARK
        self._small = False
        self._follow_size()
        window.installEventFilter(self)
        actions["history"].toggled.connect(self._show_card)
        actions["export_decisions"].setEnabled(False)
        actions.connect("export_decisions", self._ask_where)

    def take_over(self, before: HistoryView) -> None:
        """Remember what another view remembered."""
        self.past = before.past

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Remember what was decided, and show it if somebody looks."""
        self.past.add(snapshot, self._player.spec)
        self._actions["export_decisions"].setEnabled(bool(self.past))
        if self.card.isVisible() and self._pace.due():
            self._draw(snapshot)

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        self.card.set_look(look)
        self._look_at_size()

    def _look_at_size(self) -> None:
        small = not has_room_for_history(self._window.height(), self._look.base_px)
        if small != self._small:
            self._small = small
            self._follow_size()

    def _follow_size(self) -> None:
        """Be seen or not as it was in a window of this size."""
        shown = self._store.history_shown(small=self._small)
        self._actions["history"].setChecked(shown)
        self.card.setVisible(shown)

    def _draw(self, snapshot: Snapshot) -> None:
        strip, now_us, past = self.card.strip, snapshot.place_us, self.past
        if now_us is None:
            strip.show_lanes((), Scale(0, 1, 1), (), None)
            return
        whole = past.can_be_whole(wanted=self._actions["history_whole"].isChecked())
        scale = past.scale(now_us, strip.lanes_width, whole=whole)
        at = ticks(scale, now_us, whole=whole)
        strip.show_lanes(past.lanes(scale), scale, at, now_us if whole else None)
        winners = past.winners(self._vote.window_ms)
        self.card.votes.show_winners(winners, snapshot.classes, gesture_in(snapshot))
        self._show_notes()

    def _show_notes(self) -> None:
        info, truth = self.past.info, self.past.truth
        long = info is not None and (info.duration_us or 0) > RECENT_US
        self.card.show_notes(heard(truth.note or ""), judged=bool(truth.labels), long=long)

    def _seek(self, t_us: int) -> None:
        info = self.past.info
        if info is not None and not info.is_live:
            self._player.seek(t_us - (info.start_us or 0))

    def _show_card(self, shown: bool) -> None:
        self._store.show_history(shown, small=self._small)
        self.card.setVisible(shown)

    def _ask_where(self) -> None:
        """Write the decisions of the leading system where the user says."""
        name = Path(self.past.info.name).stem if self.past.info is not None else "live"
        proposed = str(Path(self._store.folder) / f"{name}_decisions.csv")
        path, kind = QFileDialog.getSaveFileName(
            self._window,
            translate("window", "Export decisions"),
            proposed,
            translate("window", EXPORT_FILTER),
        )
        if path:
            suffix = ".csv" if kind.startswith("CSV") else ".json"
            self.export(Path(path) if Path(path).suffix else Path(path + suffix))

    def export(self, path: Path) -> None:
        """Write one decision for every 10 ms that was seen; ``say`` tells how it went."""
        rows = self.past.records()
        try:
            write_decisions(path, rows)
        except OSError as error:
            said = translate("window", "cannot write {0}: {1}").format(
                path, error.strerror or error
            )
            self._say(said, True)
        else:
            said = translate("window", "wrote {0} decisions to {1}").format(f"{len(rows):,}", path)
            self._say(said, False)

    # Qt's own methods

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._look_at_size()
        return False
