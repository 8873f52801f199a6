"""What the controls do to the pipeline. Knows neither widgets nor Qt."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.pipeline.recorder import Tape
from app.pipeline.snapshot import PipelineState, Snapshot
from app.pipeline.systems import Systems
from app.pipeline.wishes import RegionWish, WatchWish
from app.settings import FilterSettings
from app.sources.contract import CameraSpec, EventSource, SourceError, SourceSpec
from app.ui.logic.language import translate
from app.ui.logic.pipeline_port import OpenSource, PipelinePort
from app.ui.logic.surveys import Survey
from app.ui.logic.transport import Transport
from app.ui.logic.words import BROKEN

BuildPipeline = Callable[[OpenSource], PipelinePort]
OpenSpec = Callable[[SourceSpec], EventSource]
Project = Callable[[SourceSpec], PipelinePort]


class Player(Transport):
    """Holds the pipeline, which is built when the first source is asked for.

    ``systems`` are to recognise; none leaves it to the pipeline. ``region`` is the part of the
    picture that the networks are to see, none what the settings say. ``spec`` is what plays,
    ``asked`` what is being opened, ``refused`` what was asked for last if it could not be opened.
    ``survey`` begins an overview of a recording, if there shall be any; ``project`` builds another
    pipeline that plays a recording as this one does, with slices as long as a film's pictures.
    ``on_opened`` and ``on_refused`` hear how an opening ended, while a snapshot is taken.
    """

    def __init__(
        self, open_spec: OpenSpec, build_pipeline: BuildPipeline, systems: Systems = ()
    ) -> None:
        super().__init__()
        self._open_spec = open_spec
        self._build_pipeline = build_pipeline
        self.systems = systems
        self.survey: Survey | None = None
        self.project: Project | None = None
        self._watching: WatchWish | None = None
        self._measuring = False
        self.region: RegionWish | None = None
        self.spec: SourceSpec | None = None
        self.asked: SourceSpec | None = None
        self.refused: SourceSpec | None = None
        self.on_opened: Callable[[SourceSpec], None] = lambda spec: None
        self.on_refused: Callable[[SourceSpec], None] = lambda spec: None

    def open(self, spec: SourceSpec, *, follows: bool = False) -> None:
        """Play ``spec`` from its beginning as soon as it is open; until then what plays goes on.

        With ``follows``, what plays is played to its end first.
        """
        self.asked, self.refused = spec, None
        opener = partial(self._open_spec, spec)
        if self._pipeline is None:
            self._pipeline = self._build_pipeline(opener)
            if self.systems:
                self._pipeline.set_systems(self.systems)
            if self._watching is not None:
                self._pipeline.watch(self._watching)
            if self._measuring:
                self._pipeline.measure_noise(True)
            if self.region is not None:
                self._pipeline.set_region(self.region)
            self._pipeline.start()
        else:
            at_once = _may_be_one(spec, self.spec)
            self._pipeline.replace_source(opener, at_once=at_once, follows=follows)

    def take(self) -> Snapshot | None:
        """The newest snapshot, or none before the first source."""
        if self._pipeline is not None:
            before, self.snapshot = self.snapshot, self._pipeline.take()
            self._lead_others(before, self.snapshot)
            if self.asked is not None and not self.snapshot.opening:
                self._settle(self.asked, self.snapshot)
        return self.snapshot

    def _lead_others(self, before: Snapshot | None, now: Snapshot) -> None:
        """Systems that come to work while a recording is held are led to where it is held."""
        if before is None or now.state is not PipelineState.PAUSED or now.seeking_us is not None:
            return
        were, are = ({each.system for each in taken.readings} for taken in (before, now))
        if were and are - were and now.position_us is not None:
            self._lead_to(now.position_us)

    def _settle(self, asked: SourceSpec, snapshot: Snapshot) -> None:
        """See how the opening of ``asked`` has ended, if it has."""
        if snapshot.not_opened is None and snapshot.info is not None:
            self.spec, self.asked = asked, None
            self.on_opened(asked)
        elif snapshot.not_opened is not None or snapshot.state in BROKEN:
            self.asked, self.refused = None, asked
            if snapshot.info is None:
                self.spec = None
            self.on_refused(asked)

    def toggle(self) -> None:
        """Pause what runs; go on with what is paused, anew with what has ended or failed."""
        if self._pipeline is None or self.snapshot is None:
            return
        if self.is_running:
            self._pipeline.pause()
        elif self.snapshot.state in BROKEN:
            self._reopen()
        elif self.snapshot.state is PipelineState.FINISHED:
            self.restart()
        else:
            self._pipeline.resume()

    def _reopen(self) -> None:
        """Play anew what has failed."""
        spec = self.spec or self.refused
        if spec is not None:
            self.open(spec)

    def set_systems(self, systems: Systems) -> None:
        """Recognise with ``systems``; what has failed is played anew with them."""
        self.systems = systems
        if self._pipeline is None:
            return
        self._pipeline.set_systems(systems)
        if self.snapshot is not None and self.snapshot.state in BROKEN:
            self._reopen()

    def set_region(self, wish: RegionWish | None) -> None:
        """Let the networks see a part of the picture, or what the settings say."""
        self.region = wish
        if self._pipeline is not None:
            self._pipeline.set_region(wish)
            self._see_again()

    def set_filters(self, filters: FilterSettings) -> None:
        """Look through other filters than the pipeline was built with."""
        if self._pipeline is not None:
            self._pipeline.set_filters(filters)
            self._see_again()

    def measure_noise(self, measured: bool) -> None:
        """Have it told how noisy the stream is, or not."""
        self._measuring = measured
        if self._pipeline is not None:
            self._pipeline.measure_noise(measured)

    def watch(self, wish: WatchWish | None) -> None:
        """Have a neuron or a patch of pixels told, or nothing."""
        self._watching = wish
        if self._pipeline is not None:
            self._pipeline.watch(wish)
            if wish is not None:
                self._see_again()

    def _see_again(self) -> None:
        """What is held was seen with other wishes: lead there anew."""
        held = self.snapshot
        if held is not None and held.state is PipelineState.PAUSED and held.place_us is not None:
            self._lead_to(held.place_us)

    def record(self, path: Path) -> None:
        """Write the live source that plays into an AEDAT 4 file from now on.

        Raises:
            SourceError: nothing live plays, or the file cannot be written.
        """
        if self._pipeline is None:
            raise SourceError(
                translate("window", "expected a live source to record, but none plays")
            )
        self._pipeline.record(path)

    def stop_recording(self) -> None:
        """Complete the file that is being written."""
        if self._pipeline is not None:
            self._pipeline.stop_recording()

    @property
    def tape(self) -> Tape | None:
        """How the recording goes, or went; none before the first."""
        return None if self._pipeline is None else self._pipeline.tape

    def stop(self, timeout_s: float) -> bool:
        """End the pipeline; false if something in it did not end in time."""
        return self._pipeline is None or self._pipeline.stop(timeout_s)

    def rest(self, timeout_s: float) -> bool:
        """End the pipeline until the next ``open``, which builds another; false as in ``stop``."""
        ended = self.stop(timeout_s)
        self._pipeline = self.snapshot = self.asked = self.refused = None
        return ended


def _may_be_one(spec: SourceSpec, playing: SourceSpec | None) -> bool:
    """Whether a camera is asked for that plays: it is open only once, so it must be left first."""
    if not (isinstance(spec, CameraSpec) and isinstance(playing, CameraSpec)):
        return False
    return None in (spec.serial, playing.serial) or spec.serial == playing.serial
