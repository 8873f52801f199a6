"""What the style sheet makes of controls, seen in their pixels."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QDialog,
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.fitting import indent
from app.ui.style_sheet import style_sheet
from app.ui.theme import DARK, LIGHT, Look

LOOKS = pytest.mark.parametrize("look", [DARK, LIGHT], ids=["dark", "light"])


def seen(controls: list[QWidget], look: Look, qtbot) -> list[QImage]:
    """The controls as they look below each other on the window's ground."""
    page = QDialog()
    qtbot.addWidget(page)
    page.setStyleSheet(style_sheet(look))
    column = QVBoxLayout(page)
    for control in controls:
        column.addWidget(control)
    page.show()
    page.setFocus()
    whole = page.grab()
    return [whole.copy(control.geometry()).toImage() for control in controls]


def colours(image: QImage, place: QRect) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(place.left(), place.right() + 1)
        for y in range(place.top(), place.bottom() + 1)
    }


def field_colour(image: QImage) -> str:
    return image.pixelColor(image.width() // 2, 4).name()


@LOOKS
def test_every_picture_it_names_is_there(look: Look) -> None:
    named = re.findall(r'url\("([^"]+)"\)', style_sheet(look))
    assert len(named) >= 4
    assert [each for each in named if not Path(each).is_file()] == []


@LOOKS
def test_a_box_that_is_checked_has_a_tick_in_it(look: Look, qtbot) -> None:
    box = QCheckBox()
    box.setChecked(True)
    (image,) = seen([box], look, qtbot)
    inside = colours(image, QRect(QPoint(2, 2), QPoint(15, image.height() - 3)))
    assert {look.accent, look.on_accent} <= inside


@LOOKS
def test_numbers_and_words_stand_in_fields_of_one_kind(look: Look, qtbot) -> None:
    number, words = QDoubleSpinBox(), QLineEdit()
    indent(number)
    images = seen([number, words], look, qtbot)
    assert [field_colour(image) for image in images] == [look.field, look.field]
    assert abs(images[0].height() - images[1].height()) <= 4


@LOOKS
def test_a_button_that_cannot_be_pressed_does_not_stand_out(look: Look, qtbot) -> None:
    able, unable = QPushButton("Open"), QPushButton("Open")
    unable.setEnabled(False)
    images = seen([able, unable], look, qtbot)
    assert [field_colour(image) for image in images] == [look.field, look.window]


def test_digits_begin_where_words_do(qtbot) -> None:
    number: QAbstractSpinBox = QDoubleSpinBox()
    qtbot.addWidget(number)
    assert number.lineEdit().textMargins().left() == 0
    indent(number)
    assert number.lineEdit().textMargins().left() > 0


@LOOKS
def test_fields_are_told_from_the_window(look: Look) -> None:
    field, window = QColor(look.field).lightnessF(), QColor(look.window).lightnessF()
    assert abs(field - window) > 0.05
