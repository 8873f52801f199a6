"""Whether the kiosk is alive, told from its beats and from the time: no clock, no process."""

from __future__ import annotations

from app.booth.messages import Beat

# The window's thread is held up while libraries are imported and the network is made ready.
START_S = 30.0
SILENT_S = 1.5
STOPPED_S = 0.3
FROZEN_S = 3.0
LOADING_S = 60.0
SEARCHING_S = 60.0
# Without a source there is no first decision to tell that the start is over.
SETTLED_S = 10.0
WELL_S = 10.0
# A look that comes late, because this process itself was held up, must not count as silence.
LONGEST_LOOK_S = 0.25


class Heart:
    """To be told every beat, and to be looked at several times a second.

    Its own time passes only while it is looked at, and never faster than the looks, so that a
    machine that was suspended or too busy to look is not held against the kiosk.
    """

    def __init__(self, now_s: float) -> None:
        self._looked_s = now_s
        self._time_s = 0.0
        self._beat = Beat(0, "loading")
        self._beat_s = 0.0  # when the last one came
        self._progress_s = 0.0  # when it last got on with what it is at
        self._waits_s = 0.0  # since when it has been waiting for what it waits for
        self._settled_s: float | None = None
        self._has_beaten = False
        self._ran_s = 0.0  # when it was last not stopped

    def take(self, beat: Beat) -> None:
        """A beat has come."""
        before, self._beat = self._beat, beat
        self._beat_s, self._has_beaten = self._time_s, True
        if beat.waiting != before.waiting:
            self._waits_s = self._progress_s = self._time_s
        elif _gets_on(before, beat):
            self._progress_s = self._time_s
        searched = beat.waiting == "source" and self._time_s - self._waits_s >= SETTLED_S
        if self._settled_s is None and (beat.decisions > 0 or searched):
            self._settled_s = self._time_s

    def look(self, now_s: float, *, is_stopped: bool = False) -> str | None:
        """Why it must be ended, or none if it lives; ``is_stopped`` as by SIGSTOP."""
        self._time_s += min(max(now_s - self._looked_s, 0.0), LONGEST_LOOK_S)
        self._looked_s = now_s
        if not is_stopped:
            self._ran_s = self._time_s
        elif self._time_s - self._ran_s >= STOPPED_S:
            return "hung: was stopped"
        return self._silence() or self._standstill()

    @property
    def is_settled(self) -> bool:
        """Whether its start is over: it has decided, or long searched for its source."""
        return self._settled_s is not None

    @property
    def went_well(self) -> bool:
        """Whether it has been up for so long that its next end is no failed start."""
        return self._settled_s is not None and self._time_s - self._settled_s >= WELL_S

    @property
    def waiting(self) -> str | None:
        """What it waits for by its last beat."""
        return self._beat.waiting

    @property
    def is_playing(self) -> bool:
        """Whether a visitor plays by its last beat."""
        return self._beat.playing

    def _silence(self) -> str | None:
        is_starting = self._settled_s is None or self._beat.waiting == "loading"
        limit_s = START_S if is_starting else SILENT_S
        if self._time_s - self._beat_s < limit_s:
            return None
        if not self._has_beaten:
            return f"did not start within {limit_s:g} s"
        return f"hung: no sign of life for {limit_s:g} s"

    def _standstill(self) -> str | None:
        stands_s = self._time_s - self._progress_s
        match self._beat.waiting:
            case None if stands_s >= FROZEN_S:
                return f"hung: decided nothing for {FROZEN_S:g} s"
            case "source" if stands_s >= SEARCHING_S:
                return f"hung: did not look for its source for {SEARCHING_S:g} s"
            case "loading" if self._has_beaten and stands_s >= LOADING_S:
                return f"hung: was loading for {LOADING_S:g} s"
        return None


def _gets_on(before: Beat, beat: Beat) -> bool:
    """Whether two beats that wait for the same differ in what must grow meanwhile."""
    if beat.waiting is None:
        return beat.decisions != before.decisions
    return beat.waiting == "source" and beat.attempts != before.attempts
