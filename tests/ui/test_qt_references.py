"""PySide6 6.12.0 on Python 3.11 gave away a reference to None or True with every call, until the
interpreter aborted within a minute of playing. No build like that may come back."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

CALLS = 2000


class Emitter(QObject):
    said = Signal(bool)


def test_calls_into_qt_keep_the_references_to_none_and_true(qtbot) -> None:
    label, emitter = QLabel(), Emitter()
    qtbot.addWidget(label)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(CALLS):
        label.setEnabled(True)
        emitter.said.emit(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert after[0] > before[0] - CALLS / 2
    assert after[1] > before[1] - CALLS / 2
