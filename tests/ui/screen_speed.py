"""How fast the screen is, measured: ``python -m tests.ui.screen_speed --help``.

Plays a recording at its own pace in the real window on one core, first alone and then beside a
busy loop on the same core; starts the window, and ``recognize`` without one. Prints a JSON object
for each. Times of parts are the processor's, of the window's thread, a picture.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.pipeline.snapshot import Snapshot
    from app.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
RECORDING = ROOT / "assets" / "recordings" / "right_hand_wave_7.aedat4"
BUSY_LOOP = "while True: pass"
SETTLING_S = 4.0


def main_window(recording: Path, folder: str) -> tuple[QApplication, MainWindow]:
    """The real window on the real pipeline, with settings of its own in ``folder``."""
    from PySide6.QtCore import QSettings

    from app.settings import PlaybackSettings, Settings
    from app.sources.contract import FileSpec
    from app.ui.launch import make_application, make_player
    from app.ui.main_window import MainWindow
    from app.ui.settings_keeper import SettingsKeeper
    from app.ui.system_switch import wanted_systems
    from app.ui.window_store import WindowStore

    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    application = make_application()
    settings = Settings(playback=PlaybackSettings(loop=True))
    keeper = SettingsKeeper(settings, Path(folder) / "settings.json")
    systems = wanted_systems(settings.recognition, None, None)
    window = MainWindow(make_player(keeper, systems), keeper, WindowStore())
    window.first_painted.connect(lambda: window.open(FileSpec(str(recording))))
    window.show()
    return application, window


class Watch:
    """Counts the pictures that were painted, and what each part of the window costs."""

    def __init__(self, window: MainWindow) -> None:
        self.pictures = 0
        self.cpu_s: dict[str, float] = {}
        instrument = window.instrument
        canvas = type(instrument.events.canvas)
        self._wrap(canvas, "paintEvent", "events painted", counts=True)
        self._wrap(type(instrument.bars.canvas), "paintEvent", "bars painted")
        self._wrap(type(instrument.raster.output), "paintEvent", "rasters painted")
        self._wrap(type(window.player), "take", "taken")
        for name in ("events", "raster", "first", "transport", "status"):
            self._wrap(type(getattr(instrument, name)), "show_snapshot", f"{name} shown")
        self._wrap(type(window), "refresh", "refresh")

    def _wrap(self, cls: type, method: str, name: str, *, counts: bool = False) -> None:
        inner = getattr(cls, method)

        def timed(*args, **options):
            began_s = time.thread_time()
            try:
                return inner(*args, **options)
            finally:
                spent_s = time.thread_time() - began_s
                self.cpu_s[name] = self.cpu_s.get(name, 0.0) + spent_s
                self.pictures += counts

        setattr(cls, method, timed)

    def clear(self) -> None:
        self.pictures = 0
        self.cpu_s.clear()


def watch(recording: Path, seconds: float, folder: str) -> dict[str, object]:
    """Figures of ``seconds`` of the window at work, after it has settled."""
    from PySide6.QtCore import QTimer

    application, window = main_window(recording, folder)
    seen = Watch(window)
    marks: list[tuple[float, float, float]] = []

    def mark() -> None:
        marks.append((time.monotonic(), time.process_time(), time.thread_time()))
        if len(marks) == 1:
            seen.clear()

    def end() -> None:
        mark()
        row.update(figures(window.player.snapshot, seen, marks))
        window.close()

    row: dict[str, object] = {}
    QTimer.singleShot(round(1000 * SETTLING_S), mark)
    QTimer.singleShot(round(1000 * (SETTLING_S + seconds)), end)
    application.exec()
    return row


def figures(
    snapshot: Snapshot, seen: Watch, marks: list[tuple[float, float, float]]
) -> dict[str, object]:
    """Between two marks of wall-clock, process and window's thread time."""
    wall_s, process_s, gui_s = (b - a for a, b in zip(*marks, strict=True))
    pictures = max(seen.pictures, 1)
    stats = snapshot.stats
    return {
        "pictures_per_s": round(seen.pictures / wall_s, 1),
        "latency_ms_p50": stats.latency_ms_p50 and round(stats.latency_ms_p50, 2),
        "latency_ms_p99": stats.latency_ms_p99 and round(stats.latency_ms_p99, 2),
        "headroom": stats.realtime_factor and round(stats.realtime_factor, 2),
        "cpu_share": round(process_s / wall_s, 3),
        "gui_ms_per_picture": round(1e3 * gui_s / pictures, 2),
        "ms_per_picture": {
            name: round(1e3 * cpu_s / pictures, 3) for name, cpu_s in sorted(seen.cpu_s.items())
        },
    }


@contextmanager
def busy(wanted: bool) -> Iterator[None]:
    """A loop that wants all of this process's core."""
    if not wanted:
        yield
        return
    loop = subprocess.Popen([sys.executable, "-c", BUSY_LOOP])
    try:
        yield
    finally:
        loop.kill()
        loop.wait()


def start(recording: Path, began_s: float, folder: str) -> dict[str, object]:
    """Seconds from ``began_s`` on the monotonic clock to the first paint and the first gesture."""
    from PySide6.QtCore import QTimer

    application, window = main_window(recording, folder)
    row: dict[str, object] = {}
    window.first_painted.connect(
        lambda: row.update(first_paint_s=round(time.monotonic() - began_s, 2))
    )

    def look() -> None:
        snapshot = window.player.snapshot
        recognition = snapshot and snapshot.recognition
        if recognition is not None and "first_decision_s" not in row:
            row["first_decision_s"] = round(time.monotonic() - began_s, 2)
        if recognition is not None and recognition.gesture is not None:
            row["first_gesture_s"] = round(time.monotonic() - began_s, 2)
            window.close()

    timer = QTimer(interval=10)
    timer.timeout.connect(look)
    timer.start()
    application.exec()
    return row


def recognize(recording: Path) -> dict[str, object]:
    """Seconds to the first decision and to the end of a run without a window, and its memory."""
    command = [sys.executable, "main.py", "recognize", str(recording), "--json"]
    began_s = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    first_s = time.monotonic() - began_s
    process.stdout.read()
    _, process.returncode, usage = os.wait4(process.pid, 0)
    return {
        "first_decision_s": round(first_s, 2),
        "end_s": round(time.monotonic() - began_s, 2),
        "resident_mb": round(usage.ru_maxrss / 1024),
    }


def run_child(*words: str, core: int | None) -> dict[str, object]:
    """The row that this script prints in a process of its own."""
    pin = ["taskset", "-c", str(core)] if core is not None else []
    command = [*pin, sys.executable, "-m", "tests.ui.screen_speed", *words]
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def rows(recording: Path, seconds: float, core: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Everything once, each in a process of its own."""
    for name in ("calm", "busy"):
        words = str(recording), f"--{name}", f"--seconds={seconds}"
        yield f"window on one {name} core", run_child(*words, core=core)
    yield "start of the window", run_child(str(recording), f"--start={time.monotonic()}", core=None)
    yield "recognize", recognize(recording)


@click.command()
@click.argument("recording", type=click.Path(exists=True, path_type=Path), default=RECORDING)
@click.option("--seconds", default=8.0, show_default=True, help="How long to watch.")
@click.option("--repeats", default=3, show_default=True)
@click.option("--core", default=0, show_default=True, help="The one that everything shares.")
@click.option("--calm", "role", flag_value="calm", hidden=True)
@click.option("--busy", "role", flag_value="busy", hidden=True)
@click.option("--start", "began_s", type=float, hidden=True)
def main(
    recording: Path, seconds: float, repeats: int, core: int, role: str | None,
    began_s: float | None,
) -> None:  # fmt: skip
    """Measure the window on RECORDING, or on a bundled one."""
    recording = recording.resolve()
    with tempfile.TemporaryDirectory() as folder:
        if role is not None:
            with busy(role == "busy"):
                click.echo(json.dumps(watch(recording, seconds, folder)))
        elif began_s is not None:
            click.echo(json.dumps(start(recording, began_s, folder)))
        else:
            for _ in range(repeats):
                for name, row in rows(recording, seconds, core):
                    click.echo(json.dumps({"measured": name, **row}))


if __name__ == "__main__":
    main()
