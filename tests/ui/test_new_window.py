from __future__ import annotations

from pathlib import Path

import pytest

from app import own_command
from app.ui import new_window
from app.ui.new_window import open_new_window
from tests.ui.conftest import Desk


def test_another_window_is_a_process_with_the_same_settings(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    def start(program: str, words: list[str]) -> tuple[bool, int]:
        started.append([program, *words])
        return True, 1

    monkeypatch.setattr(new_window.QProcess, "startDetached", start)
    desk.window.actions_by_name["new_window"].trigger()
    open_new_window(Path("/x/mine.json"), lambda *said: pytest.fail(str(said)))
    assert started == [own_command(), [*own_command(), "--settings", "/x/mine.json"]]


def test_what_does_not_start_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_window.QProcess, "startDetached", lambda *_: (False, 0))
    desk.window.actions_by_name["new_window"].trigger()
    assert desk.window.banner.sentence.startswith("Cannot start another window: ")
