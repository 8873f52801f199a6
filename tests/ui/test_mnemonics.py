"""Within a menu a letter stands for one command, in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.settings import DisplaySettings, Settings
from tests.ui.conftest import Desk

LETTER = re.compile("&([^&])")
KOREAN = Settings(display=DisplaySettings(language="ko"))


def letter_of(action: QAction) -> str | None:
    """The letter that is underlined in a command's text."""
    found = LETTER.search(action.text().replace("&&", "").partition("\t")[0])
    return found[1].upper() if found else None


def menus_of(actions: list[QAction]) -> Iterator[tuple[str, list[QAction]]]:
    """Every level of the menus below ``actions``, by title; recent files go by their number."""
    yield "the bar", actions
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            for title, below in menus_of(menu.actions()):
                yield menu.title() if title == "the bar" else title, below


@pytest.mark.parametrize("desk", [Settings(), KOREAN], indirect=True, ids=["en", "ko"])
def test_no_menu_has_a_letter_twice(desk: Desk) -> None:
    desk.window.speak()
    menus = list(menus_of(desk.window.menu.actions()))
    assert len(menus) > 12
    twice = {title: letters for title, actions in menus if (letters := clashing(actions))}
    assert not twice


def clashing(actions: list[QAction]) -> dict[str, list[str]]:
    """The texts of commands that share a letter."""
    lettered = [(letter, action.text()) for action in actions if (letter := letter_of(action))]
    counts = Counter(letter for letter, _ in lettered)
    return {
        letter: [text for other, text in lettered if other == letter]
        for letter, count in counts.items()
        if count > 1
    }


def test_a_letter_twice_is_found(desk: Desk) -> None:
    first, second = QAction("&Open", desk.window), QAction("&other", desk.window)
    assert clashing([first, second]) == {"O": ["&Open", "&other"]}
