"""Opens the window and wires it to the pipeline, the sources and the network.

Torch and dv_processing are imported by the pipeline's worker and the source's process, after
the window has been painted.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.pipeline.systems import Systems, system_at
from app.settings import Settings
from app.sources.bundled import greeting
from app.sources.contract import EventSource, FileSpec, SourceSpec
from app.sources.devices.biases import with_settings
from app.ui.crash_dialog import Mishaps
from app.ui.display import SERVERLESS, DisplayError, display_problem, wanted_platform
from app.ui.language import speak_language
from app.ui.logic.heard import heard
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.mishap import catch_mishaps
from app.ui.logic.pipeline_port import OpenSource, PipelinePort
from app.ui.logic.player import Player
from app.ui.logic.settings_keeper import SettingsKeeper
from app.ui.logic.surveys import SurveyorPort
from app.ui.main_window import MainWindow
from app.ui.pictures import app_icon
from app.ui.system_switch import wanted_systems
from app.ui.window_store import WindowStore

log = logging.getLogger(__name__)

HINT = QT_TRANSLATE_NOOP(
    "window",
    "Space pauses, N shows the next demonstration, Alt+Home is where other sources are chosen, "
    "and F1 lists every key.",
)

# The worker must not wait for a picture to be painted: by itself, Python's lock changes hands only
# every 5 ms where somebody else wants it, and a slice needs it several times.
SWITCH_S = 0.0005
# Python handles a signal only when it gets to run, which Qt's loop by itself never lets it.
SIGNAL_PERIOD_MS = 200

# 25 pictures of a film for a second of a recording.
FILM_SLICE_MS = 40


def run_window(
    spec: SourceSpec | None,
    settings: Settings,
    *,
    model_path: Path | None = None,
    compare_path: Path | None = None,
    fullscreen: bool = False,
    settings_path: Path | None = None,
    notes: Sequence[str] = (),
) -> int:
    """Show the window until it is closed and return the exit code.

    Without ``spec`` a bundled recording plays, and without that the welcome page waits. Without
    ``model_path`` and ``compare_path`` those recognise that were chosen last.
    What the user changes is saved to ``settings_path``, or to the default file. The window begins
    with the first of ``notes`` across its top. The exit code is 0, or 128 + signal number when a
    signal closed the window.

    Raises:
        DisplayError: no window can be opened here.
    """
    application = make_application()
    problem = speak_language(application, settings.display.language)
    notes = [*notes, problem] if problem is not None else notes
    keeper = SettingsKeeper(settings, settings_path)
    systems = wanted_systems(settings.recognition, model_path, compare_path)
    store = WindowStore()
    window = MainWindow(make_player(keeper, systems), keeper, store)
    first = spec or greeting()
    if first is not None:
        window.pages.expect()
        # A window that waits for torch to be imported would look dead.
        window.first_painted.connect(lambda: window.open(first))
    if notes:
        first_note = heard(notes[0])
        if len(notes) > 1:
            more = translate("window", "{0} (and {1} more)")
            first_note = more.format(first_note, len(notes) - 1)
        say = partial(window.banner.show_sentence, first_note, failure=False)
        window.first_painted.connect(say)
    elif store.is_first:
        hint = partial(window.banner.show_sentence, translate("window", HINT), failure=False)
        window.first_painted.connect(hint)
    store.is_first = False
    if fullscreen:
        window.showFullScreen()
    else:
        window.show()
    with catch_mishaps(Mishaps(window).tell), close_on_signal(window.close) as caught:
        application.exec()
    code = 128 + caught[0] if caught else 0
    if not window.stopped_in_time:
        log.warning("the pipeline did not stop in time")
        leave_at_once(code)
    return code


def leave_at_once(code: int) -> None:
    """End the process without the interpreter's own clean-up.

    A thread in the middle of importing torch would abort the process there.
    """
    logging.shutdown()
    os._exit(code)


def make_application() -> QApplication:
    """The one QApplication, in a process where other threads do not wait long for the screen.

    Raises:
        DisplayError: Qt finds no display it can use.
    """
    problem = display_problem()
    if problem is not None:
        raise DisplayError(problem)
    if sys.platform.startswith("linux") and not wanted_platform():
        # Qt aborts the process when no platform of the list works, so the last one always does.
        first = "wayland;xcb" if os.environ.get("WAYLAND_DISPLAY") else "xcb"
        os.environ["QT_QPA_PLATFORM"] = f"{first};offscreen"
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    if application.platformName() in SERVERLESS and wanted_platform() not in SERVERLESS:
        raise DisplayError("Qt could not open a window on this display.")
    application.setStyle("Fusion")
    application.setApplicationName("spikehand")
    application.setApplicationDisplayName("Spikehand")
    application.setDesktopFileName("spikehand")
    application.setWindowIcon(app_icon())
    sys.setswitchinterval(SWITCH_S)
    return application


def make_player(keeper: SettingsKeeper, systems: Systems) -> Player:
    """A player on the real pipeline; heavy imports wait until it is used."""

    def open_spec(spec: SourceSpec) -> EventSource:
        from app.sources.hosting.host import HostedSource

        return HostedSource(with_settings(spec, keeper.settings))

    def build_pipeline(open_source: OpenSource) -> PipelinePort:
        from app.pipeline.pipeline import Pipeline

        playback = keeper.settings.playback
        return Pipeline(
            open_source, systems, keeper.settings, fallback=system_at(), loop=playback.loop,
            speed=playback.speed,
        )  # fmt: skip

    def survey(spec: FileSpec) -> SurveyorPort:
        from app.pipeline.overview import Surveyor
        from app.sources.hosting.host import HostedSource
        from app.sources.opening import load_gently

        return Surveyor(lambda: HostedSource(spec, load_gently))

    def project(spec: SourceSpec) -> PipelinePort:
        from app.pipeline.pipeline import Pipeline

        stream = keeper.settings.stream.model_copy(update={"slice_ms": FILM_SLICE_MS})
        settings = keeper.settings.model_copy(update={"stream": stream})
        made = Pipeline(lambda: open_spec(spec), player.systems, settings, fallback=system_at())
        made.set_region(player.region)
        return made

    player = Player(open_spec, build_pipeline, systems)
    player.survey = survey
    player.project = project
    return player


@contextmanager
def close_on_signal(close: Callable[[], object]) -> Iterator[list[int]]:
    """Ctrl+C and SIGTERM ``close`` the window; yields the signals that came."""
    caught: list[int] = []

    def on_signal(number: int, frame: FrameType | None) -> None:
        caught.append(number)
        close()

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, on_signal) for number in numbers]
    waker = QTimer(interval=SIGNAL_PERIOD_MS)
    waker.timeout.connect(lambda: None)
    waker.start()
    try:
        yield caught
    finally:
        waker.stop()
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
