"""Moving about in what plays: pause, seek, step, speed and loops. Knows neither widgets nor Qt."""

from __future__ import annotations

from app.pipeline.snapshot import PipelineState, Snapshot
from app.ui.logic.pipeline_port import PipelinePort

RUNNING = (PipelineState.STARTING, PipelineState.PLAYING)


class Transport:
    """Moves the pipeline, once there is one, as far as its source can be moved.

    ``snapshot`` is the last one that was taken of it.
    """

    def __init__(self) -> None:
        self._pipeline: PipelinePort | None = None
        self.snapshot: Snapshot | None = None

    @property
    def is_running(self) -> bool:
        return self.snapshot is not None and self.snapshot.state in RUNNING

    @property
    def is_seekable(self) -> bool:
        return self._span_us is not None

    @property
    def _span_us(self) -> tuple[int, int] | None:
        """Where the recording that plays begins, and how long it is; none of a live source."""
        info = self.snapshot.info if self.snapshot is not None else None
        if info is None or info.is_live or info.duration_us is None:
            return None
        return info.start_us or 0, info.duration_us

    def hold(self) -> bool:
        """Pause what runs; whether anything did."""
        if self._pipeline is None or not self.is_running:
            return False
        self._pipeline.pause()
        return True

    def go_on(self) -> None:
        """Play what is paused."""
        if self._pipeline is not None:
            self._pipeline.resume()

    def restart(self) -> None:
        """Play the recording from its beginning."""
        self.seek(0)
        if self._pipeline is not None and self.is_seekable:
            self._pipeline.resume()

    def seek(self, offset_us: int) -> None:
        """Go to ``offset_us`` after the recording's beginning; live sources stay where they are."""
        if self._span_us is not None:
            start_us, duration_us = self._span_us
            self._lead_to(start_us + min(max(offset_us, 0), duration_us))

    def _lead_to(self, t_us: int) -> None:
        """Go to a time of the recording, if one plays."""
        if self._pipeline is not None and self.is_seekable:
            self._pipeline.seek(t_us)

    def step_forward(self) -> None:
        """Pause and show the next slice."""
        if self._pipeline is not None and self.is_seekable:
            self._pipeline.pause()
            self._pipeline.step()

    def step_back(self, slice_us: int) -> None:
        """Pause and show what was seen one slice before."""
        if self._pipeline is not None and self.is_seekable:
            self._pipeline.pause()
            self.seek(self.offset_us - slice_us)

    @property
    def offset_us(self) -> int:
        """Sensor time since the recording's beginning: where playback is, or is going."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.info is None or snapshot.place_us is None:
            return 0
        return snapshot.place_us - (snapshot.info.start_us or 0)

    def set_speed(self, speed: float | None) -> None:
        """Play at ``speed`` times real time, or as fast as possible with none."""
        if self._pipeline is not None:
            self._pipeline.set_speed(speed)

    def set_loop(self, loop: bool) -> None:
        """Begin again at the end, or stop there."""
        if self._pipeline is not None:
            self._pipeline.set_loop(loop)

    def set_span(self, span: tuple[int, int] | None) -> None:
        """Play between two times after the recording's beginning again and again, or not."""
        info = self.snapshot.info if self.snapshot is not None else None
        if self._pipeline is None or info is None:
            return
        start_us = info.start_us or 0
        self._pipeline.set_span(span and (start_us + span[0], start_us + span[1]))
