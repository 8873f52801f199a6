"""Which source plays after which: what plays, what is being opened to be next, what is to end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from app.pipeline.opening import Opening
from app.pipeline.reader import OpenSource
from app.pipeline.run import Run
from app.pipeline.snapshot import PipelineState, Snapshot, Stats
from app.sources.contract import SourceInfo

NOT_STARTED = Snapshot(
    state=PipelineState.IDLE, info=None, counts=None, readings=(), restarted=False, stats=Stats(),
    position_us=None,
)  # fmt: skip

MakeRun = Callable[[OpenSource, SourceInfo | None], Run]


class Succession:
    """``run`` is what plays, none before the first.

    ``make_run`` begins another one, and ``leave`` is called before what plays is left for it.
    """

    def __init__(self, make_run: MakeRun, leave: Callable[[], None]) -> None:
        self.run: Run | None = None
        self._make_run = make_run
        self._leave = leave
        self._opening: Opening | None = None
        self._not_opened: str | None = None
        self._retired: list[Run | Opening] = []

    def play(self, open_source: OpenSource, info: SourceInfo | None = None) -> None:
        """Leave what plays for another source."""
        self._leave()
        if self.run is not None:
            self.run.close()
            self._retire(self.run)
        self.run = self._make_run(open_source, info)

    def ask_for(self, open_source: OpenSource, *, at_once: bool, follows: bool) -> None:
        """Play another source as soon as it is open; see ``Pipeline.replace_source``."""
        self._abandon_opening()
        self._not_opened = None
        if at_once or self.run is None or not self.run.has_source:
            self.play(open_source)
        else:
            self._opening = Opening(open_source, follows=follows)

    def take(self) -> Snapshot:
        """The newest picture of what plays, and how the next one does."""
        if self.run is None:
            return NOT_STARTED
        self._settle_opening()
        opening = self._opening
        snapshot = replace(
            self.run.take(), opening=opening is not None, not_opened=self._not_opened
        )
        waits = opening is not None and not opening.follows
        return replace(snapshot, loading="source") if waits else snapshot

    def wait(self, timeout_s: float | None) -> bool:
        """Wait until what was asked for last has ended; false on timeout."""
        deadline_s = None if timeout_s is None else time.monotonic() + timeout_s
        if self._opening is not None and not self._opening.wait(timeout_s):
            return False
        self._settle_opening()
        rest_s = None if deadline_s is None else max(0.0, deadline_s - time.monotonic())
        return self.run is not None and self.run.wait(rest_s)

    def close(self) -> None:
        """Have everything end that has not yet."""
        self._abandon_opening()
        for each in self._ending:
            each.close()

    def join(self, deadline_s: float) -> bool:
        """Wait until it has ended, until ``deadline_s`` on the monotonic clock."""
        # All of them are waited for, though one may have failed to end already.
        ended = [each.join(deadline_s) for each in self._ending]
        return all(ended)

    @property
    def _ending(self) -> list[Run | Opening]:
        return [each for each in [*self._retired, self.run] if each is not None]

    def _abandon_opening(self) -> None:
        if self._opening is not None:
            self._opening.close()
            self._retire(self._opening)
            self._opening = None

    def _retire(self, ending: Run | Opening) -> None:
        self._retired = [each for each in [*self._retired, ending] if each.alive]

    def _settle_opening(self) -> None:
        """Switch to a source that is open by now, or keep in mind why it is not."""
        opening, run = self._opening, self.run
        if opening is None or run is None or not opening.is_over:
            return
        source = opening.source
        if opening.fault is not None:
            self._not_opened, self._opening = opening.fault.sentence, None
            self._retire(opening)
        elif source is not None and (not opening.follows or run.is_over):
            self._opening = None
            self.play(lambda: source, opening.info)
