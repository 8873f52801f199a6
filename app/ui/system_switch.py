"""Which systems recognise: the user's choice goes to the player, and what works is remembered."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.pipeline.snapshot import Snapshot
from app.pipeline.systems import (
    DEFAULT_MODEL,
    System,
    Systems,
    bundled_models,
    model_path,
    model_setting,
    system_at,
)
from app.settings import RecognitionSettings
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.model_file import ModelFile, read_model_file
from app.ui.logic.player import Player
from app.ui.logic.settings_keeper import SettingsKeeper

MODELS_FILTER = QT_TRANSLATE_NOOP("window", "Trained networks (*.safetensors *.nir);;All files (*)")
MOST_OPENED = 5
FIRST, SECOND = 0, 1


def wanted_systems(
    settings: RecognitionSettings, model: Path | None = None, compare: Path | None = None
) -> Systems:
    """The systems to begin with; what was asked for now goes before what was chosen last time."""
    paths = [model or model_path(settings.model or DEFAULT_MODEL.name)]
    if compare is not None or settings.compare is not None:
        paths.append(compare or model_path(settings.compare or ""))
    return tuple(system_at(path) for path in dict.fromkeys(path.absolute() for path in paths))


class SystemSwitch(QObject):
    """``chosen`` are the systems, the leading one first; ``changed`` says that they are others."""

    changed = Signal()

    def __init__(self, window: QWidget, player: Player, keeper: SettingsKeeper) -> None:
        super().__init__(window)
        self._window = window
        self._player = player
        self._keeper = keeper
        self._known: dict[System, ModelFile] = {}
        self._unsaved = False
        self._counts = False
        self.chosen: Systems = player.systems or (system_at(),)

    @property
    def comparing(self) -> bool:
        return len(self.chosen) > 1

    @property
    def chosen_files(self) -> list[ModelFile]:
        """What is chosen, in words."""
        by_path = {file.path: file for file in self.files()}
        return [by_path[system.path] for system in self.chosen]

    def files(self) -> list[ModelFile]:
        """Every model there is to choose, the bundled ones first, each with a name of its own."""
        opened = map(Path, self._keeper.settings.recognition.opened)
        chosen = [system.path for system in self.chosen]
        paths = dict.fromkeys([*bundled_models(), *filter(Path.is_file, opened), *chosen])
        files = [self._read(path) for path in paths]
        count = Counter(file.name for file in files)
        return [
            replace(file, name=f"{file.name} ({file.path.name})") if count[file.name] > 1 else file
            for file in files
        ]

    def forget_words(self) -> None:
        """Read the models' files anew, to tell of them in another language."""
        self._known.clear()

    def choose(self, place: int, path: Path) -> None:
        """Let the model in ``path`` be the first or the second; if it is the other, they swap."""
        systems = [*self.chosen[:place], self._at(path), *self.chosen[place + 1 :]]
        if self.comparing and path == self.chosen[1 - place].path:
            systems = [*reversed(self.chosen)]
        self._set(tuple(dict.fromkeys(systems)))

    def count(self, counts: bool) -> None:
        """Let the systems count their synaptic operations, or not; they begin anew with it."""
        self._counts = counts
        self._set(tuple(self._at(system.path) for system in self.chosen))

    def _at(self, path: Path) -> System:
        return system_at(path, counts=self._counts)

    def stop_comparing(self) -> None:
        """Go on with the first system alone."""
        self._set(self.chosen[:1])

    def ask_for_file(self, place: int = FIRST) -> None:
        """Choose a model file of the user's own."""
        folder = str(self.chosen[0].path.parent)
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            translate("window", "Open model file"),
            folder,
            translate("window", MODELS_FILTER),
        )
        if path:
            self.choose(place, Path(path).absolute())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow what the pipeline made of the choice, and remember it once it works."""
        if snapshot.chosen and snapshot.chosen != self.chosen:
            self.chosen = self._player.systems = snapshot.chosen
            self.changed.emit()
        if snapshot.refusal is not None:
            self._unsaved = False
        elif self._unsaved and self.chosen == tuple(each.system for each in snapshot.readings):
            self._unsaved = False
            self._remember()

    def _set(self, systems: Systems) -> None:
        self.chosen = systems
        self._unsaved = True
        self._player.set_systems(systems)
        self.changed.emit()

    def _remember(self) -> None:
        paths = [system.path for system in self.chosen]
        names = [model_setting(path) for path in paths]
        own = [name for name, path in zip(names, paths, strict=True) if name == str(path)]
        opened = dict.fromkeys([*own, *self._keeper.settings.recognition.opened])
        self._keeper.change_recognition(
            model=None if paths[0] == DEFAULT_MODEL else names[0],
            compare=names[1] if self.comparing else None,
            opened=tuple(opened)[:MOST_OPENED],
        )

    def _read(self, path: Path) -> ModelFile:
        system = system_at(path)
        if system not in self._known:
            self._known[system] = read_model_file(path)
        return self._known[system]
