"""A fault of the program is told on the banner and in a report that can be copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from app import __version__
from app.ui import crash_dialog
from app.ui.crash_dialog import Mishaps
from app.ui.logic import report
from app.ui.logic.mishap import Mishap
from tests.ui.conftest import Desk

MISHAP = Mishap("Something went wrong (ValueError: x).", "Traceback: line 3\nValueError: x\n")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (report, crash_dialog):
        monkeypatch.setattr(module, "log_folder", lambda: tmp_path)
    return tmp_path / "spikehand.log"


def test_the_first_fault_opens_a_report_and_others_do_not(desk: Desk, log: Path) -> None:
    log.write_text("".join(f"line {number}\n" for number in range(100)))
    mishaps = Mishaps(desk.window)
    mishaps.tell(MISHAP)
    assert desk.window.banner.sentence == MISHAP.sentence
    first = mishaps.dialog
    assert first.isVisible()
    first.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied == first.text.toPlainText()
    for part in (MISHAP.sentence, f"Spikehand  {__version__}", "line 3\nValueError: x", "line 99"):
        assert part in copied
    assert "line 59\n" not in copied
    first.reject()
    mishaps.tell(Mishap("Another.", ""))
    assert mishaps.dialog is first
    assert not first.isVisible()
    assert desk.window.banner.sentence == "Another."


def test_the_folder_of_the_log_is_opened(desk: Desk, log: Path, monkeypatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        crash_dialog.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile())
    )
    mishaps = Mishaps(desk.window)
    mishaps.tell(MISHAP)
    mishaps.dialog.folder.click()
    assert opened == [str(log.parent)]


def test_without_a_log_there_is_a_report_still(log: Path) -> None:
    assert report.log_tail() == ""
    assert report.report(MISHAP).endswith("ValueError: x\n")


def test_a_long_log_is_read_from_its_end(log: Path) -> None:
    log.write_bytes(b"x" * 100_000 + "\n끝\n".encode())
    assert report.log_tail().endswith("\n끝")
    assert len(report.log_tail()) <= report.TAIL_BYTES
