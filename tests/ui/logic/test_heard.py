"""What other rooms say is read in the language of the window, or in English where nobody knows."""

from __future__ import annotations

import ast
import errno
import os
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.logic.heard import BETWEEN, CATALOGUE, PLACE, heard
from app.ui.logic.language import speak
from app.ui.logic.words import sentence

ROOT = Path(__file__).resolve().parents[3]
# Rooms all of whose sentences may come to the window; of the networks' only the files named.
ROOMS = ("app/sources", "app/pipeline")
MODELS = ("models/model_file.py", "models/live.py", "models/teaching/taught.py",
          "models/teaching/ways.py", "models/teaching/rehearsal.py",
          "models/graph/reading.py", "models/graph/child.py", "models/graph/ours.py")  # fmt: skip
# What is said to programmers, to logs or in files, and is no sentence for the window.
NEVER_SHOWN = (
    "the pipeline has been", "used before it is open", "a live source has no place",
    "expected one or two different systems", "loading a network", "opening a source",
    "closing a source", "the parent has gone", "AEDAT, Prophesee RAW or DAT", " - Error info:",
    "<dv version", "\n  ", "SUBSYSTEM", "a shape of", "a head of", "the table of",
)  # fmt: skip
COMMAND = "pip install hdf5plugin"
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")


@cache
def korean() -> dict[str, str]:
    root = ElementTree.parse(ROOT / "assets/translations/window_ko.ts").getroot()
    return {
        each.findtext("source", ""): each.findtext("translation", "")
        for each in root.iter("message")
    }


@pytest.fixture
def in_korean() -> Iterator[None]:
    words = korean()
    speak(lambda context, text: words.get(text, text))
    yield
    speak(None)


def text_of(node: ast.AST) -> str | None:
    """A literal with a 7 in each of its places."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values
        )
    return None


def inside(node: ast.AST) -> Iterator[ast.AST]:
    """The literals in it, but for what stands beside sentences: docstrings, logs, patterns."""
    for child in ast.iter_child_nodes(node):
        is_words = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        called = ast.unparse(child.func) if isinstance(child, ast.Call) else ""
        if is_words or called.startswith("log.") or called == "re.compile":
            continue
        if text_of(child) is not None:
            yield child
        else:
            yield from inside(child)


def said_in(path: Path) -> set[str]:
    texts = (text_of(each) or "" for each in inside(ast.parse(path.read_text())))
    return {text for text in texts if ENGLISH.search(text) and len(text.split()) > 2}


def files() -> list[Path]:
    rooms = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return rooms + [ROOT / name for name in MODELS]


def left_of(said: str) -> list[str]:
    """English that is left of a sentence, or of a part of one that others complete."""
    whole = (said, f"{said}: 7", f"the event server 7:7 {said}")
    tries = [ENGLISH.findall(heard(each).replace(COMMAND, "")) for each in whole]
    return min(tries, key=len)


@pytest.mark.usefixtures("in_korean")
@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_sentence_of_other_rooms_is_known(path: Path) -> None:
    shown = {said for said in said_in(path) if not said.startswith(NEVER_SHOWN)}
    unknown = sorted(said for said in shown if left_of(said))
    assert unknown == [], "add them to one of app/ui/logic/said_by_*.py, and translate them"


def test_the_rooms_are_really_read() -> None:
    said = set().union(*map(said_in, files()))
    assert len(said) > 150
    assert {"the recording 7 is empty", "7 is gone; it is being opened again"} <= said


@pytest.mark.usefixtures("in_korean")
@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("the recording a.aedat4 is empty", "a.aedat4 녹화가 비어 있어요"),
        (
            "cannot read the recording /x y.raw: Permission denied",
            "/x y.raw 녹화를 읽을 수 없어요: 권한이 없어요",
        ),
        (
            "the recording b.aedat4 is slow: waiting for its drive",
            "b.aedat4 녹화: 느려서 드라이브를 기다리는 중이에요",
        ),
        (
            "it names no sensor, taken as 128x128 by its events (--sensor says it); damaged places "
            "skipped: 3; the last event is half-written",
            "센서 이름이 없어요. 이벤트를 보고 128x128(으)로 여겨요(--sensor로 정할 수 있어요); "
            "건너뛴 손상된 곳: 3; 마지막 이벤트가 쓰다 말았어요",
        ),
        ("cannot open the camera DVX: odd things", "DVX 카메라를 열 수 없어요: odd things"),
        ("performer, air drums", "가상 인물, 에어 드럼"),
        ("nobody knows {0} this", "Nobody knows {0} this"),
        ("이미 한국어예요", "이미 한국어예요"),
    ],
)  # fmt: skip
def test_sentences_reasons_and_notes(said: str, read: str) -> None:
    assert heard(said) == read


@pytest.mark.usefixtures("in_korean")
def test_what_the_system_says_of_disks_and_networks() -> None:
    numbers = (
        errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EROFS, errno.EIO, errno.ECONNREFUSED,
        errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ETIMEDOUT, errno.ENAMETOOLONG, errno.EISDIR,
    )  # fmt: skip
    assert [number for number in numbers if ENGLISH.search(heard(os.strerror(number)))] == []


def test_no_pattern_stands_twice_and_places_are_in_order() -> None:
    assert len(set(CATALOGUE)) == len(CATALOGUE)
    for pattern in CATALOGUE:
        places = PLACE.findall(pattern)
        assert places == [f"{{{number}}}" for number in range(len(places))], pattern
        assert BETWEEN not in pattern, pattern  # what is between is cut before


@settings(deadline=None)
@given(st.text())
def test_in_english_nothing_changes(said: str) -> None:
    assert heard(said) == sentence(said)


@settings(deadline=None)  # the patterns are compiled once
@given(st.sampled_from(CATALOGUE), st.lists(st.text(), min_size=4, max_size=4))
def test_whatever_stands_in_the_places_can_be_said(pattern: str, parts: list[str]) -> None:
    words = korean()
    speak(lambda context, text: words.get(text, text))
    try:
        heard(pattern.format(*parts))
    finally:
        speak(None)
