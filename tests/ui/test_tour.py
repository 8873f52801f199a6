from __future__ import annotations

from dataclasses import replace

from app.sources.bundled import bundled_recordings, greeting
from app.sources.contract import FileSpec, PerformerSpec
from app.ui.logic.language import speak
from app.ui.logic.tour import AHEAD_US, Tour, tour_order
from tests.ui.fakes import CAMERA, RECORDING, snapshot

FIRST, SECOND, THIRD = (FileSpec(f"/x/{name}_7.aedat4") for name in ("arm_roll", "wave", "clap"))
TOUR = Tour([FIRST, SECOND, THIRD])


def test_one_follows_the_other_and_the_last_the_first() -> None:
    assert TOUR.after(FIRST) == SECOND
    assert TOUR.after(THIRD) == FIRST
    assert TOUR.after(FileSpec("/mine.aedat4")) == FIRST
    assert TOUR.after(PerformerSpec()) == FIRST
    assert TOUR.after(None) == FIRST


def test_only_demonstrations_belong_to_it() -> None:
    assert TOUR.has(SECOND)
    assert not TOUR.has(FileSpec("/mine.aedat4"))
    assert not TOUR.has(None)
    assert not Tour([]).has(FIRST)


def test_the_demonstration_is_named_in_place_of_its_file() -> None:
    shown = TOUR.titled(snapshot(), FIRST)
    assert shown.info == replace(RECORDING, name="Demonstration 1 of 3: Arm roll")
    assert TOUR.titled(snapshot(), FileSpec("/mine.aedat4")).info is RECORDING
    assert TOUR.titled(snapshot(info=None), FIRST).info is None


def test_the_performer_is_named_in_the_language_of_the_window() -> None:
    acting = replace(CAMERA, name="performer, all gestures", performing="rest")
    speak(lambda context, text: {"performer, {0}": "가상 인물, {0}"}.get(text, text))
    try:
        shown = TOUR.titled(snapshot(info=acting), PerformerSpec())
    finally:
        speak(None)
    assert shown.info == replace(acting, name="가상 인물, all gestures")
    assert TOUR.titled(snapshot(info=acting), PerformerSpec()).info == acting


def test_it_looks_ahead_of_the_end() -> None:
    end_us = RECORDING.start_us + RECORDING.duration_us
    assert not TOUR.is_ending(snapshot(position_us=end_us - AHEAD_US - 1))
    assert TOUR.is_ending(snapshot(position_us=end_us - AHEAD_US))
    assert TOUR.is_ending(snapshot(position_us=end_us))
    assert not TOUR.is_ending(snapshot(info=CAMERA))
    assert not TOUR.is_ending(snapshot(position_us=None))


def test_it_begins_with_what_is_played_first() -> None:
    order = tour_order()
    assert order[0] == greeting()
    assert sorted(order, key=lambda spec: spec.path) == bundled_recordings()
