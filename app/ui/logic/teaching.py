"""A gesture taught in the window: what is collected, what is learnt, where it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.pipeline.snapshot import RasterChunk
from app.places import data_folder
from models.model_file import SUFFIX, load_model, load_spec, save_model
from models.spec import ModelError, ModelSpec

SHOWN_US = 10_000_000
TAUGHT_ENDING = "+you"


@dataclass(frozen=True, slots=True)
class Learnt:
    """The network in ``path`` knows ``name``; ``share`` of the ticks that were kept back and had a
    winner were told apart, and ``before`` if it was known then."""

    path: Path
    name: str
    share: float
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The share of ticks with a winner that a known class won, of what was kept back of it."""

    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A network that has learnt ways of making known gestures, and is not kept yet."""

    path: Path
    spec: ModelSpec
    weights: Mapping[str, np.ndarray]
    told: tuple[Told, ...]

    def keep(self) -> None:
        """Write it down.

        Raises:
            OSError: it cannot be kept.
        """
        save_model(self.path, self.spec, dict(self.weights))


class Showing:
    """Collects what the hidden layer fires while a gesture is shown."""

    def __init__(self, wanted_us: int = SHOWN_US) -> None:
        self._wanted_us = wanted_us
        self._parts: list[np.ndarray] = []
        self._shown_us = 0

    def add(self, chunks: tuple[RasterChunk, ...]) -> None:
        """Add spikes of ticks; those of another network begin anew."""
        for chunk in chunks:
            if self._parts and self._parts[0].shape[1] != chunk.hidden.shape[1]:
                self._parts, self._shown_us = [], 0
            self._parts.append(chunk.hidden)
            self._shown_us += len(chunk.hidden) * chunk.tick_us

    @property
    def share(self) -> float:
        """How much of what is needed is there, 0 to 1."""
        return min(self._shown_us / self._wanted_us, 1.0)

    @property
    def hidden(self) -> np.ndarray:
        """Spikes (T, N) uint8."""
        return np.concatenate(self._parts)


def taught_path(base: Path) -> Path:
    """Where the network in ``base`` is kept once it has been taught.

    Raises:
        NoHomeError: the account has no folder for it.
    """
    folder = data_folder()
    return base if base.parent == folder else folder / f"{base.stem}{TAUGHT_ENDING}{SUFFIX}"


def learn(base: Path, name: str, hidden: np.ndarray, advance: Callable[[float], None]) -> Learnt:
    """Teach the network in ``base``, or what was made of it before, and keep it.

    Raises:
        ModelError: the network cannot be taught that.
        OSError: it cannot be kept.
    """
    from models.teaching.rehearsal import REHEARSAL, load_rehearsal
    from models.teaching.taught import KEPT_BACK, teach, told_apart

    path, spec, weights = _taught_before(base)
    held = round(len(hidden) * (1 - KEPT_BACK))
    wider, learnt = teach(
        spec, weights, name, hidden[:held], load_rehearsal(REHEARSAL, weights), advance
    )
    share = told_apart(wider, learnt, hidden[held:], len(wider.classes) - 1)
    save_model(path, wider, learnt)
    return Learnt(path, name, share)


def learn_way(
    base: Path, class_id: str, hidden: np.ndarray, advance: Callable[[float], None]
) -> Learnt:
    """Teach one's own way of making a known gesture, and keep it.

    Raises:
        ModelError: the network cannot be taught that.
        OSError: it cannot be kept.
    """
    fitted = fit(base, {class_id: hidden}, advance)
    fitted.keep()
    return Learnt(fitted.path, class_id, fitted.told[0].after, fitted.told[0].before)


def fit(base: Path, shown: Mapping[str, np.ndarray], advance: Callable[[float], None]) -> Fitted:
    """Teach the network in ``base``, or what was made of it before, how known gestures look here;
    the last third of each is kept back.

    Raises:
        ModelError: the network cannot be taught that.
    """
    from models.teaching.rehearsal import REHEARSAL, load_rehearsal
    from models.teaching.taught import KEPT_BACK, told_apart
    from models.teaching.ways import teach_ways

    path, spec, weights = _taught_before(base)
    held = {name: round(len(hidden) * (1 - KEPT_BACK)) for name, hidden in shown.items()}
    first = {name: hidden[: held[name]] for name, hidden in shown.items()}
    wider, learnt = teach_ways(spec, weights, first, load_rehearsal(REHEARSAL, weights), advance)
    told = []
    for name, hidden in shown.items():
        rest, number = hidden[held[name] :], spec.classes.index(name)
        before = told_apart(spec, weights, rest, number)
        told.append(Told(name, before, told_apart(wider, learnt, rest, number)))
    return Fitted(path, wider, learnt, tuple(told))


def known_classes(spec: ModelSpec) -> tuple[str, ...]:
    """The classes of which there may be one's own way: not those that say what none of them is."""
    return tuple(n for n in spec.decidable if n not in (*spec.taught, "other_gestures"))


def _taught_before(base: Path) -> tuple[Path, ModelSpec, Mapping[str, np.ndarray]]:
    """Where what is taught is kept, and the network that has learnt already, if it is of the same
    hidden part."""
    from models.teaching.rehearsal import hidden_part

    path = taught_path(base)
    spec, weights = load_model(base)
    if path.exists() and path != base:
        before, kept = load_model(path)
        if hidden_part(kept) == hidden_part(weights):
            return path, before, kept
    return path, spec, weights


def to_be_taught(base: Path, spec: ModelSpec) -> ModelSpec:
    """The description of what a lesson would begin with: ``spec``, that of the network in ``base``,
    or of what was made of it before; ``spec`` too if that cannot be read."""
    try:
        return _taught_before(base)[1]
    except ModelError:
        return spec


def taught_in(path: Path) -> tuple[str, ...]:
    """The gestures that the network in a file was taught; none of one that cannot be read."""
    try:
        return load_spec(path)[0].taught
    except ModelError:
        return ()


def forget(path: Path, name: str) -> None:
    """Let the network in a file forget a gesture.

    Raises:
        ModelError: it was not taught.
        OSError: the file cannot be written.
    """
    from models.teaching.taught import forget as forgotten

    save_model(path, *forgotten(*load_model(path), name))


def rename(path: Path, before: str, after: str) -> None:
    """Call a taught gesture otherwise.

    Raises:
        ModelError: it was not taught, or the name cannot be.
        OSError: the file cannot be written.
    """
    from models.teaching.taught import renamed

    spec, weights = load_model(path)
    save_model(path, renamed(spec, before, after), weights)
