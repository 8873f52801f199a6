from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.booth.messages import Beat, Hit, Note, Welcome, decode, encode
from app.booth.pin_gate import MOST_WRONG
from app.booth.scene import Feed, Scene, Stage
from app.pipeline.snapshot import PipelineState
from app.ui.kiosk.beats import Beats
from app.ui.kiosk.window import SUPERVISOR_GONE
from tests.ui.fakes import CAMERA, reading, recognition
from tests.ui.kiosk.conftest import PIN, Booth, settings_of

CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
MakeBooth = Callable[..., Booth]


def ask_for_pin(booth: Booth) -> None:
    QTest.keyClick(booth.window, Qt.Key.Key_K, CHORD)


def type_pin(booth: Booth, pin: str) -> None:
    QTest.keyClicks(booth.window, pin)
    QTest.keyClick(booth.window, Qt.Key.Key_Return)


def test_it_fills_the_monitor_over_everything_else(booth: Booth) -> None:
    window = booth.window
    assert window.isFullScreen()
    assert window.geometry() == window.screen().geometry()
    flags = window.windowFlags()
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.FramelessWindowHint


def test_nothing_closes_or_hides_it_for_long(booth: Booth) -> None:
    window = booth.window
    assert not window.close()
    window.hide()
    window.foremost.insist()
    assert window.isVisible()
    window.showMinimized()
    window.foremost.insist()
    assert window.isFullScreen()
    assert not window.isMinimized()
    window.setGeometry(10, 10, 200, 200)
    window.foremost.insist()
    assert window.geometry() == window.screen().geometry()
    assert booth.codes == []


def test_the_source_opens_with_the_first_look(booth: Booth) -> None:
    assert booth.pipeline.calls == []
    booth.see()
    assert booth.pipeline.calls == [("start",)]


def test_what_is_seen_becomes_a_moment_and_a_scene(booth: Booth) -> None:
    booth.see(events=5, info=CAMERA)
    decided = recognition("arm_roll", arm_roll=20, air_drums=4)
    booth.see(events=5, info=CAMERA, recognition=decided, position_us=1_030_000)
    moment = booth.show.moments[-1]
    assert (moment.now_s, moment.feed, moment.gesture) == (booth.now_s, Feed.EVENTS, "arm_roll")
    assert moment.shares["arm_roll"] == 1.0
    assert moment.shares["air_drums"] == pytest.approx(4 / 16)
    scene, snapshot = booth.show.shown[-1]
    assert scene is booth.show.scene
    assert snapshot is not None


def test_a_share_is_of_what_a_decision_takes(booth: Booth) -> None:
    """70 votes of which 30 % must agree: 21, which is more than the model's 16."""
    votes = recognition(None, arm_roll=14, air_drums=28, hand_clapping=28)
    booth.see(events=5, info=CAMERA, recognition=votes)
    shares = booth.show.moments[-1].shares
    assert shares["arm_roll"] == pytest.approx(14 / 21)
    assert shares["air_drums"] == 1.0


def test_without_a_source_there_is_neither_gesture_nor_picture(booth: Booth) -> None:
    decided = recognition("arm_roll", arm_roll=20)
    booth.see(events=5, info=CAMERA, recognition=decided)
    assert booth.show.moments[-1].gesture == "arm_roll"
    booth.see(
        info=CAMERA, recognition=decided, state=PipelineState.FAILED, failure="it is gone",
        counts=np.full((2, 6, 8), 9, np.uint16),
    )  # fmt: skip
    moment = booth.show.moments[-1]
    assert (moment.feed, moment.gesture, moment.present) == (Feed.LOST, None, False)
    assert moment.shares == {}
    assert booth.show.shown[-1][1] is None, "never a stale frame"


def test_who_moves_is_told_by_the_events_and_their_time(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    pushed: list[tuple[int, int]] = []

    class Presence:
        def __init__(self, resolution: object) -> None:
            assert resolution == CAMERA.resolution

        def push(self, counts: np.ndarray, duration_us: int) -> bool:
            pushed.append((int(counts.sum()), duration_us))
            return counts.sum() > 50

    monkeypatch.setattr("app.ui.kiosk.moments.Presence", Presence)
    counts = np.ones((2, 6, 8), np.uint16)
    for number, position_us in enumerate((0, 33_000, 33_000, 70_000)):
        booth.see(
            events=1, info=CAMERA, position_us=position_us, counts=counts, restarted=number == 0
        )
    assert pushed == [(96, 33_000), (96, 37_000)]
    assert booth.show.moments[-1].present
    booth.see(events=1, info=CAMERA, position_us=90_000, counts=0 * counts)
    assert not booth.show.moments[-1].present


def test_space_and_presses_go_to_the_show(booth: Booth) -> None:
    booth.see()
    QTest.keyClick(booth.window, Qt.Key.Key_Space)
    middle = booth.window.rect().center()
    QTest.mouseClick(booth.window, Qt.MouseButton.LeftButton, pos=middle)
    assert booth.show.presses == 2


def test_the_chord_and_the_pin_leave(booth: Booth) -> None:
    ask_for_pin(booth)
    assert booth.window.pin_page.isVisible()
    type_pin(booth, "1111")
    assert booth.codes == []
    type_pin(booth, PIN)
    assert booth.codes == [0]
    assert not booth.window.isVisible()
    assert booth.pipeline.calls == [] or booth.pipeline.calls[-1][0] == "stop"


def test_the_pin_page_can_be_left_for_the_show(booth: Booth) -> None:
    ask_for_pin(booth)
    QTest.keyClick(booth.window, Qt.Key.Key_Escape)
    assert not booth.window.pin_page.isVisible()
    assert booth.show.pages.isVisible()


def test_while_the_pin_is_typed_the_show_gets_no_presses(booth: Booth) -> None:
    booth.see()
    ask_for_pin(booth)
    QTest.keyClick(booth.window, Qt.Key.Key_Space)
    QTest.mouseClick(booth.window, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    assert booth.show.presses == 0


def test_the_lock_survives_a_restart(make_booth: MakeBooth) -> None:
    first = make_booth()
    ask_for_pin(first)
    for _ in range(MOST_WRONG):
        type_pin(first, "1111")
    first.window.end(1)
    second = make_booth()
    ask_for_pin(second)
    type_pin(second, PIN)
    assert second.codes == []
    assert "Too many wrong PINs" in second.window.pin_page.message


def test_without_a_pin_it_says_so_and_the_chord_leaves(make_booth: MakeBooth) -> None:
    booth = make_booth(settings_of(pin=None))
    assert "No PIN is set" in booth.window._toast.text()
    assert booth.window._toast.isVisible()
    ask_for_pin(booth)
    assert booth.codes == [0]


def test_a_damaged_pin_says_so_and_nothing_leaves(make_booth: MakeBooth) -> None:
    booth = make_booth(settings_of(pin="2468"))
    assert "damaged" in booth.window._toast.text()
    ask_for_pin(booth)
    type_pin(booth, PIN)
    assert booth.codes == []


def test_an_unknown_monitor_is_said_and_the_first_is_taken(
    make_booth: MakeBooth, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    booth = make_booth(settings_of(monitor="HDMI-9"))
    assert "HDMI-9" in caplog.text
    assert booth.window.screen() is QApplication.primaryScreen()


def test_staff_are_told_what_is_wrong_with_the_settings(make_booth: MakeBooth) -> None:
    booth = make_booth(notes=["kiosk.ask_s in the settings is no number"])
    assert "kiosk.ask_s" in booth.window._toast.text()


class Supervisor:
    """The other ends of the kiosk's pipes."""

    def __init__(self) -> None:
        self.reading, self.to_kiosk = os.pipe()
        self.from_kiosk, writing = os.pipe()
        os.set_blocking(self.from_kiosk, False)
        self.beats = Beats(self.reading, writing)

    def heard(self) -> list[object]:
        return [decode(line) for line in os.read(self.from_kiosk, 10**6).splitlines()]


def test_beats_and_news_go_to_the_supervisor(make_booth: MakeBooth, qtbot) -> None:
    supervisor = Supervisor()
    booth = make_booth(settings_of(pin=None), beats=supervisor.beats)
    os.write(supervisor.to_kiosk, encode(Welcome(41)))
    qtbot.waitUntil(lambda: booth.window._best_today == 41)
    booth.see(state=PipelineState.STARTING, info=None, readings=(), loading="source")
    assert booth.show.best_today == 41
    booth.tally([recognition(None), recognition("arm_roll"), recognition(None)])
    booth.show.scene = Scene(Stage.ASKED, "arm_roll")
    booth.show.news = [Hit("arm_roll", 900)]
    booth.see(events=1, info=CAMERA)
    booth.see(events=1, info=CAMERA)
    heard = supervisor.heard()
    assert [each for each in heard if isinstance(each, Beat)] == [
        Beat(0, "loading", 1), Beat(3, None, 1, named=1, playing=True),
    ]  # fmt: skip
    assert Hit("arm_roll", 900) in heard
    assert any(isinstance(each, Note) and "No PIN" in each.sentence for each in heard)


def test_without_its_supervisor_it_leaves(make_booth: MakeBooth, qtbot) -> None:
    supervisor = Supervisor()
    booth = make_booth(beats=supervisor.beats)
    os.close(supervisor.to_kiosk)
    qtbot.waitUntil(lambda: booth.codes == [SUPERVISOR_GONE])


def test_a_look_that_fails_beats_no_more(make_booth: MakeBooth) -> None:
    """So that a supervisor sees a broken show as a hung one."""
    supervisor = Supervisor()
    booth = make_booth(beats=supervisor.beats)
    booth.see(events=1, info=CAMERA)
    supervisor.heard()
    booth.show.pages.show_scene = lambda scene, snapshot: 1 / 0
    booth.now_s += 1
    with pytest.raises(ZeroDivisionError):
        booth.see(events=1, info=CAMERA)
    booth.window.note("still there")
    assert supervisor.heard() == [Note("still there")]


def test_a_model_with_other_classes_is_named_rightly(booth: Booth) -> None:
    named = reading(recognition=recognition("arm_roll", arm_roll=20))
    spec = replace(named.spec, classes=tuple(reversed(named.spec.classes)))
    booth.see(events=1, info=CAMERA, readings=(replace(named, spec=spec),))
    moment = booth.show.moments[-1]
    assert moment.gesture == spec.classes[named.recognition.gesture]
    assert moment.shares[moment.gesture] == 1.0
