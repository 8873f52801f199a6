"""What is fuzzed: whole inputs to begin with, and what takes in a damaged one.

``take`` tells whether the input was used; what it does not answer, it raises.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz import parsers, readers

Seeds = Callable[[Path], list[bytes]]
Take = Callable[[Path], bool]


@dataclass(frozen=True, slots=True)
class Target:
    """``seeds`` makes whole inputs with the help of an empty folder; ``file`` is their name.

    What the program reads in a process that may hang or die it takes ``apart`` in the same way: an
    input at which ours hung or died is a finding only if that does not answer in time.
    """

    name: str
    file: str
    seeds: Seeds
    take: Take
    apart: Take | None = None


TARGETS = {
    target.name: target
    for target in (
        Target("aedat1", "a.aedat", readers.aedat1, readers.take_recording),
        Target("aedat2", "a.aedat", readers.aedat2, readers.take_recording),
        Target("aedat3", "a.aedat", readers.aedat3, readers.take_recording),
        Target("aedat4", "a.aedat4", readers.aedat4, readers.take_recording),
        Target("prophesee", "a.raw", readers.prophesee, readers.take_recording),
        Target("tables", "a.h5", readers.tables, readers.take_recording),
        Target("probe", "greeting", parsers.greetings, parsers.take_greeting),
        Target("labels", "a_labels.csv", parsers.labels, parsers.take_labels),
        Target("trials", "trials_to_train.txt", parsers.trials, parsers.take_trials),
        Target("settings", "settings.json", parsers.settings, parsers.take_settings),
        Target("model", "a.safetensors", parsers.models, parsers.take_model),
        Target("description", "description.json", parsers.descriptions, parsers.take_description),
        Target("nir", "a.nir", parsers.nir_files, parsers.take_nir, parsers.take_nir_apart),
        Target("graph", "graph.json", parsers.graphs, parsers.take_graph),
    )
}
