"""Decisions as lines of text or JSON, while a pipeline runs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from typing import Any, Protocol

from app.commands.errors import check_failure
from app.commands.filtering import said_of
from app.commands.notes import Notes, tell
from app.commands.playing import Order, Sampler, Tally, play
from app.commands.shown import say
from app.filters.chain import FilterCount
from app.pipeline.snapshot import Snapshot
from app.recognition.record import decision_record
from app.sources.contract import FileSpec, SourceSpec

Write = Callable[[str], None]
WAITING_NOTED_S = 3.0


class Report(Protocol):
    """Where decisions go; each call writes whole lines at once."""

    def decision(self, t_us: int, gesture: str | None, share: float) -> None: ...

    def summary(self, summary: dict[str, Any]) -> None: ...


class JsonReport:
    """One JSON object a line, each with what is in ``every``."""

    def __init__(self, write: Write = say, every: Mapping[str, str] | None = None) -> None:
        self._write = write
        self._every = every or {}

    def decision(self, t_us: int, gesture: str | None, share: float) -> None:
        self._line(decision_record(t_us, gesture, share))

    def summary(self, summary: dict[str, Any]) -> None:
        self._line({"summary": True, **summary})

    def _line(self, record: Mapping[str, Any]) -> None:
        self._write(json.dumps({**self._every, **record}))


class TextReport:
    """A line whenever the gesture changes; times are seconds since the first decision.

    How sure a decision is, is how often such decisions were right, see ``Recognition``.
    """

    def __init__(self, write: Write = say) -> None:
        self._write = write
        self._start_us: int | None = None
        self._gesture: str | None = None

    def decision(self, t_us: int, gesture: str | None, share: float) -> None:
        if self._start_us is None:
            self._start_us = t_us
        elif gesture == self._gesture:
            return
        self._gesture = gesture
        said = f"{gesture.replace('_', ' '):<28} {share:4.0%} sure" if gesture else "-"
        self._write(f"{(t_us - self._start_us) / 1e6:9.3f} s  {said}")

    def summary(self, summary: dict[str, Any]) -> None:
        decisions = summary["decisions"]
        total = sum(decisions.values()) + summary["undecided"]
        self._write("")
        for name, count in sorted(decisions.items(), key=lambda item: -item[1]):
            if count:
                self._write(f"{name.replace('_', ' '):<28} {count / total:4.0%} of the decisions")
        gesture = (summary["gesture"] or "no gesture").replace("_", " ")
        seconds = summary["duration_us"] / 1e6
        lost = f" and {summary['lost_events']:,} lost" if summary["lost_events"] else ""
        self._write(
            f"{gesture}: {summary['events']:,} events{lost} in {seconds:.2f} s of sensor time"
        )
        counts = [FilterCount(name, **each) for name, each in summary["filters"].items()]
        if counts:
            self._write(f"Filters: {said_of(counts)}")


def summarize(tally: Tally, snapshot: Snapshot, elapsed_us: int) -> dict[str, Any]:
    """The figures of a run; latencies in milliseconds, none where nothing was measured.

    ``elapsed_us`` is the sensor time between decisions, for a run without a known length.
    ``events`` are those that the filters left; what each has seen and taken away stands beside.
    """
    stats, info = snapshot.stats, snapshot.info
    known_us = info.duration_us if info is not None and snapshot.finished else None
    return {
        "gesture": tally.gesture,
        "events": stats.events,
        "lost_events": stats.lost_events,
        "filters": {
            each.name: {"seen": each.seen, "taken": each.taken} for each in snapshot.filters.counts
        },
        "duration_us": elapsed_us if known_us is None else known_us,
        "decisions": {name: tally.decisions[name] for name in snapshot.decidable},
        "undecided": tally.undecided,
        "realtime_factor": stats.realtime_factor,
        "latency_ms_p50": stats.latency_ms_p50,
        "latency_ms_p99": stats.latency_ms_p99,
    }


def _waits_for_source(snapshot: Snapshot, elapsed_s: float, spec: SourceSpec) -> str | None:
    if snapshot.loading != "source" or elapsed_s < WAITING_NOTED_S:
        return None
    if isinstance(spec, FileSpec):
        return "waiting for the source to open, as a drive may have to wake"
    return "waiting for the source to open"


def run_report(
    order: Order,
    every_us: int,
    report: Report,
    stopped: Callable[[], bool],
    say: Callable[[Iterable[str]], None] = tell,
) -> None:
    """Play to the end, or until ``stopped``, and report every decision and the summary.

    Notes are told to ``say``.

    Raises:
        BadInput: the source or the model failed; what was recognised so far has been reported.
        OurFault: the program itself failed, likewise.
    """
    sampler, tally, notes, slowness = Sampler(every_us), Tally(), Notes(say), Notes(say)
    waiting, began_s = Notes(say), time.monotonic()
    snapshot: Snapshot | None = None
    with closing(play(order, sampler, stopped)) as moments:
        for decisions, snapshot in moments:
            notes.show(snapshot.notice)
            slowness.show(snapshot.too_slow)
            waiting.show(_waits_for_source(snapshot, time.monotonic() - began_s, order.spec))
            for decision in decisions:
                name = None if decision.gesture is None else snapshot.classes[decision.gesture]
                tally.add(name)
                report.decision(decision.t_us, name, decision.share)
    assert snapshot is not None  # play yields at least once
    if snapshot.info is not None and snapshot.classes:
        report.summary(summarize(tally, snapshot, sampler.elapsed_us))
    check_failure(snapshot)
