from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.kiosk.cursor import Cursor


@pytest.fixture
def cursor(qapp) -> Iterator[Cursor]:
    made = Cursor(0.05)
    yield made
    made.release()


def test_it_hides_when_idle_and_comes_back_with_the_mouse(cursor: Cursor, qtbot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: cursor.is_hidden)
    assert QApplication.overrideCursor() is not None
    QTest.mouseMove(widget, QPoint(30, 30))
    QTest.mouseMove(widget, QPoint(40, 40))
    qtbot.waitUntil(lambda: not cursor.is_hidden)
    assert QApplication.overrideCursor() is None
    qtbot.waitUntil(lambda: cursor.is_hidden)


def test_it_is_there_again_at_the_end(qtbot) -> None:
    cursor = Cursor(0.01)
    qtbot.waitUntil(lambda: cursor.is_hidden)
    cursor.release()
    qtbot.wait(30)
    assert not cursor.is_hidden
    assert QApplication.overrideCursor() is None


def test_no_idle_time_hides_it_for_good(qtbot) -> None:
    cursor = Cursor(0.0)
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: cursor.is_hidden)
    QTest.mouseMove(widget, QPoint(30, 30))
    qtbot.wait(20)
    assert cursor.is_hidden
    cursor.release()
