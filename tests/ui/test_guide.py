"""The guide comes along, in both languages, and its pictures and links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QUrl
from PySide6.QtGui import QImage, QTextDocument

from app.ui.guide import DOCS, GuideDialog, guide_file
from tests.ui.conftest import Desk

PAGES = [DOCS / "guide.en.md", DOCS / "guide.ko.md"]


def targets(page: Path) -> list[str]:
    return re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))


def test_the_desktop_s_language_chooses_the_page() -> None:
    assert guide_file(QLocale.Language.Korean) == PAGES[1]
    assert guide_file(QLocale.Language.English) == PAGES[0]
    assert guide_file(QLocale.Language.French) == PAGES[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_points_to_is_there(page: Path) -> None:
    assert len(targets(page)) >= 5
    assert [each for each in targets(page) if not (page.parent / each).is_file()] == []


def test_both_pages_have_the_same_parts_and_pictures() -> None:
    english, korean = (page.read_text(encoding="utf-8") for page in PAGES)
    assert english.count("\n## ") == korean.count("\n## ")
    assert english.count("![") == korean.count("![") == 5


def test_the_dialog_shows_the_page_with_pictures_that_fit(qtbot) -> None:
    dialog = GuideDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert "Spikehand" in dialog.browser.toPlainText()
    kind = QTextDocument.ResourceType.ImageResource.value
    picture = dialog.browser.loadResource(kind, QUrl("../assets/screenshot.png"))
    assert isinstance(picture, QImage)
    assert 0 < picture.width() <= dialog.browser.viewport().width()


def test_headings_and_paragraphs_have_air_around_them(qtbot) -> None:
    dialog = GuideDialog()
    qtbot.addWidget(dialog)
    for language in ("ko", "en"):
        dialog.browser.setSource(QUrl.fromLocalFile(str(DOCS / f"guide.{language}.md")))
        document = dialog.browser.document()
        blocks = [document.findBlockByNumber(n) for n in range(document.blockCount())]
        headings = [each for each in blocks if each.blockFormat().headingLevel()]
        assert len(headings) > 5
        assert min(each.blockFormat().topMargin() for each in headings) > 0
        assert min(each.blockFormat().bottomMargin() for each in blocks) > 0


def test_asked_for_twice_there_is_one(desk: Desk) -> None:
    for _ in range(2):
        desk.window.actions_by_name["guide"].trigger()
    assert len(desk.window.findChildren(GuideDialog)) == 1
