from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.booth.messages import Beat, Note, Visitor, Welcome, decode, encode
from app.ui.kiosk.beats import BEAT_PERIOD_S, Beats

ROOT = Path(__file__).resolve().parents[3]


class Line:
    """Both pipes, seen from the supervisor's end."""

    def __init__(self) -> None:
        reading, self.to_kiosk = os.pipe()
        self.from_kiosk, writing = os.pipe()
        os.set_blocking(writing, False)
        os.set_blocking(self.from_kiosk, False)
        self.reading = reading
        self.beats = Beats(reading, writing)

    def heard(self) -> list[object]:
        return [decode(line) for line in os.read(self.from_kiosk, 10**6).splitlines()]

    def close(self) -> None:
        self.beats.close()
        for end in (self.reading, self.to_kiosk, self.from_kiosk):
            if end >= 0:
                os.close(end)


@pytest.fixture
def line(qapp) -> Iterator[Line]:
    made = Line()
    yield made
    made.close()


def test_beats_come_at_their_period_and_news_at_once(line: Line) -> None:
    for number in range(10):
        line.beats.beat(Beat(number), number * BEAT_PERIOD_S * 0.6)
        line.beats.send(Visitor())
    heard = line.heard()
    assert [each.decisions for each in heard if isinstance(each, Beat)] == [0, 2, 4, 6, 8]
    assert heard.count(Visitor()) == 10


def test_a_welcome_is_taken_in_pieces_and_between_other_words(line: Line, qtbot) -> None:
    heard: list[Welcome] = []
    line.beats.welcomed.connect(heard.append)
    words = b"hello\n" + encode(Note("no")) + encode(Welcome(7))
    for piece in (words[:10], words[10:-5], words[-5:]):
        os.write(line.to_kiosk, piece)
        qtbot.wait(20)
    assert heard == [Welcome(7)]


def test_the_end_of_the_supervisor_is_noticed_once(line: Line, qtbot) -> None:
    ends: list[None] = []
    line.beats.ended.connect(lambda: ends.append(None))
    os.close(line.to_kiosk)
    line.to_kiosk = -1
    qtbot.waitUntil(lambda: len(ends) == 1)
    line.beats.send(Visitor())
    qtbot.wait(30)
    assert len(ends) == 1


def test_a_supervisor_that_reads_no_more_has_ended_too(line: Line) -> None:
    ends: list[None] = []
    line.beats.ended.connect(lambda: ends.append(None))
    os.close(line.from_kiosk)
    line.from_kiosk = -1
    line.beats.send(Visitor())
    line.beats.send(Visitor())
    assert len(ends) == 1


def test_a_supervisor_that_is_stopped_does_not_stop_the_kiosk(line: Line) -> None:
    for _ in range(5_000):  # more than a pipe holds
        line.beats.send(Note("n" * 100))
    heard = line.heard()
    assert 100 < len(heard) < 5_000
    assert set(heard) == {Note("n" * 100)}, "no line is cut in two"


def test_what_others_print_does_not_reach_the_supervisor() -> None:
    code = (
        "import os\n"
        "from app.ui.kiosk.beats import take_over_stdout\n"
        "print('before', flush=True)\n"
        "ours = take_over_stdout()\n"
        "print('a library says hello', flush=True)\n"
        "os.system('echo so does a child')\n"
        "os.write(ours, b'beat')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=True
    )
    assert done.stdout == b"before\nbeat"
    assert b"a library says hello" in done.stderr
    assert b"so does a child" in done.stderr
