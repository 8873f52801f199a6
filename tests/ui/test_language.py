"""The window speaks Korean throughout, and changes its language while a recording plays."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QFileInfo, QTranslator
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QSpinBox,
    QWidget,
)

from app.pipeline.snapshot import Snapshot
from app.sources.bundled import greeting
from app.sources.contract import FileSpec
from app.ui.kiosk.translations import FOLDER
from tests.ui.conftest import Desk
from tests.ui.fakes import chunk, recognition, snapshot

ROOT = Path(__file__).resolve().parents[2]
TS = FOLDER / "window_ko.ts"
HANGUL, WORD, PLACE = re.compile("[가-힣]"), re.compile("[A-Za-z]{3}"), re.compile(r"{\d}")
# Names of formats, systems, files and libraries, units, and words of whoever made the recording.
NAMES = re.compile(
    r"Spikehand|English|Apache License [\d.]+|AEDAT|Shift|Ctrl|Alt|Home|Space|Esc|PgDown|PgUp|"
    r"Hodgkin|arm_roll_1|aedat4|[Tt]est network|fc1|output|OFF|[\w-]+ [\d.]+(\+\w+)?$|/\w+/\S*|"
    r"Zstandard \(high\)|spikehand"
)


def messages(path: Path) -> dict[str, ElementTree.Element]:
    """Translations by source text."""
    found = ElementTree.parse(path).getroot().iter("message")
    return {each.findtext("source", ""): each.find("translation") for each in found}


def busy() -> Snapshot:
    """A decision, spikes and events."""
    spikes = chunk(1_000_000, np.ones((5, 11), np.int32), np.ones((5, 16), np.uint8))
    decided = recognition("right_arm_clockwise", 1_000_000, right_arm_clockwise=60, arm_roll=5)
    return snapshot(recognition=decided, raster=(spikes,), counts=np.ones((2, 6, 8), np.uint16))


def said_by(window: QWidget) -> Iterator[str]:
    """Everything that the widgets and menus of a window say, to eyes and to screen readers."""
    for widget in (window, *window.findChildren(QWidget)):
        yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName())
        yield from (widget.accessibleDescription(), widget.statusTip(), widget.whatsThis())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QGroupBox | QMenu):
            yield widget.title()
        if isinstance(widget, QSpinBox):
            yield widget.prefix()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(place) for place in range(widget.count()))
    for action in window.findChildren(QAction):
        if type(action.parent()).__module__.startswith("pyqtgraph"):
            continue  # whose menus are switched off
        yield from (action.text(), action.toolTip())


def is_english(text: str) -> bool:
    """Whether words stand in it and none of them is Korean."""
    plain = NAMES.sub("", re.sub(r"<[^>]+>", "", text))
    return bool(WORD.search(plain)) and not HANGUL.search(plain)


def choose(desk: Desk, language: str, qtbot) -> None:
    before = desk.window.menu
    desk.window.menu.display_chosen.emit("language", language)
    qtbot.waitUntil(lambda: desk.window.menu is not before)


def test_what_plays_goes_on(desk: Desk, qtbot) -> None:
    desk.window.open(FileSpec("a.aedat4"))
    desk.show(snapshot())
    calls = list(desk.pipeline.calls)
    choose(desk, "ko", qtbot)
    assert desk.pipeline.calls == calls
    assert desk.window.pages.currentWidget() is desk.window.instrument
    assert desk.window.windowTitle().startswith("arm_roll_1")
    qtbot.wait(100)
    desk.window.refresh()
    assert desk.keeper.settings.display.language == "ko"


def test_the_menu_stands_as_before(desk: Desk, qtbot) -> None:
    before = desk.window.menu.start_button.geometry()
    choose(desk, "ko", qtbot)
    qtbot.wait(50)
    menu = desk.window.menu
    assert [bar for bar in desk.window.findChildren(QMenuBar) if bar.isVisible()] == [menu]
    assert menu.start_button.geometry().right() == before.right()
    assert menu.start_button.text() == "시작 화면"
    assert menu.start_button.width() >= menu.start_button.sizeHint().width()


def test_every_text_is_translated_with_the_same_places() -> None:
    for source, translation in messages(TS).items():
        assert translation.get("type") is None, f"{source} is unfinished"
        said = translation.text or ""
        assert HANGUL.search(said) or not WORD.search(said), source
        assert sorted(PLACE.findall(source)) == sorted(PLACE.findall(said)), source


def test_the_file_has_every_text_of_the_source_and_no_other(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    tool = Path(sys.executable).parent / "pyside6-lupdate"
    found = (ROOT / "app/ui").rglob("*.py")
    sources = sorted(str(path) for path in found if "kiosk" not in path.parts)
    subprocess.run([tool, *sources, "-ts", fresh], check=True, capture_output=True)
    assert set(messages(fresh)) == set(messages(TS)), "run pyside6-lupdate, see app/ui/language.py"


def test_the_compiled_file_says_the_same(qapp) -> None:
    translator = QTranslator()
    assert translator.load(str(TS.with_suffix(".qm")))
    for source, translation in messages(TS).items():
        assert translator.translate("window", source) == translation.text


def test_keys_of_menus_are_kept_and_unlike(desk: Desk, qtbot) -> None:
    """Every entry of a Korean menu bar can be reached by a letter of its own."""
    choose(desk, "ko", qtbot)
    keys = [re.findall(r"&(.)", action.text()) for action in desk.window.menu.actions()]
    assert all(len(each) == 1 for each in keys)
    assert len({each[0] for each in keys}) == len(keys)


def test_no_english_is_left(desk: Desk, qtbot) -> None:
    desk.window.open(greeting())
    desk.show(busy())
    choose(desk, "ko", qtbot)
    desk.window.actions_by_name["microscope"].setChecked(True)
    desk.window.actions_by_name["rates"].setChecked(True)
    for name in ("guide", "shortcuts", "about", "file_info", "network", "settings"):
        desk.window.actions_by_name[name].trigger()
    desk.show(busy())
    qtbot.wait(300)
    desk.show(busy())
    left = {text for text in said_by(desk.window) if is_english(text)}
    assert sorted(left) == []


def test_no_english_is_painted(desk: Desk, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: set[str] = set()
    draw = QPainter.drawText

    def noted(painter: QPainter, *words: object) -> object:
        painted.update(word for word in words if isinstance(word, str))
        return draw(painter, *words)

    monkeypatch.setattr(QPainter, "drawText", noted)
    desk.window.open(greeting())
    choose(desk, "ko", qtbot)
    desk.window.resize(1400, 950)
    for name in ("rates", "history"):
        desk.window.actions_by_name[name].setChecked(True)
    desk.show(busy())
    qtbot.wait(200)
    desk.show(busy())
    desk.window.grab()
    assert any(HANGUL.search(text) for text in painted)
    assert sorted(text for text in painted if is_english(text)) == []


def test_qts_dialog_for_files_speaks_it_too(desk: Desk, qtbot, tmp_path: Path) -> None:
    choose(desk, "ko", qtbot)
    dialog = QFileDialog(desk.window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    said = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"찾는 위치(&L):", "파일 형식(&T):"} <= said
    said |= {button.text() for button in dialog.findChildren(QAbstractButton)}
    assert sorted(text for text in said if is_english(text)) == []
    assert dialog.iconProvider().type(QFileInfo(str(tmp_path))) == "폴더"
    choose(desk, "en", qtbot)
    assert QCoreApplication.translate("QFileDialog", "&Look in:") == "&Look in:"


def test_without_a_korean_font_it_is_english_and_says_why(
    desk: Desk, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.language.korean_font_problem", lambda: "no font: fonts-nanum")
    choose(desk, "ko", qtbot)
    assert desk.window.banner.sentence == "No font: fonts-nanum; the window speaks English"
    assert desk.window.menu.actions()[0].text() == "&File"
