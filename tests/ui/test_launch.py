from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

import main
from app.settings import Settings
from app.settings_file import load
from app.sources.contract import FileSpec, PerformerSpec
from app.ui import launch
from app.ui.display import DisplayError
from app.ui.instrument import Instrument
from app.ui.launch import close_on_signal, make_application, run_window
from app.ui.logic.player import Player
from app.ui.main_window import MainWindow
from app.ui.welcome import Welcome
from tests.ui.fakes import FakePipeline, FakeSource

ROOT = Path(__file__).resolve().parents[2]
SPEC = FileSpec("/data/a.aedat4")


@pytest.fixture
def pipelines(qapp, monkeypatch: pytest.MonkeyPatch) -> list[FakePipeline]:
    """Every pipeline that ``run_window`` builds, all of them fakes."""
    built: list[FakePipeline] = []

    def build(open_source: object) -> FakePipeline:
        built.append(FakePipeline(open_source))
        return built[-1]

    monkeypatch.setattr(launch, "make_player", lambda keeper, path: Player(FakeSource, build))
    return built


def when_shown(act: Callable[[MainWindow], None], page: type = Instrument) -> QTimer:
    """Call ``act`` once, as soon as ``page`` is seen in a window, and something plays on it."""
    timer = QTimer(interval=20)

    def look() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        for window in windows:
            plays = page is Welcome or window.player.spec is not None
            if plays and window.isVisible() and isinstance(window.pages.currentWidget(), page):
                timer.stop()
                act(window)

    timer.timeout.connect(look)
    timer.start()
    return timer


def run_and_close(spec: object, page: type = Instrument, **options: object) -> list[bool]:
    """Run the window, close it once ``page`` is seen; whether it was in full screen."""
    full: list[bool] = []

    def close(window: MainWindow) -> None:
        full.append(window.isFullScreen())
        window.close()

    timer = when_shown(close, page)
    assert run_window(spec, Settings(), **options) == 0
    assert not timer.isActive()
    return full


def test_a_source_that_was_asked_for_plays(pipelines: list[FakePipeline]) -> None:
    assert run_and_close(SPEC) == [False]
    (pipeline,) = pipelines
    assert pipeline.opened == [SPEC]
    assert pipeline.calls[0] == ("start",)
    assert pipeline.calls[-1][0] == "stop"


def test_the_pipeline_starts_after_the_first_paint(
    pipelines: list[FakePipeline], monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    paint, open_ = MainWindow.paintEvent, MainWindow.open
    monkeypatch.setattr(
        MainWindow, "paintEvent", lambda self, event: (order.append("paint"), paint(self, event))
    )
    monkeypatch.setattr(
        MainWindow, "open", lambda self, spec: (order.append("open"), open_(self, spec))
    )
    run_and_close(SPEC)
    assert order.index("paint") < order.index("open")


def test_without_a_source_a_bundled_recording_plays(
    pipelines: list[FakePipeline], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "greeting", lambda: FileSpec("/b/1"))
    run_and_close(None)
    assert pipelines[0].opened == [FileSpec("/b/1")]


def test_without_any_recording_the_first_page_waits(
    pipelines: list[FakePipeline], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "greeting", lambda: None)
    run_and_close(None, Welcome)
    assert pipelines == []


def test_what_is_worth_knowing_stands_across_the_top(pipelines: list[FakePipeline]) -> None:
    said: list[str] = []

    def read(window: MainWindow) -> None:
        said.append(window.banner.sentence)
        window.close()

    when_shown(read)
    run_window(SPEC, Settings(), notes=("the theme is wrong", "so is the speed"))
    assert said == ["The theme is wrong (and 1 more)"]


def test_changes_are_saved_where_they_were_read(
    pipelines: list[FakePipeline], tmp_path: Path
) -> None:
    path = tmp_path / "elsewhere.json"
    run_and_close(SPEC, settings_path=path)
    assert load(path).settings.recent_files == (SPEC.path,)


def test_main_hands_everything_on(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []

    def run_window(spec: object, settings: object, **options: object) -> int:
        given.extend((spec, settings, options))
        return 7

    monkeypatch.setattr("app.ui.display.display_problem", lambda: None)
    monkeypatch.setattr(launch, "run_window", run_window)
    options = {
        "model_path": Path("a.safetensors"),
        "compare_path": Path("b.safetensors"),
        "fullscreen": True,
        "settings_path": Path("a.json"),
        "notes": ("mind this",),
    }
    assert main.run_window(SPEC, Settings(), **options) == 7
    assert given == [SPEC, Settings(), options]


def test_full_screen(pipelines: list[FakePipeline]) -> None:
    assert run_and_close(PerformerSpec(), fullscreen=True) == [True]


def test_a_pipeline_that_will_not_stop_is_logged_and_left_at_once(
    pipelines: list[FakePipeline], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    left: list[int] = []
    monkeypatch.setattr(FakePipeline, "stop", lambda self, timeout_s: False)
    monkeypatch.setattr(launch, "leave_at_once", left.append)
    run_and_close(SPEC)
    assert "did not stop in time" in caplog.text
    assert left == [0]


def test_other_threads_do_not_wait_long_for_the_screen(qapp) -> None:
    before_s = sys.getswitchinterval()
    try:
        make_application()
        assert sys.getswitchinterval() < 0.001
    finally:
        sys.setswitchinterval(before_s)


def test_no_display_is_an_error_and_not_an_abort(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "display_problem", lambda: "There is no display.")
    with pytest.raises(DisplayError, match="There is no display"):
        make_application()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_close_the_window_and_set_the_exit_code(
    pipelines: list[FakePipeline], number: signal.Signals
) -> None:
    before = signal.getsignal(number)
    timer = when_shown(lambda window: os.kill(os.getpid(), number))
    assert run_window(SPEC, Settings()) == 128 + number
    assert not timer.isActive()
    assert pipelines[0].calls[-1][0] == "stop"
    assert signal.getsignal(number) is before


def test_signal_handlers_are_put_back(desk) -> None:
    before = signal.getsignal(signal.SIGINT)
    with close_on_signal(desk.window.close) as caught:
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
    assert caught == []


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_window_needs_neither_torch_nor_dv_processing() -> None:
    result = run_python(
        """
        import sys
        import app.ui.launch
        heavy = {"torch", "dv_processing"} & set(sys.modules)
        sys.exit(f"imported {heavy}" if heavy else 0)
        """
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others always have a display")
def test_a_display_that_turns_out_unusable_raises() -> None:
    """Something answers at the display's address, but it is no X server."""
    result = run_python(
        """
        import os, socket, sys, threading
        from app.ui import display
        from app.ui.display import DisplayError
        server = socket.create_server(("127.0.0.1", 0))
        display.X11_FIRST_PORT = server.getsockname()[1] - 7
        def hang_up():
            while True:
                server.accept()[0].close()
        threading.Thread(target=hang_up, daemon=True).start()
        os.environ["DISPLAY"] = "127.0.0.1:7"
        for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
            os.environ.pop(name, None)
        from app.ui.launch import make_application
        try:
            make_application()
        except DisplayError as error:
            print(error)
            sys.exit(42)
        """
    )
    assert result.returncode == 42, result.stderr
    assert "could not open a window" in result.stdout
