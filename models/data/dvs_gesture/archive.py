"""What a data set's folder holds: two lists of trials, and for each a recording and labels.

trials_to_train.txt  trials_to_test.txt    one userNN_LIGHT.aedat a line
userNN_LIGHT.aedat   userNN_LIGHT_labels.csv
gesture_mapping.csv                        action,label
"""

from __future__ import annotations

import re
import reprlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.data.dvs_gesture.findings import COPY_AGAIN, DataSetError, Finding
from models.data.dvs_gesture.labels import GestureLabel, read_labels, read_rows, settle_labels
from models.data.gestures import CLASSES, class_index

TRIAL_LISTS = {"train": "trials_to_train.txt", "test": "trials_to_test.txt"}
MAPPING, MAPPING_HEADER = "gesture_mapping.csv", ("action", "label")
# Only sets that were made synthetically have it.
MADE = "made.json"

# So short that whatever is added to it is still a name that a disk can hold.
_TRIAL_FILE = re.compile(r"user(\d{1,9})_(\w{1,40})\.aedat")
_brief = reprlib.Repr()
_brief.maxstring = 60
# A person who holds still at the end makes no events for a moment.
_SLACK_US = 500_000


@dataclass(frozen=True, slots=True)
class Trial:
    """One recording of one person in one light."""

    folder: Path
    name: str
    split: str

    @property
    def recording(self) -> Path:
        return self.folder / f"{self.name}.aedat"

    @property
    def labels(self) -> Path:
        return self.folder / f"{self.name}_labels.csv"

    @property
    def person(self) -> str:
        return self.name.partition("_")[0]

    @property
    def lighting(self) -> str:
        return self.name.partition("_")[2]


def list_trials(folder: Path) -> tuple[list[Trial], list[Finding]]:
    """The trials of both lists, and what is wrong with lists and files; opens no recording.

    Raises:
        DataSetError: the folder does not hold a data set at all.
    """
    if not folder.is_dir():
        raise DataSetError(str(folder), "is not a folder", "give the data set's folder")
    if not any((folder / name).exists() for name in TRIAL_LISTS.values()):
        inside = next(folder.glob(f"*/{TRIAL_LISTS['train']}"), None)
        remedy = (
            f"give {inside.parent}" if inside else "give the folder that the archive unpacks to"
        )
        raise DataSetError(str(folder), f"holds no {TRIAL_LISTS['train']}", remedy)
    trials: list[Trial] = []
    findings: list[Finding] = []
    for split, name in TRIAL_LISTS.items():
        for line in _lines(folder / name, findings):
            if _TRIAL_FILE.fullmatch(line):
                trials.append(Trial(folder, line.removesuffix(".aedat"), split))
            else:
                text = f"lists {_brief.repr(line)}, which is not a name like user01_led.aedat"
                findings.append(Finding(name, text, COPY_AGAIN))
    return trials, [*findings, *_check_lists(trials), *_check_files(folder, trials)]


def _lines(path: Path, findings: list[Finding]) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        reason = error.strerror or str(error)
        findings.append(Finding(path.name, f"cannot be read ({reason})", COPY_AGAIN))
        return []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        findings.append(Finding(path.name, "lists no trial", COPY_AGAIN))
    return lines


def _check_lists(trials: list[Trial]) -> Iterator[Finding]:
    both = " and ".join(TRIAL_LISTS.values())
    for name, times in Counter(trial.name for trial in trials).items():
        if times > 1:
            yield Finding(both, f"list {name} {times} times", COPY_AGAIN)
    people = [{t.person for t in trials if t.split == split} for split in TRIAL_LISTS]
    for person in sorted(people[0] & people[1]):
        yield Finding(both, f"both list {person}, who must be in one of them only", COPY_AGAIN)


def _check_files(folder: Path, trials: list[Trial]) -> Iterator[Finding]:
    remedy = "run dataset make again" if (folder / MADE).exists() else COPY_AGAIN
    for trial in trials:
        for path in (trial.recording, trial.labels):
            if not path.is_file():
                yield Finding(path.name, f"is missing (see {TRIAL_LISTS[trial.split]})", remedy)
    listed = {trial.recording.name for trial in trials}
    for path in sorted(folder.glob("*.aedat")):
        # macOS puts a "._" file of its own beside each one that it copies.
        if path.name not in listed and not path.name.startswith("."):
            yield Finding(path.name, "stands in neither list and is left out")
    yield from _check_mapping(folder / MAPPING)


def _check_mapping(path: Path) -> Iterator[Finding]:
    """Other spellings of a name are let pass, another number of a known one is not."""
    if not path.exists():
        # Provided beside the archive, not in it, and nothing is read from it.
        yield Finding(path.name, "is missing, which does no harm")
        return
    for name, *rest in read_rows(path)[1:]:
        try:
            index = class_index(name)
        except ValueError:
            continue
        if rest != [str(index + 1)]:
            text = f"gives {name} the class {','.join(rest)} instead of {index + 1}"
            yield Finding(path.name, text, COPY_AGAIN)


def write_mapping(path: Path) -> None:
    """Write which class has which number.

    Raises:
        OSError: the file cannot be written.
    """
    rows = [MAPPING_HEADER, *((name, str(number)) for number, name in enumerate(CLASSES, 1))]
    path.write_text("".join(f"{','.join(row)}\n" for row in rows), encoding="ascii")


def labels_of(trial: Trial, events: np.ndarray) -> tuple[list[GestureLabel], list[Finding]]:
    """A trial's labels, settled and inside its recording, and what was noticed about them.

    ``events`` (N,) are those of the recording, in order of time and at least one.

    Raises:
        DataSetError: the labels cannot be used, or the recording ends before they do.
    """
    name = trial.labels.name
    try:
        labels, notes = settle_labels(read_labels(trial.labels))
    except ValueError as error:
        raise DataSetError(name, f"is wrong: {error}") from error
    first_us, last_us = int(events["t"][0]), int(events["t"][-1])
    if labels[0].start_us < first_us - _SLACK_US or labels[-1].start_us > last_us:
        text = f"has gestures outside {trial.recording.name}"
        raise DataSetError(name, text, "copy both again from the archive")
    if labels[-1].end_us > last_us + _SLACK_US:
        missing_s = (labels[-1].end_us - last_us) / 1e6
        text = f"ends {missing_s:.1f} s before its last gesture does"
        raise DataSetError(trial.recording.name, text)
    return labels, [Finding(name, note) for note in notes]
