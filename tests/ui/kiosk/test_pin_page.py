from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest

from app.booth.pin import LONGEST, hash_pin
from app.booth.pin_gate import MOST_WRONG, PinGate
from app.ui.kiosk import pin_page
from app.ui.kiosk.pin_page import BACK, DOT, ENTER, ERASE, PinPage
from app.ui.kiosk.translations import install

PIN = "2468"
STORED = hash_pin(PIN)


class Page:
    def __init__(self, stored: str) -> None:
        self.now_s = 0.0
        self.page = PinPage(PinGate(stored, None, lambda: self.now_s))
        self.heard: list[str] = []
        self.page.left.connect(lambda: self.heard.append("left"))
        self.page.closed.connect(lambda: self.heard.append("closed"))

    def type(self, *names: str) -> None:
        for name in names:
            self.page.take(name)


@pytest.fixture
def made(qtbot, request: pytest.FixtureRequest) -> Page:
    page = Page(getattr(request, "param", STORED))
    qtbot.addWidget(page.page)
    page.page.resize(800, 480)
    page.page.show()
    return page


def test_the_right_pin_leaves(made: Page) -> None:
    made.type(*PIN, ENTER)
    assert made.heard == ["left"]


def test_a_wrong_pin_says_so_and_does_not_leave(made: Page) -> None:
    made.type(*"1111", ENTER)
    assert made.heard == []
    assert made.page.message == "That is not the PIN."
    made.type(*PIN, ENTER)
    assert made.heard == ["left"]


def test_five_wrong_pins_lock_and_count_down(made: Page) -> None:
    for _ in range(MOST_WRONG):
        made.type(*"1111", ENTER)
    assert made.page.message == "Too many wrong PINs. Wait 60 s."
    made.type(*PIN, ENTER)
    assert made.heard == []
    made.now_s = 60.0
    made.type(*PIN, ENTER)
    assert made.heard == ["left"]


def test_digits_are_hidden_and_can_be_erased(made: Page) -> None:
    made.type(*"1357", ERASE)
    texts = [label.text() for label in made.page.findChildren(pin_page.QLabel)]
    assert not any(digit in text for text in texts for digit in "1357")
    assert sum(text.count(DOT) for text in texts) == 3


def test_too_short_a_pin_is_no_try(made: Page) -> None:
    for _ in range(2 * MOST_WRONG):
        made.type(*"12", ENTER)
        assert made.page.message == "A PIN has at least 4 digits."
    made.type(*PIN, ENTER)
    assert made.heard == ["left"]


def test_keys(made: Page) -> None:
    for digit in PIN:
        made.page.take_key(ord(digit), digit)
    made.page.take_key(Qt.Key.Key_F1.value, "")
    made.page.take_key(Qt.Key.Key_Q.value, "q")
    made.page.take_key(Qt.Key.Key_Return.value, "\r")
    assert made.heard == ["left"]
    made.page.take_key(Qt.Key.Key_Escape.value, "\x1b")
    assert made.heard[-1] == "closed"


def test_pads_can_be_pressed(made: Page) -> None:
    pads = {pad.text(): pad for pad in made.page.findChildren(pin_page.QPushButton)}
    for text in (*PIN, "Leave"):
        QTest.mousePress(pads[text], Qt.MouseButton.LeftButton)
    assert made.heard == ["left"]


def test_it_closes_when_nobody_does_anything(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pin_page, "IDLE_MS", 50)
    made = Page(STORED)
    qtbot.addWidget(made.page)
    made.page.show()
    qtbot.waitUntil(lambda: made.heard == ["closed"])


def test_what_was_typed_is_forgotten_when_it_closes(made: Page) -> None:
    made.type(*PIN)
    made.page.hide()
    made.page.show()
    made.type(ENTER)
    assert made.heard == []


@pytest.mark.parametrize("made", ["no hash at all"], indirect=True)
def test_a_damaged_pin_says_that_none_can_be_right(made: Page) -> None:
    assert "set it anew" in made.page.message
    made.type(*PIN, ENTER)
    assert made.heard == []


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "size", [(800, 480), (1280, 720), (1280, 1024), (480, 800), (1080, 1920), (3840, 2160)]
)
def test_everything_is_inside_the_page(
    made: Page, qtbot, qapp, size: tuple[int, int], language: str
) -> None:
    translations = install(qapp, language)
    made.page.resize(*size)
    made.type(*"1" * LONGEST)
    for _ in range(MOST_WRONG):
        made.type(*"1111", ENTER)  # the longest message
    made.type(*"1" * LONGEST)
    qtbot.wait(1)
    seen: list[QRect] = []
    page = made.page
    for part in (*page.findChildren(pin_page.QPushButton), *page.findChildren(pin_page.QLabel)):
        place = part.geometry()
        assert made.page.rect().contains(place), part.text()
        assert not any(place.intersects(other) for other in seen), part.text()
        seen.append(place)
        for line in part.text().split("\n"):
            assert part.fontMetrics().horizontalAdvance(line) <= part.width(), line
    translations.choose("en")
    made.type(BACK)
    assert made.heard == ["closed"]
