"""Goes through a whole data set and tells what is there and what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.data.dvs_gesture.aedat3 import read_aedat3
from models.data.dvs_gesture.archive import Trial, labels_of, list_trials
from models.data.dvs_gesture.findings import DataSetError, Finding
from models.data.dvs_gesture.labels import GestureLabel


@dataclass(frozen=True, slots=True)
class TrialSummary:
    """What a trial holds, as far as it can be used."""

    trial: Trial
    events: int
    duration_us: int
    labels: tuple[GestureLabel, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """The usable trials, and everything that was noticed, lists and files first."""

    summaries: tuple[TrialSummary, ...]
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.is_problem]


def survey(folder: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> Survey:
    """Read every file of a data set; ``progress`` is called with (done, total) trials.

    Raises:
        DataSetError: the folder does not hold a data set at all.
    """
    trials, findings = list_trials(folder)
    present = [t for t in trials if t.recording.is_file() and t.labels.is_file()]
    summaries = []
    for done, trial in enumerate(present, 1):
        try:
            recording = read_aedat3(trial.recording)
            if recording.note:
                findings.append(Finding(trial.recording.name, recording.note))
            labels, notes = labels_of(trial, recording.events)
            findings += notes
        except DataSetError as error:
            findings.append(error.finding)
        else:
            t = recording.events["t"]
            duration_us = int(t[-1] - t[0])
            summaries.append(TrialSummary(trial, len(t), duration_us, tuple(labels)))
        progress(done, len(present))
    return Survey(tuple(summaries), tuple(findings))
