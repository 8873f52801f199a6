from __future__ import annotations

import logging
import sys

import pytest
from PySide6.QtCore import QTimer

from app.ui.logic.mishap import Mishap, MishapHook, catch_mishaps


def fail(message: str) -> None:
    raise ValueError(message)


def tell(hook: MishapHook, message: str) -> None:
    try:
        fail(message)
    except ValueError as error:
        hook(type(error), error, error.__traceback__)


def test_a_fault_is_told_once_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    told: list[Mishap] = []
    hook = MishapHook(told.append)
    with caplog.at_level(logging.ERROR):
        for number in range(5):
            tell(hook, f"fault {number}")
    (mishap,) = told
    assert mishap.sentence == "Something went wrong inside the program (ValueError: fault 0)."
    assert "raise ValueError(message)\nValueError: fault 0" in mishap.trace
    assert len(caplog.records) == 1
    assert "fault 0" in caplog.text


def test_another_fault_is_told_too() -> None:
    told: list[Mishap] = []
    hook = MishapHook(told.append)
    tell(hook, "one")
    hook(KeyError, KeyError("two"), None)
    assert len(told) == 2


def test_the_hook_holds_only_inside_the_block() -> None:
    before = sys.excepthook
    with catch_mishaps(print):
        assert isinstance(sys.excepthook, MishapHook)
    assert sys.excepthook is before


def test_a_fault_in_a_qt_callback_reaches_the_hook(qtbot) -> None:
    told: list[Mishap] = []
    with catch_mishaps(told.append):
        QTimer.singleShot(0, lambda: fail("in Qt"))
        qtbot.waitUntil(lambda: bool(told), timeout=2000)
    (mishap,) = told
    assert mishap.sentence == "Something went wrong inside the program (ValueError: in Qt)."
