"""``python -m app.ui.watched``: the real window at work or starting, watched from inside.

Prints one JSON object of figures. Times of parts are the processor's, of the window's thread.
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import Any

import click
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from app.pipeline.snapshot import Stats
from app.settings import PlaybackSettings, Settings
from app.sources.contract import FileSpec
from app.ui.launch import make_application, make_player
from app.ui.logic.settings_keeper import SettingsKeeper
from app.ui.main_window import MainWindow
from app.ui.system_switch import wanted_systems
from app.ui.window_store import WindowStore

SETTLING_S = 4.0
LOOK_MS = 10

Mark = tuple[float, float, float]  # the wall's clock, the process's and its window's thread's time


def open_window(recording: Path, folder: str) -> tuple[QApplication, MainWindow]:
    """The real window on the real pipeline, with settings of its own in ``folder``."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    application = make_application()
    settings = Settings(playback=PlaybackSettings(loop=True))
    keeper = SettingsKeeper(settings, Path(folder) / "settings.json")
    systems = wanted_systems(settings.recognition, None, None)
    window = MainWindow(make_player(keeper, systems), keeper, WindowStore())
    window.first_painted.connect(lambda: window.open(FileSpec(str(recording))))
    window.show()
    return application, window


class Pictures:
    """Counts how often the events are painted."""

    def __init__(self, window: MainWindow) -> None:
        self.count = 0
        canvas: Any = type(window.instrument.events.canvas)
        paint = canvas.paintEvent

        def counted(*args: object) -> None:
            self.count += 1
            paint(*args)

        canvas.paintEvent = counted


def watch(recording: Path, seconds: float, folder: str) -> dict[str, float | None]:
    """Figures of ``seconds`` of the window at work, after it has settled."""
    application, window = open_window(recording, folder)
    seen = Pictures(window)
    marks: list[tuple[Mark, int]] = []

    def mark() -> None:
        now = time.monotonic(), time.process_time(), time.thread_time()
        marks.append((now, seen.count))

    def end() -> None:
        mark()
        snapshot = window.player.snapshot
        assert snapshot is not None
        first, last = marks
        row.update(figures(first, last, snapshot.stats))
        window.close()

    row: dict[str, float | None] = {}
    QTimer.singleShot(round(1000 * SETTLING_S), mark)
    QTimer.singleShot(round(1000 * (SETTLING_S + seconds)), end)
    application.exec()
    return row


def figures(
    first: tuple[Mark, int], last: tuple[Mark, int], stats: Stats
) -> dict[str, float | None]:
    """Between two marks and the pictures counted until then."""
    wall_s, process_s, window_s = (b - a for a, b in zip(first[0], last[0], strict=True))
    pictures = last[1] - first[1]
    return {
        "pictures_per_s": pictures / wall_s,
        "latency_ms_p50": stats.latency_ms_p50,
        "latency_ms_p99": stats.latency_ms_p99,
        "cpu_share": process_s / wall_s,
        "window_ms_per_picture": 1e3 * window_s / max(pictures, 1),
    }


def start(recording: Path, began_s: float, folder: str) -> dict[str, float | None]:
    """Seconds from ``began_s`` on the monotonic clock to the first paint and the first gesture."""
    application, window = open_window(recording, folder)
    row: dict[str, float | None] = {}
    window.first_painted.connect(lambda: row.update(first_paint_s=time.monotonic() - began_s))

    def look() -> None:
        snapshot = window.player.snapshot
        recognition = snapshot and snapshot.recognition
        if recognition and recognition.gesture is not None:
            row["first_gesture_s"] = time.monotonic() - began_s
            window.close()

    timer = QTimer(interval=LOOK_MS)
    timer.timeout.connect(look)
    timer.start()
    application.exec()
    return row


@click.command()
@click.argument("recording", type=click.Path(exists=True, path_type=Path))
@click.option("--seconds", default=8.0, help="How long to watch.")
@click.option("--began-s", type=float, help="Watch a start that began then.")
def main(recording: Path, seconds: float, began_s: float | None) -> None:
    """Watch the window play RECORDING."""
    with tempfile.TemporaryDirectory() as folder:
        if began_s is None:
            row = watch(recording, seconds, folder)
        else:
            row = start(recording, began_s, folder)
    click.echo(json.dumps(row))


if __name__ == "__main__":
    main()
