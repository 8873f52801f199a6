"""The whole way from a source to decisions, behind one face.

::

    source -> reader thread -> slice queue -> worker thread -> board <- take()
              slices, paces    bounded        networks, votes

The reader opens the source and shows its events on the board at once; the network is loaded
meanwhile. One system recognises, or two side by side; which ones may change while the stream
runs. A recording waits for the network and loses nothing, so two runs give the same
decisions at any speed; a live source drops its oldest slice when the worker falls behind, and
counts it.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from app.pipeline.choice import Choice
from app.pipeline.networks import Networks
from app.pipeline.reader import OpenSource
from app.pipeline.run import Run
from app.pipeline.snapshot import PipelineState, Snapshot, Stats
from app.pipeline.systems import LoadNetwork, System, Systems
from app.pipeline.worker import OnRecognitions
from app.settings import Settings
from app.sources.contract import SourceInfo

NOT_STARTED = Snapshot(
    state=PipelineState.IDLE, info=None, counts=None, readings=(), restarted=False, stats=Stats(),
    position_us=None,
)  # fmt: skip
NO_FILE = Path()


class Pipeline:
    """Plays sources one after the other through one system or two.

    All methods are for one controlling thread, and none blocks but ``wait`` and ``stop``. What
    goes wrong in a source or in the leading network is told by ``Snapshot.failure``, after which
    ``replace_source`` plays the next one. A system that is chosen and cannot be used is told by
    ``Snapshot.refusal``, and what recognised before goes on.

    Args:
        open_source: opens the source; called in the reader thread.
        systems: the leading system, and perhaps one to compare it with; or only what loads a
            network that has no file. Each is loaded once, in a thread of its own.
        settings: slice length, backlog, region and vote.
        fallback: stands in if the leading system cannot be loaded at the start.
        on_recognitions: called in the worker thread with every decision of the leading system in
            order. It must not call ``stop``.
        loop: whether a recording begins anew at its end.
        speed: sensor seconds per second for recordings, none for as fast as possible.
    """

    def __init__(
        self,
        open_source: OpenSource,
        systems: Systems | LoadNetwork,
        settings: Settings,
        *,
        fallback: System | None = None,
        on_recognitions: OnRecognitions | None = None,
        loop: bool = False,
        speed: float | None = 1.0,
    ) -> None:
        self._open_source = open_source
        if not isinstance(systems, tuple):
            systems = (System(NO_FILE, systems),)
        self._choice = Choice(systems, fallback)
        self._networks = Networks()
        self._settings = settings
        self._on_recognitions = on_recognitions
        self._loop = loop
        self._speed = speed
        self._run: Run | None = None
        self._retired: list[Run] = []
        self._stopped = False

    def start(self) -> None:
        """Open the source and play.

        Raises:
            RuntimeError: the pipeline has been started or stopped before.
        """
        if self._run is not None:
            raise RuntimeError("the pipeline has been started before")
        self._begin(self._open_source)

    def replace_source(self, open_source: OpenSource) -> None:
        """Leave the source that plays, if any, and play another with the same systems.

        Raises:
            RuntimeError: the pipeline has been stopped.
        """
        if self._run is not None:
            self._run.close()
            self._retired = [run for run in [*self._retired, self._run] if run.alive]
        self._begin(open_source)

    def _begin(self, open_source: OpenSource) -> None:
        if self._stopped:
            raise RuntimeError("the pipeline has been stopped")
        self._choice.make(self._choice.wanted)  # what was refused has been told
        self._run = Run(
            open_source, self._choice, self._networks, self._settings, self._on_recognitions,
            self._speed, self._loop,
        )  # fmt: skip

    def stop(self, timeout_s: float = 3.0) -> bool:
        """End every thread and close the source, for good.

        Returns:
            False if something would not end within ``timeout_s``; it is left behind as a daemon.
        """
        self._stopped = True
        runs = [run for run in [*self._retired, self._run] if run is not None]
        for run in runs:
            run.close()
        deadline_s = time.monotonic() + timeout_s
        # All of them are waited for, though one may have failed to end already.
        return all([*(run.join(deadline_s) for run in runs), self._networks.join(deadline_s)])

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until the source has finished, failed or been stopped; false on timeout."""
        return self._run is not None and self._run.wait(timeout_s)

    def take(self) -> Snapshot:
        """The newest picture, with everything that has accumulated since the last one."""
        if self._run is None:
            return replace(NOT_STARTED, chosen=self._choice.wanted)
        return self._run.take()

    @property
    def info(self) -> SourceInfo | None:
        """What is known about the source, none until it is open."""
        return None if self._run is None else self._run.info

    def pause(self) -> None:
        """Hold a recording; of a live source, skip what comes in."""
        if self._run is not None:
            self._run.clock.pause()

    def resume(self) -> None:
        """Play on; a recording that has finished plays from its start."""
        if self._run is None:
            return
        self._run.clock.resume()
        if self._run.state is PipelineState.FINISHED and self.info is not None:
            self.seek(self.info.start_us or 0)

    def step(self) -> None:
        """While paused, go one slice forward."""
        if self._run is not None:
            self._run.clock.step()

    def seek(self, t_us: int) -> None:
        """Go to a sensor time of a recording; a live source has no other time than now.

        While paused, what is seen there is what playing up to it would show.
        """
        info = self.info
        if self._run is not None and info is not None and not info.is_live:
            start_us = info.start_us or 0
            self._run.seek(min(max(t_us, start_us), start_us + (info.duration_us or 0)))

    def set_systems(self, systems: Systems) -> None:
        """Recognise with one system, or with two side by side, from the next slice on.

        What is not loaded yet is loaded first, while the systems before go on; vote and network
        state begin anew, and no slice is lost.

        Raises:
            ValueError: these are not one or two different systems.
        """
        self._choice.make(systems)
        if self._run is not None:
            self._run.update_systems()

    def set_speed(self, speed: float | None) -> None:
        """Sensor seconds per second for this and later recordings, none for no pacing."""
        self._speed = speed
        if self._run is not None:
            self._run.clock.set_speed(speed)

    def set_loop(self, loop: bool) -> None:
        """Whether this and later recordings begin anew at their end."""
        self._loop = loop
        if self._run is not None:
            self._run.reader.loop = loop
