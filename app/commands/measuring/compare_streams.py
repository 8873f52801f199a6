"""One stream played to one model, for ``compare``, in whichever process there is room."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from app.commands.evaluate import decide, judge_played
from app.commands.measuring.evaluate_cases import Case
from app.commands.measuring.evaluate_report import Judged
from app.recognition.decision import SlidingWindow, tick_winners
from app.settings import Settings, VoteSettings
from models.live import open_network
from models.measuring.footprint import Footprint, FootprintMeter
from models.measuring.scores import NO_DECISION, OTHER, Outcome, judge_gesture
from models.networks.catalogue import Network
from models.networks.checkpoint import load_checkpoint
from models.spec import ModelSpec, NetworkSession, TickEvents, TickOutput

# Time is taken on this many ticks, the last of so many of the first metered stream.
TIMED_TICKS, TIMED_UNTIL = 800, 1800


@dataclass(frozen=True, slots=True)
class Stream:
    """What came of a stream; ``ten`` as if the class of other gestures had no output neurons.

    ``footprint`` and ``timed``, counts (T, 2, H, W), are there where they were asked for.
    """

    judged: Judged
    ten: list[Outcome]
    footprint: Footprint | None
    timed: np.ndarray | None


def play_stream(
    file: Path, case: Case, settings: Settings, is_metered: bool, is_timed: bool
) -> Stream:
    """Play one stream to the model in ``file``; one that is timed is metered, too.

    Raises:
        BadInput: the stream failed.
        ModelError: the file is no model.
        OurFault: the program itself failed.
    """
    session = _session(file)
    meter = _meter(file, session.spec) if is_metered else None
    tape = TapedNetwork(session, meter)
    heard = decide(case.open_source, tape, settings)
    judged = judge_played(case, heard)
    decisions = tape.decisions_without(OTHER, settings.vote)
    named = [truth for truth in case.truths if truth.gesture != OTHER]
    return Stream(
        judged,
        [judge_gesture(heard.t_us, decisions, truth) for truth in named],
        meter.result() if meter else None,
        np.stack(tape.timed) if is_timed else None,
    )


def _meter(file: Path, spec: ModelSpec) -> FootprintMeter:
    return FootprintMeter(_network(file), spec.tick_us / 1000, both_ways=bool(spec.mirror))


# The streams of a model come one after the other, so a process opens each model about once.
@lru_cache(maxsize=1)
def _session(file: Path) -> NetworkSession:
    return open_network(file, whole=True)


@lru_cache(maxsize=1)
def _network(file: Path) -> Network:
    return load_checkpoint(file)[0]


class TapedNetwork:
    """A network session that remembers what its output neurons fired, and shows others its input.

    ``timed`` are counts (2, H, W) of ticks to take the time with, if there is a ``meter``.
    """

    def __init__(self, network: NetworkSession, meter: FootprintMeter | None = None) -> None:
        self._network = network
        self._meter = meter
        self._seen = 0
        # Output spikes (T, C), in stretches between which votes are cleared.
        self._stretches: list[list[np.ndarray]] = [[]]
        self.timed: deque[np.ndarray] = deque()

    @property
    def spec(self) -> ModelSpec:
        return self._network.spec

    def run(self, ticks: TickEvents) -> TickOutput:
        output = self._network.run(ticks)
        self._stretches[-1].append(output.output)
        if self._meter is not None:
            counts = ticks.counts()
            self._meter.run(counts)
            self._keep(counts)
        return output

    def _keep(self, counts: np.ndarray) -> None:
        if self._seen < TIMED_UNTIL:
            self.timed.extend(counts)
            self._seen += len(counts)
        while len(self.timed) > TIMED_TICKS:
            self.timed.popleft()

    def skip(self, duration_us: int) -> None:
        self._network.skip(duration_us)
        self._stretches.append([])
        if self._meter is not None:
            self._meter.skip(duration_us)

    def reset(self) -> None:
        self._network.reset()
        self._stretches.append([])
        if self._meter is not None:
            self._meter.reset()

    def decisions_without(self, unheard: int | None, vote: VoteSettings) -> np.ndarray:
        """The decisions (T,) of all ticks if the class ``unheard`` had no output neurons.

        ``vote`` is one without a warm-up, see ``judging``.
        """
        spec, decisions = self.spec, []
        for stretch in filter(None, self._stretches):
            output = np.concatenate(stretch)
            if unheard is not None:
                output[:, unheard] = 0
            window = SlidingWindow.of(spec, vote)
            decisions += window.push(tick_winners(output, spec.min_spikes), 0, spec.tick_us)
        gestures = [NO_DECISION if each.gesture is None else each.gesture for each in decisions]
        return np.array(gestures, np.int64)
