"""The systems at work on one stream: each with network, input encoding and vote of its own.

What was chosen takes effect as a whole, between two slices, once every network of it is loaded;
until then the systems before it go on. So every slice is seen by the one or the other, and two
systems that are compared see exactly the same slices.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

from app.events import EventSlice, Resolution
from app.pipeline.board import Board
from app.pipeline.choice import Choice
from app.pipeline.faults import fault_of
from app.pipeline.networks import CallBack, Networks
from app.pipeline.systems import System, Systems
from app.pipeline.wishes import Wishes
from app.recognition.decision import SlidingWindow
from app.recognition.encoding import Encoder, Region, centred_square
from app.recognition.recognizer import Recognizer, Stretch
from app.recognition.slicer import TICK_US
from app.settings import Settings
from app.sources.contract import SourceError, SourceInfo
from models.spec import ModelError, NetworkSession


def make_recognizer(
    network: NetworkSession, info: SourceInfo, settings: Settings, region: Region | None = None
) -> Recognizer:
    """Fit a network to a source, which it sees a ``region`` of, or what the settings say.

    Raises:
        ModelError: slices are not whole ticks of this network.
        SourceError: the region lies outside this sensor.
    """
    spec = network.spec
    if TICK_US % spec.tick_us:
        raise ModelError(f"expected a tick that divides {TICK_US} us, got {spec.tick_us} us")
    try:
        region = region or settings.stream.region
        encoder = Encoder(info.resolution, spec.input_shape, region, spec.tick_us)
    except ValueError as error:
        raise SourceError(str(error)) from error
    return Recognizer(network, encoder, SlidingWindow.of(spec, settings.vote))


@dataclass(frozen=True, slots=True)
class Work:
    """What one system made of some slices, and how long it took."""

    system: System
    stretches: list[Stretch]
    busy_s: float


class Ensemble:
    """Borrows networks from ``networks``; a context that gives them back, unless it fails.

    ``call_back`` is called from any thread when ``update`` should be called again.
    """

    def __init__(
        self,
        choice: Choice,
        networks: Networks,
        board: Board,
        settings: Settings,
        call_back: CallBack,
        wishes: Wishes,
    ) -> None:
        self._wishes = wishes
        self._choice = choice
        self._networks = networks
        self._board = board
        self._settings = settings
        self._call_back = call_back
        self._borrowed: dict[System, NetworkSession] = {}
        self._recognizers: dict[System, Recognizer] = {}
        self._resolution: Resolution | None = None  # of the sensor they are fitted to
        self._region: Region | None = None  # of it that was wished for
        self._at_work: Systems = ()

    def __enter__(self) -> Ensemble:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for system, network in self._borrowed.items():
            self._networks.give_back(system, network if error is None else None)

    def update(self) -> bool:
        """Put into force what was chosen, if all of it is there; whether anything recognises.

        Raises:
            Exception: the first network cannot be used and there is nothing to go on with.
        """
        while (wanted := self._choice.wanted) != self._at_work:
            refused = self._gather(wanted)
            if refused is not None:
                self._refuse(wanted, *refused)
                continue
            if all(system in self._borrowed for system in wanted):
                self._at_work = wanted
                self._show()
            break
        self._release()
        return bool(self._at_work)

    def process(self, slices: Sequence[EventSlice]) -> list[Work]:
        """Let every system at work see ``slices``, the leading one first.

        Raises:
            Exception: the first system failed; when the second does, the first goes on alone.
        """
        first, *others = self._at_work
        works = [self._process(first, slices)]
        for system in others:
            try:
                works.append(self._process(system, slices))
            except Exception as error:  # noqa: BLE001 - the first must not suffer, whatever it is
                self._lose(system, error)
        return works

    def _process(self, system: System, slices: Sequence[EventSlice]) -> Work:
        began_s = time.monotonic()
        self._fit(system)
        recognizer = self._recognizers[system]
        recognizer.watch = self._wishes.watch_in(system, leads=system == self._at_work[0])
        stretches = recognizer.process_many(slices)
        return Work(system, stretches, time.monotonic() - began_s)

    def _gather(self, wanted: Systems) -> tuple[System, Exception] | None:
        """Borrow what is there; the system that cannot be used and why, if there is one."""
        for system in wanted:
            try:
                if system not in self._borrowed:
                    network = self._networks.ask(system, self._call_back)
                    if network is not None:
                        self._borrowed[system] = network
                if self._at_work:  # before, the source may not be open yet
                    self._fit(system)
            except Exception as error:  # noqa: BLE001 - those at work go on, whatever it is
                return system, error
        return None

    def _fit(self, system: System) -> None:
        info = self._board.info
        if info is None:
            return
        if info.resolution != self._resolution:
            self._recognizers.clear()
            self._resolution, self._region = info.resolution, None
        if self._wishes.region_on(info.resolution) != self._region:
            self._look_elsewhere(self._wishes.region_on(info.resolution))
        if system in self._borrowed and system not in self._recognizers:
            self._recognizers[system] = make_recognizer(
                self._borrowed[system], info, self._settings, self._region
            )
            chosen = self._region or self._settings.stream.region
            self._board.show_region(chosen or centred_square(info.resolution))

    def _look_elsewhere(self, region: Region | None) -> None:
        """Begin anew with another part of the picture, which is another scene."""
        self._region = region
        self._recognizers.clear()
        for network in self._borrowed.values():
            network.reset()

    def _refuse(self, wanted: Systems, system: System, error: Exception) -> None:
        """Go on with what is at work, with the first alone, or with the fallback as the first."""
        fallback = self._choice.fallback
        if self._at_work:
            instead = self._at_work
        elif system != wanted[0]:
            instead = wanted[:1]
        elif fallback is not None and fallback != system:
            instead = tuple(dict.fromkeys((fallback, *wanted[1:])))
        else:
            raise error
        self._choice.refuse(wanted, instead, fault_of(error, f"loading {system.path}").sentence)

    def _lose(self, system: System, error: Exception) -> None:
        """The second system has failed at work."""
        before, self._at_work = self._at_work, self._at_work[:1]
        fault = fault_of(error, f"recognition by {system.path.name}")
        self._choice.refuse(before, self._at_work, fault.sentence)
        self._recognizers.pop(system, None)
        del self._borrowed[system]
        self._networks.give_back(system, None)
        self._show()

    def _release(self) -> None:
        """Give back what is neither at work nor wanted."""
        kept = {*self._at_work, *self._choice.wanted}
        for system in [system for system in self._borrowed if system not in kept]:
            self._recognizers.pop(system, None)
            self._networks.give_back(system, self._borrowed.pop(system))

    def _show(self) -> None:
        specs = [(system, self._borrowed[system].spec) for system in self._at_work]
        self._board.show_systems(specs)
