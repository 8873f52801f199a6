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
from app.pipeline.recorder import Tape
from app.pipeline.run import Run
from app.pipeline.snapshot import PipelineState, Snapshot
from app.pipeline.succession import Succession
from app.pipeline.systems import LoadNetwork, System, Systems
from app.pipeline.taping import Taping
from app.pipeline.wishes import RegionWish, WatchWish, Wishes
from app.pipeline.worker import OnRecognitions
from app.settings import FilterSettings, Settings
from app.sources.contract import SourceInfo


class Pipeline:
    """Plays sources one after the other through one system or two.

    All methods are for one controlling thread, and none blocks but ``wait`` and ``stop``. What
    goes wrong in a source or in the leading network is told by ``Snapshot.failure``, after which
    ``replace_source`` plays the next one; what plays well is left only for one that can be opened.
    A system that is chosen and cannot be used is told by ``Snapshot.refusal``, and what recognised
    before goes on.

    Args:
        open_source: opens the source; called in the reader thread.
        systems: the leading system, and perhaps one to compare it with; or only what loads a
            network that has no file. Each is loaded once, in a thread of its own.
        settings: slice length, backlog, filters, region and vote.
        fallback: stands in if the leading system cannot be loaded at the start.
        on_recognitions: called in the worker thread with every decision of the leading system in
            order. It must not call ``stop``.
        loop: whether a recording begins anew at its end.
        speed: sensor seconds per second for recordings, none for as fast as possible.
        pictures: whether anybody looks: without, snapshots have no event counts and no spikes.
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
        pictures: bool = True,
    ) -> None:
        self._open_source = open_source
        if not isinstance(systems, tuple):
            systems = (System(Path(), systems),)
        self._choice = Choice(systems, fallback)
        self._wishes = Wishes(filters=settings.filters)
        self._networks = Networks()
        self._settings = settings
        self._on_recognitions = on_recognitions
        self._loop = loop
        self._speed = speed
        self._pictures = pictures
        self._succession = Succession(self._make_run, self.stop_recording)
        self._stopped = False
        self._taping = Taping()

    def start(self) -> None:
        """Open the source and play.

        Raises:
            RuntimeError: the pipeline has been started or stopped before.
        """
        if self._run is not None:
            raise RuntimeError("the pipeline has been started before")
        self._check_not_stopped()
        self._succession.play(self._open_source)

    def replace_source(
        self, open_source: OpenSource, *, at_once: bool = False, follows: bool = False
    ) -> None:
        """Play another source with the same systems, as soon as it is open.

        What plays meanwhile goes on, and stays if the other one cannot be opened, which
        ``Snapshot.not_opened`` tells; of several that are asked for the last wins. ``at_once``
        leaves what plays first, for a device that can be open only once; with ``follows`` the
        recording that plays is played to its end first.

        Raises:
            RuntimeError: the pipeline has been stopped.
        """
        self._check_not_stopped()
        self._succession.ask_for(open_source, at_once=at_once, follows=follows)

    def _make_run(self, open_source: OpenSource, info: SourceInfo | None) -> Run:
        self._choice.make(self._choice.wanted)  # what was refused has been told
        return Run(
            open_source, self._choice, self._networks, self._settings, self._on_recognitions,
            self._speed, self._loop, info, pictures=self._pictures, wishes=self._wishes,
        )  # fmt: skip

    @property
    def _run(self) -> Run | None:
        return self._succession.run

    def _check_not_stopped(self) -> None:
        if self._stopped:
            raise RuntimeError("the pipeline has been stopped")

    def stop(self, timeout_s: float = 3.0) -> bool:
        """End every thread and close the source, for good.

        Returns:
            False if something would not end within ``timeout_s``; it is left behind as a daemon.
        """
        self._stopped = True
        self.stop_recording()
        self._succession.close()
        deadline_s = time.monotonic() + timeout_s
        # All of them are waited for, though one may have failed to end already.
        parts = (self._succession, self._taping, self._networks)
        ended = [part.join(deadline_s) for part in parts]
        return all(ended)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until the source has finished, failed or been stopped; false on timeout.

        A source that was asked for last is waited for, too.
        """
        return self._succession.wait(timeout_s)

    def take(self) -> Snapshot:
        """The newest picture, with everything that has accumulated since the last one."""
        snapshot = self._succession.take()
        return replace(snapshot, chosen=self._choice.wanted) if self._run is None else snapshot

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

        What is seen there is what playing up to it would show.
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

    def set_region(self, wish: RegionWish | None) -> None:
        """Let the networks see a part of the picture, wherever a sensor is of that size; none is
        what the settings say. Vote and network state begin anew."""
        self._wishes.region = wish

    def set_filters(self, filters: FilterSettings) -> None:
        """Let everybody see the events through these filters, from the next slice on."""
        self._wishes.filters = filters

    def measure_noise(self, measured: bool) -> None:
        """Whether ``Snapshot.filters`` tells how noisy the stream is."""
        self._wishes.noise = measured

    def watch(self, wish: WatchWish | None) -> None:
        """Tell in ``Reading.watched`` about a neuron or a patch of pixels, or about nothing."""
        self._wishes.watch = wish

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

    def set_span(self, span: tuple[int, int] | None) -> None:
        """Play this recording between two sensor times again and again, or none of that."""
        if self._run is not None:
            self._run.reader.span = span

    def record(self, path: Path) -> None:
        """Write what the live source sends from now on, also while it is held, as AEDAT 4.

        Raises:
            SourceError: nothing live plays, or the file cannot be written.
        """
        self._taping.begin(path, self._run)

    def stop_recording(self) -> None:
        """Complete the file, which ``tape`` then tells; without a recording, nothing happens."""
        self._taping.end()

    @property
    def tape(self) -> Tape | None:
        """How the recording goes, or went; none before the first."""
        return self._taping.tape
