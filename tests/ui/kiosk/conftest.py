"""A booth on a fake pipeline, with a show that does what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app.booth.messages import Message
from app.booth.pin import hash_pin
from app.booth.pin_gate import PinGate
from app.booth.scene import Moment, Scene, Stage
from app.pipeline.showreel import Showreel
from app.pipeline.snapshot import Snapshot
from app.settings import KioskSettings, Settings
from app.ui.kiosk.live import Live, Tally
from app.ui.kiosk.window import KioskWindow
from tests.ui.fakes import FakePipeline, FakeSource, snapshot

PIN = "2468"
STORED = hash_pin(PIN)


class Show:
    """A director that remembers the moments, and pages that remember the scenes."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []
        self.shown: list[tuple[Scene, Snapshot | None]] = []
        self.best_today: int | None = None
        self.presses = 0
        self.news: list[Message] = []
        self.scene = Scene(Stage.ATTRACT)
        self.pages = QLabel("the show")
        self.pages.show_scene = lambda scene, snapshot: self.shown.append((scene, snapshot))

    def begin(self, best_today: int | None) -> Show:
        self.best_today = best_today
        return self

    def look(self, moment: Moment) -> Scene:
        self.moments.append(moment)
        return self.scene

    def press(self, now_s: float) -> None:
        self.presses += 1

    def drain(self) -> list[Message]:
        news, self.news = self.news, []
        return news


class Booth:
    """The window with everything it needs made up; ``codes`` are those it ended with."""

    def __init__(self, settings: Settings, folder: Path, **options: object) -> None:
        self.show = Show()
        self.now_s = 100.0
        self.events = 0
        self.pipeline = FakePipeline(FakeSource)
        self.tally = Tally()
        self.codes: list[int] = []
        live = Live(lambda: FakeSource(None), self._build, self.tally, lambda: self.now_s)
        gate = PinGate(settings.kiosk.pin, folder / "pin.json")
        self.window = KioskWindow(
            settings, live, self.show.begin, self.show.pages, Showreel([]), gate,
            clock=lambda: self.now_s, **options,
        )  # fmt: skip
        self.window.ended.connect(self.codes.append)

    def _build(self, open_source: object) -> FakePipeline:
        self.pipeline.open_source = open_source
        return self.pipeline

    def see(self, events: int = 0, **fields: object) -> None:
        """Let the window look once at a snapshot, a good tenth of a second later."""
        self.now_s += 0.11
        self.events += events
        seen = snapshot(**fields)
        self.pipeline.next_snapshot = replace(seen, stats=replace(seen.stats, events=self.events))
        self.window.refresh()


def settings_of(**kiosk: object) -> Settings:
    """Settings of a booth with a PIN, and others as given."""
    return Settings(kiosk=KioskSettings(**{"pin": STORED, "inhibit_screensaver": False, **kiosk}))


@pytest.fixture
def make_booth(qtbot, tmp_path: Path) -> Iterator[Callable[..., Booth]]:
    """Makes booths that have begun, and ends them."""
    made: list[Booth] = []

    def make(settings: Settings | None = None, **options: object) -> Booth:
        booth = Booth(settings or settings_of(), tmp_path, **options)
        made.append(booth)
        booth.window.begin()
        booth.window._timer.stop()  # the tests look when they like
        qtbot.waitUntil(booth.window.isActiveWindow)
        return booth

    yield make
    for booth in made:
        booth.window.end(0)
        booth.window.deleteLater()


@pytest.fixture
def booth(make_booth: Callable[..., Booth]) -> Booth:
    return make_booth()
