from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QFontDatabase

from app.booth.pin_gate import PinGate
from app.ui.kiosk import translations, words
from app.ui.kiosk.pin_page import PinPage
from app.ui.kiosk.translations import FOLDER, Translations, install, korean_font_problem
from models.data.gestures import CLASSES

ROOT = Path(__file__).resolve().parents[3]
TS = FOLDER / "spikehand_ko.ts"
HANGUL = re.compile("[가-힣]")


def messages(path: Path) -> dict[tuple[str, str], ElementTree.Element]:
    """Translations by context and source text."""
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message.find("translation")
        for context in ElementTree.parse(path).getroot().iter("context")
        for message in context.iter("message")
    }


@pytest.fixture
def speak(qapp) -> Iterator[object]:
    spoken: list[Translations] = []

    def begin(language: str) -> Translations:
        spoken.append(install(qapp, language))
        return spoken[-1]

    yield begin
    for each in spoken:
        each.choose("en")


def test_every_sentence_is_translated() -> None:
    for (context, source), translation in messages(TS).items():
        assert translation.get("type") is None, f"{context}: {source} is unfinished"
        assert HANGUL.search(translation.text or ""), source
        places = re.findall(r"{\d}", source)
        assert sorted(places) == sorted(re.findall(r"{\d}", translation.text)), source


def test_the_file_has_every_sentence_of_the_source_and_no_other(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    tool = Path(sys.executable).parent / "pyside6-lupdate"
    sources = sorted(map(str, (ROOT / "app/ui/kiosk").glob("*.py")))
    subprocess.run([tool, *sources, "-ts", fresh], check=True, capture_output=True)
    assert set(messages(fresh)) == set(messages(TS)), "run pyside6-lupdate, see translations.py"


def test_the_compiled_file_says_the_same(qapp) -> None:
    translator = QTranslator()
    assert translator.load(str(TS.with_suffix(".qm")))
    for (context, source), translation in messages(TS).items():
        assert translator.translate(context, source) == translation.text


def test_it_changes_at_run_time(speak) -> None:
    translations = speak("ko")
    assert words.wish("right_hand_wave") == "오른손을 흔들어 보세요"
    translations.choose("en")
    assert words.wish("right_hand_wave") == "Wave your right hand"


def test_the_next_booth_speaks_its_own_language(speak) -> None:
    speak("ko")
    speak("en")
    assert words.wish("right_hand_wave") == "Wave your right hand"


def test_it_follows_the_system_or_is_english(speak, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, language in (("ko_KR", "ko"), ("de_DE", "en"), ("C", "en")):

        class Locale:
            @staticmethod
            def system(name: str = name) -> object:
                return type("Named", (), {"name": lambda self: name})()

        monkeypatch.setattr("app.ui.kiosk.translations.QLocale", Locale)
        assert speak("system").language == language


def test_only_what_alternates_alternates(speak) -> None:
    fixed = speak("en")
    fixed.alternate()
    assert fixed.language == "en"
    alternating = speak("alternate")
    first = alternating.language
    alternating.alternate()
    assert alternating.language != first
    alternating.alternate()
    assert alternating.language == first


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_gesture_has_words_of_its_own(speak, language: str) -> None:
    speak(language)
    for tell in (words.gesture_name, words.wish):
        told = [tell(gesture) for gesture in CLASSES]
        assert len(set(told)) == len(CLASSES)
        assert all(bool(HANGUL.search(each)) == (language == "ko") for each in told)
    assert words.wish("juggling_balls") == "Juggling balls"


def test_the_pin_page_changes_while_it_is_seen(qtbot, speak) -> None:
    page = PinPage(PinGate("scrypt$"))
    qtbot.addWidget(page)
    page.show()
    english = page._title.text()
    speak("ko")
    qtbot.waitUntil(lambda: page._title.text() != english)
    assert HANGUL.search(page._title.text())
    assert QCoreApplication.translate("PinPage", "Erase") == "지우기"


def test_a_missing_korean_font_is_named(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: ["Some Korean"])
    assert korean_font_problem() is None
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    assert "fonts-nanum" in korean_font_problem()


@pytest.mark.parametrize("wanted", ["ko", "alternate"])
def test_without_a_korean_font_it_is_english_and_staff_hear_why(
    qapp, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    monkeypatch.setattr(translations, "korean_font_problem", lambda: None)
    assert translations.readable_language(wanted) == (wanted, None)
    monkeypatch.setattr(translations, "korean_font_problem", lambda: "no font: fonts-nanum")
    assert translations.readable_language("en") == ("en", None)
    language, problem = translations.readable_language(wanted)
    assert (language, problem) == ("en", "no font: fonts-nanum; visitors read English")
