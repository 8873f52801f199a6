"""Puts the booth together and shows it until staff leave it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer

from app.booth.director import Director, Rules
from app.booth.pin_gate import PinGate
from app.pipeline.showreel import Showreel
from app.pipeline.systems import Systems, system_at
from app.places import NoHomeError, state_folder
from app.settings import KioskSettings, Settings
from app.sources.bundled import bundled_recordings, gesture_of
from app.sources.contract import EventSource, FileSpec, SourceSpec
from app.sources.devices.biases import with_settings
from app.ui.kiosk.beats import Beats, take_over_stdout
from app.ui.kiosk.live import Live, Tally
from app.ui.kiosk.pages import KioskPages
from app.ui.kiosk.translations import readable_language
from app.ui.kiosk.window import KioskWindow
from app.ui.launch import close_on_signal, leave_at_once, make_application
from app.ui.logic.mishap import catch_mishaps
from app.ui.logic.pipeline_port import OpenSource, PipelinePort
from app.ui.system_switch import wanted_systems

log = logging.getLogger(__name__)

STDIN = 0
ENDED_BY_SIGNAL = 1


def run_kiosk(
    spec: SourceSpec,
    settings: Settings,
    *,
    model_path: Path | None = None,
    settings_path: Path | None = None,
    watched: bool = False,
    notes: Sequence[str] = (),
) -> int:
    """Show the booth until staff leave it, and return the exit code.

    That is 0 when the PIN was given, another when ``watched`` and the supervisor has gone, or
    128 + signal number when a signal ended it. Staff are told ``notes`` at the start. Nothing is
    written to ``settings_path``.

    Raises:
        DisplayError: no window can be opened here.
    """
    writing = take_over_stdout() if watched else None
    application = make_application()
    application.setQuitOnLastWindowClosed(False)
    beats = None if writing is None else Beats(STDIN, writing)
    systems = wanted_systems(settings.recognition, model_path)
    window = make_kiosk(spec, settings, systems, beats, notes)
    # Later, as there is nothing to leave before ``exec``.
    window.ended.connect(lambda code: QTimer.singleShot(0, partial(application.exit, code)))
    with (
        catch_mishaps(lambda mishap: window.note(mishap.sentence)),
        close_on_signal(partial(window.end, ENDED_BY_SIGNAL)) as caught,
    ):
        window.begin()
        code = application.exec()
    code = 128 + caught[0] if caught else code
    if not window.stopped_in_time:
        log.warning("the pipeline did not stop in time")
    if watched or not window.stopped_in_time:
        leave_at_once(code)  # who watches waits to start the next
    return code


def make_kiosk(
    spec: SourceSpec,
    settings: Settings,
    systems: Systems,
    beats: Beats | None = None,
    notes: Sequence[str] = (),
) -> KioskWindow:
    """The booth before it begins; the first of ``systems`` recognises."""
    language, problem = readable_language(settings.kiosk.language)
    booth = settings.kiosk.model_copy(update={"language": language})
    rules = Rules.of(booth)
    showreel = Showreel(performances(booth))
    return KioskWindow(
        settings,
        make_live(spec, settings, systems[:1]),
        partial(Director, rules),
        KioskPages(booth, showreel),
        showreel,
        PinGate(settings.kiosk.pin, pin_state_path()),
        beats,
        [*notes, *filter(None, [problem])],
    )


def make_live(spec: SourceSpec, settings: Settings, systems: Systems) -> Live:
    """The source on the real pipeline; heavy imports wait until it starts."""
    tally = Tally()

    def open_source() -> EventSource:
        from app.sources.hosting.host import HostedSource

        return HostedSource(with_settings(spec, settings))

    def build_pipeline(open_source: OpenSource) -> PipelinePort:
        from app.pipeline.pipeline import Pipeline

        return Pipeline(
            open_source, systems, settings, fallback=system_at(), on_recognitions=tally, loop=True
        )

    return Live(open_source, build_pipeline, tally)


def performances(kiosk: KioskSettings) -> list[FileSpec]:
    """The bundled recordings of the booth's gestures, in their order."""
    found = {gesture_of(spec): spec for spec in bundled_recordings()}
    return [found[gesture] for gesture in kiosk.gestures if gesture in found]


def pin_state_path() -> Path | None:
    """Where wrong PINs are remembered; none for an account without a home, as long as it runs."""
    try:
        return state_folder() / "kiosk" / "pin.json"
    except NoHomeError:
        return None
