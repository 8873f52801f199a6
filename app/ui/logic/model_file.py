"""What a model file says of itself, in words."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.teaching import TAUGHT_ENDING
from app.ui.logic.words import spelled
from models.model_file import is_graph, is_old, load_spec
from models.naming import family_name, model_name
from models.spec import ModelError

UNREADABLE = QT_TRANSLATE_NOOP("window", "cannot be read")
OLD = QT_TRANSLATE_NOOP("window", "an older format, to be converted")
GRAPH = QT_TRANSLATE_NOOP("window", "a NIR graph")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """Name and description in words; a file that cannot be read goes by its own name."""

    path: Path
    name: str
    description: str

    @property
    def line(self) -> str:
        """Everything in one line."""
        return f"{self.name}: {self.description}"


def read_model_file(path: Path) -> ModelFile:
    """What is known about a model from its file alone."""
    if is_old(path):
        return ModelFile(path, path.stem, translate("window", OLD))
    if is_graph(path):  # what is in it is read where it cannot stop the window
        return ModelFile(
            path, path.stem, translate("window", GRAPH if os.path.isfile(path) else UNREADABLE)
        )
    try:
        spec, stored = load_spec(path)
    except ModelError:
        return ModelFile(path, path.stem, translate("window", UNREADABLE))
    side = " × ".join(str(length) for length in spec.input_shape[1:])
    # Not all that is stored was learnt, DECOLLE's random read-outs for example.
    learnt = spec.training.get("parameters", stored)
    parts = [translate("window", "{0} parameters").format(f"{learnt:,}"), side]
    name, family = spelled(model_name(spec.name, spec.system)), spelled(family_name(spec.system))
    words = ", ".join(parts if name == family else [family, *parts])
    taught = translate("window", "{0}, taught").format(name)
    return ModelFile(path, taught if path.stem.endswith(TAUGHT_ENDING) else name, words)
