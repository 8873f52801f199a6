"""The systems there are to recognise with, by their model files; nothing is loaded here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from models.model_file import CHECKPOINTS, SUFFIX
from models.model_file import DEFAULT_CHECKPOINT as DEFAULT_MODEL
from models.spec import NetworkSession, TickEvents

LoadNetwork = Callable[[], NetworkSession]


@dataclass(frozen=True, slots=True)
class System:
    """A network to recognise with.

    A file that has changed since is another system, so ``changed_ns`` belongs to its identity; so
    is one that counts synaptic operations, which takes time.
    """

    path: Path
    load: LoadNetwork = field(compare=False, repr=False)
    changed_ns: int = 0
    counts: bool = False


Systems = tuple[System, ...]


def system_at(path: Path = DEFAULT_MODEL, *, counts: bool = False) -> System:
    """The system in a model file, which need not be there before it is loaded.

    With ``counts`` it counts synaptic operations.
    """

    def load() -> NetworkSession:
        from models.live import open_network  # takes its time, so not before it is needed

        return ready(open_network(path, whole=counts))

    try:
        changed_ns = path.stat().st_mtime_ns
    except OSError:
        changed_ns = 0
    return System(path, load, changed_ns, counts)


def ready(network: NetworkSession) -> NetworkSession:
    """The same after its first run, which compiles it or reads what was compiled: that takes time,
    and is part of loading a network, not of deciding on events."""
    network.run(TickEvents.silence(network.spec.input_shape))
    network.reset()
    return network


def bundled_models(folder: Path = CHECKPOINTS) -> list[Path]:
    """The model files that come with the program, the default first."""
    files = folder.glob(f"*{SUFFIX}")
    return sorted(files, key=lambda path: (path.name != DEFAULT_MODEL.name, path))


def model_path(setting: str) -> Path:
    """The file that a setting means; a bare name is one of the bundled files.

    They had another ending once, which older settings still name.
    """
    path = Path(setting)
    return CHECKPOINTS / path.with_suffix(SUFFIX) if path.name == setting else path


def model_setting(path: Path) -> str:
    """How a file is written into the settings, so that the program's own folder may move."""
    return path.name if path.parent == CHECKPOINTS else str(path)
