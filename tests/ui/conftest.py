"""Tests of the window run without a display and away from the user's own settings."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSettings

from app.settings import Settings
from app.ui.event_view import EventView
from app.ui.language import speak_language
from app.ui.logic.lookout import Lookout
from app.ui.logic.player import Player
from app.ui.logic.settings_keeper import SettingsKeeper
from app.ui.main_window import MainWindow
from app.ui.theme import DARK
from app.ui.window_store import WindowStore
from models.data.gestures import CLASSES
from models.spec import ModelSpec
from tests.ui.fakes import FakePipeline, FakeSource


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "window")
    )
    # Whatever is plugged in here is nobody's business; a test that wants cameras brings its own.
    monkeypatch.setattr("app.ui.cameras.view.Lookout", lambda: Lookout(present=list))
    monkeypatch.setattr("app.settings_file.default_path", lambda: tmp_path / "settings.json")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """A test may leave the program in another language."""
    yield
    application = QCoreApplication.instance()
    if application is not None:
        speak_language(application, "en")
        QLocale.setDefault(QLocale.system())


@pytest.fixture(autouse=True)
def _no_windows_left() -> Iterator[None]:
    """What a test closed is gone before the next one; no event loop between would do it."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Desk:
    """A window on a fake pipeline."""

    def __init__(self, settings: Settings) -> None:
        self.pipelines: list[FakePipeline] = []
        self.keeper = SettingsKeeper(settings)
        self.window = MainWindow(Player(FakeSource, self._build), self.keeper, WindowStore())

    def _build(self, open_source: object) -> FakePipeline:
        self.pipelines.append(FakePipeline(open_source))
        return self.pipelines[-1]

    @property
    def pipeline(self) -> FakePipeline:
        (pipeline,) = self.pipelines
        return pipeline

    def show(self, snapshot: object) -> None:
        """Let the window take ``snapshot``."""
        self.pipeline.next_snapshot = snapshot
        self.window.refresh()


@pytest.fixture
def desk(qtbot, request: pytest.FixtureRequest) -> Desk:
    """A shown window; parametrize it indirectly with other settings."""
    made = Desk(getattr(request, "param", Settings()))
    qtbot.addWidget(made.window)
    made.window.resize(1100, 700)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow, timeout=5000)
    return made


@pytest.fixture
def event_view(qtbot) -> EventView:
    """A view of events that is on the screen and shows nothing yet."""
    made = EventView()
    qtbot.addWidget(made)
    made.set_look(DARK)
    made.resize(420, 380)
    made.show()
    return made


@pytest.fixture(scope="session")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Small real networks that have learnt nothing, and a file that is none, by name."""
    import torch

    from models.networks.checkpoint import save_checkpoint
    from models.networks.conv_lif import ConvLif, ConvLifParameters

    folder = tmp_path_factory.mktemp("models")
    torch.manual_seed(0)
    for name, side in (("near", 16), ("far", 32)):
        parameters = ConvLifParameters(side=side, channels=(2, 2, 2), hidden=4)
        network = ConvLif(parameters)
        network.finish(1.0)
        spec = ModelSpec(name, "conv_lif", CLASSES, (2, side, side), parameters=asdict(parameters))
        save_checkpoint(folder / f"{name}.safetensors", network.eval(), spec)
    whole = (folder / "near.safetensors").read_bytes()
    (folder / "damaged.safetensors").write_bytes(whole[: len(whole) // 2])
    return {path.stem: path for path in folder.glob("*.safetensors")}
