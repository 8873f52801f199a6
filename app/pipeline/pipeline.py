"""The whole way from a source to decisions, behind one face.

::

    source -> reader thread -> slice queue -> worker thread -> board <- take()
              slices, paces    bounded        network, vote

The reader opens the source and shows its events on the board at once; the worker loads the
network meanwhile. A recording waits for the network and loses nothing, so two runs give the same
decisions at any speed; a live source drops its oldest slice when the worker falls behind, and
counts it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from app.pipeline.network import SharedNetwork
from app.pipeline.reader import OpenSource
from app.pipeline.run import Run
from app.pipeline.snapshot import PipelineState, Snapshot, Stats
from app.pipeline.worker import OnRecognitions
from app.recognition.recognizer import NetworkSession
from app.settings import Settings
from app.sources.contract import SourceInfo

NOT_STARTED = Snapshot(
    state=PipelineState.IDLE, info=None, model_name=None, classes=(), counts=None, raster=(),
    restarted=False, recognition=None, stats=Stats(), position_us=None,
)  # fmt: skip


class Pipeline:
    """Plays sources one after the other through one network.

    All methods are for one controlling thread, and none blocks but ``wait`` and ``stop``. What
    goes wrong in a source or in the network is told by ``Snapshot.failure``, after which
    ``replace_source`` plays the next one.

    Args:
        open_source: opens the source; called in the reader thread.
        load_network: loads the network; called in the worker thread, once.
        settings: slice length, backlog, region and vote.
        on_recognitions: called in the worker thread with every decision in order. It must not
            call ``stop``.
        loop: whether a recording begins anew at its end.
        speed: sensor seconds per second for recordings, none for as fast as possible.
    """

    def __init__(
        self,
        open_source: OpenSource,
        load_network: Callable[[], NetworkSession],
        settings: Settings,
        *,
        on_recognitions: OnRecognitions | None = None,
        loop: bool = False,
        speed: float | None = 1.0,
    ) -> None:
        self._open_source = open_source
        self._network = SharedNetwork(load_network)
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
        """Leave the source that plays, if any, and play another with the same network.

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
        self._run = Run(
            open_source, self._network, self._settings, self._on_recognitions, self._speed,
            self._loop,
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
        return all(run.join(deadline_s) for run in runs)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until the source has finished, failed or been stopped; false on timeout."""
        return self._run is not None and self._run.wait(timeout_s)

    def take(self) -> Snapshot:
        """The newest picture, with everything that has accumulated since the last one."""
        return NOT_STARTED if self._run is None else self._run.take()

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
        """Go to a sensor time of a recording; a live source has no other time than now."""
        if self._run is not None and self.info is not None and not self.info.is_live:
            self._run.seek(t_us)

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
