"""Opening, failing, the tour and the start page, on a pipeline made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.pipeline.snapshot import PipelineState
from app.settings import PlaybackSettings, Settings
from app.sources.contract import CameraSpec, FileSpec, PerformerSpec
from app.ui.logic.tour import tour_order
from tests.ui.conftest import Desk
from tests.ui.fakes import CAMERA, chunk, recognition, snapshot

MINE, BAD = FileSpec("/data/mine.aedat4"), FileSpec("/data/folder")
REFUSED = "mine.aedat4 is a folder"


def playing(desk: Desk, spec: object = MINE, **fields: object) -> Desk:
    """``spec`` plays."""
    desk.window.open(spec)
    desk.show(snapshot(**fields))
    desk.pipeline.calls.clear()
    return desk


def refuse(desk: Desk, spec: object, **fields: object) -> None:
    """Ask for ``spec`` while something plays, in vain."""
    desk.pipeline.next_snapshot = snapshot(opening=True, loading="source", **fields)
    desk.window.open(spec)
    desk.show(snapshot(not_opened=REFUSED, **fields))


def page(desk: Desk) -> str:
    return "start" if desk.window.pages.currentWidget() is desk.window.welcome else "instrument"


# Opening


def test_what_cannot_be_opened_leaves_what_plays(desk: Desk) -> None:
    playing(desk)
    refuse(desk, BAD)
    window = desk.window
    assert window.banner.sentence == REFUSED
    assert window.banner.is_failure
    assert window.windowTitle() == "arm_roll_1.aedat4 – Spikehand"
    assert window.instrument.status.state.text() == "Playing"
    assert page(desk) == "instrument"
    assert (window.player.spec, window.player.refused) == (MINE, BAD)
    assert desk.keeper.settings.recent_files == (MINE.path,)


def test_while_a_source_is_opened_the_window_says_so(desk: Desk, qtbot) -> None:
    playing(desk)
    desk.pipeline.next_snapshot = snapshot(opening=True, loading="source")
    desk.window.open(FileSpec("/data/next.aedat4"))
    status = desk.window.instrument.status
    qtbot.waitUntil(lambda: status.source.text() == "Opening the source …", timeout=2000)
    assert desk.keeper.settings.recent_files == (MINE.path,)
    desk.show(snapshot())
    assert desk.keeper.settings.recent_files == ("/data/next.aedat4", MINE.path)


def test_what_failed_can_be_tried_again(desk: Desk, qtbot) -> None:
    playing(desk)
    refuse(desk, BAD)
    qtbot.mouseClick(desk.window.banner.retry_button, Qt.MouseButton.LeftButton)
    assert desk.pipeline.opened == [MINE, BAD, BAD]
    assert desk.window.banner.sentence == ""
    desk.show(snapshot(not_opened=REFUSED))
    assert desk.window.banner.sentence != ""


def test_where_nothing_plays_a_refusal_leads_to_the_start_page(desk: Desk) -> None:
    window = playing(desk).window
    desk.show(snapshot(state=PipelineState.FAILED, failure="it is damaged", counts=None))
    desk.pipeline.next_snapshot = snapshot(
        state=PipelineState.FAILED, info=None, failure=REFUSED, counts=None
    )
    window.open(BAD)
    assert page(desk) == "start"
    assert window.banner.sentence == REFUSED
    assert not window.banner.retry_button.isHidden()
    assert window.welcome.return_button.isHidden()
    assert window.windowTitle() == "Spikehand"
    assert not window.actions_by_name["play"].isEnabled()


@pytest.mark.parametrize("first", [MINE, PerformerSpec()])
def test_without_a_camera_what_plays_goes_on(desk: Desk, first: object) -> None:
    playing(desk, first)
    refuse(desk, CameraSpec())
    assert page(desk) == "instrument"
    assert not desk.window.banner.retry_button.isHidden()
    assert desk.pipeline.calls == [("replace_source",)]


def test_a_camera_that_is_asked_for_again_is_left_first(desk: Desk) -> None:
    playing(desk, CameraSpec(), info=CAMERA)
    desk.window.open(CameraSpec())
    assert desk.pipeline.calls[0] == ("replace_source", "at once")


def test_the_start_page_does_not_flash_by_before_the_first_source(desk: Desk) -> None:
    desk.window.pages.expect()
    assert page(desk) == "instrument"
    assert desk.window.instrument.events.canvas.message == "Opening the source …"
    assert desk.window.instrument.status.state.text() == "Starting"
    playing(desk)
    assert page(desk) == "instrument"


# Failing


def test_after_a_failure_nothing_of_what_was_seen_stays(desk: Desk) -> None:
    spikes = chunk(0, np.ones((40, 11), np.int32), np.ones((40, 8), np.uint8))
    decided = recognition("arm_roll", arm_roll=80)
    playing(desk, recognition=decided, raster=(spikes,), position_us=3_000_000)
    shown = desk.window.instrument
    assert shown.raster.output.ring.image().any()
    desk.show(
        snapshot(
            state=PipelineState.FAILED, failure="it is damaged", counts=None, recognition=decided
        )
    )
    assert shown.status.state.text() == "Failed"
    assert shown.gesture.name.text() == "No signal"
    assert not shown.bars.canvas.votes.any()
    assert not shown.raster.output.ring.image().any()
    assert (shown.transport.time.text(), shown.transport.slider.value()) == ("", 0)
    assert not shown.transport.slider.isEnabled()
    assert desk.window.windowTitle() == "arm_roll_1.aedat4 – Spikehand"  # it is what failed
    assert not desk.window.banner.retry_button.isHidden()


# The tour


DEMO, NEXT = tour_order()[:2]


def test_a_demonstration_goes_on_to_the_next(desk: Desk) -> None:
    playing(desk, DEMO)
    assert desk.window.windowTitle().startswith("Demonstration 1 of 11: Right hand wave")
    assert desk.window.instrument.events.detail.text().startswith("Demonstration 1 of 11")
    desk.pipeline.next_snapshot = snapshot(position_us=4_500_000, opening=True)
    desk.show(snapshot(position_us=4_500_000))
    assert desk.pipeline.calls == [("replace_source", "follows")]
    assert desk.pipeline.opened == [DEMO, NEXT]
    desk.show(snapshot(position_us=4_600_000, opening=True))
    desk.show(snapshot(state=PipelineState.FINISHED, position_us=5_000_000, opening=True))
    assert len(desk.pipeline.opened) == 2
    desk.show(snapshot(position_us=1_000_000))
    assert desk.window.windowTitle().startswith("Demonstration 2 of 11")
    assert desk.keeper.settings.recent_files == ()


def test_the_tour_goes_on_without_a_camera_and_the_reason_stays(desk: Desk, qtbot) -> None:
    playing(desk, DEMO)
    refuse(desk, CameraSpec())
    desk.pipeline.next_snapshot = snapshot(position_us=4_500_000, opening=True)
    desk.show(snapshot(position_us=4_500_000, not_opened=REFUSED))
    assert desk.pipeline.opened == [DEMO, CameraSpec(), NEXT]
    desk.show(snapshot(position_us=1_000_000))
    assert desk.window.banner.sentence != ""
    qtbot.mouseClick(desk.window.banner.retry_button, Qt.MouseButton.LeftButton)
    assert desk.pipeline.opened[-1] == CameraSpec()


def test_what_failed_while_playing_is_tried_again_rather_than_what_was_refused(
    desk: Desk,
) -> None:
    playing(desk)
    refuse(desk, BAD)
    desk.show(snapshot(state=PipelineState.FAILED, failure="damaged", not_opened=REFUSED))
    desk.window.banner.retry_button.click()
    assert desk.pipeline.opened[-1] == MINE


def test_a_demonstration_that_cannot_follow_ends_the_tour(desk: Desk) -> None:
    playing(desk, DEMO)
    desk.show(snapshot(position_us=4_500_000))
    for _ in range(3):
        desk.show(snapshot(position_us=5_000_000, not_opened=REFUSED))
    assert desk.pipeline.opened == [DEMO, NEXT]
    assert desk.window.banner.sentence != ""


@pytest.mark.parametrize("loop", [True, False])
def test_demonstrations_are_not_looped_and_recordings_as_set(desk: Desk, loop: bool) -> None:
    desk.keeper.change_playback(loop=loop)
    desk.window.open(DEMO)
    assert desk.pipeline.calls[-1] == ("set_loop", False)
    assert not desk.window.actions_by_name["loop"].isEnabled()
    desk.window.open(MINE)
    desk.show(snapshot(position_us=5_000_000))
    assert ("set_loop", loop) == desk.pipeline.calls[-1]
    assert desk.window.actions_by_name["loop"].isEnabled()
    assert desk.pipeline.opened == [DEMO, MINE]


@pytest.mark.parametrize("desk", [Settings(playback=PlaybackSettings(loop=False))], indirect=True)
def test_a_recording_that_ends_stays(desk: Desk) -> None:
    playing(desk)
    desk.show(snapshot(state=PipelineState.FINISHED, position_us=5_000_000))
    assert desk.pipeline.opened == [MINE]


def test_the_next_demonstration_by_key(desk: Desk, qtbot) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_N)
    qtbot.keyClick(desk.window, Qt.Key.Key_N)
    assert desk.pipeline.opened == [DEMO, NEXT]
    playing(desk)
    qtbot.keyClick(desk.window, Qt.Key.Key_N)
    assert desk.pipeline.opened[-1] == DEMO


# The start page


def test_the_start_page_and_back(desk: Desk, qtbot) -> None:
    playing(desk)
    qtbot.mouseClick(desk.window.menu.start_button, Qt.MouseButton.LeftButton)
    assert page(desk) == "start"
    assert desk.pipeline.calls == [("pause",)]
    assert desk.window.welcome.return_button.text() == "Back to: arm_roll_1.aedat4"
    assert not desk.window.actions_by_name["play"].isEnabled()
    desk.show(snapshot(state=PipelineState.PAUSED))
    assert desk.window.windowTitle() == "Spikehand"
    assert not desk.window.actions_by_name["play"].isEnabled()
    qtbot.mouseClick(desk.window.welcome.return_button, Qt.MouseButton.LeftButton)
    assert page(desk) == "instrument"
    assert desk.pipeline.calls == [("pause",), ("resume",)]
    desk.show(snapshot())
    assert desk.window.actions_by_name["play"].isEnabled()


def test_the_way_back_to_a_long_name_is_no_wider_than_a_small_window(desk: Desk) -> None:
    name = "a_recording_of_a_second_session_" * 6 + "take_2.aedat4"
    start = desk.window.welcome
    start.show_return(name)
    assert start.return_button.sizeHint().width() < 780
    assert start.return_button.text().endswith("take_2.aedat4")
    assert start.return_button.toolTip() == name
    start.show_return("short.aedat4")
    assert start.return_button.text() == "Back to: short.aedat4"
    assert not start.return_button.toolTip()


def test_what_was_paused_stays_paused(desk: Desk, qtbot) -> None:
    playing(desk, state=PipelineState.PAUSED)
    desk.window.actions_by_name["start"].trigger()
    desk.window.actions_by_name["start"].trigger()
    assert page(desk) == "instrument"
    assert desk.pipeline.calls == []


def test_a_hint_about_what_plays_stays_with_it(desk: Desk) -> None:
    playing(desk)
    desk.window.banner.show_sentence("Space pauses.", failure=False)
    desk.window.actions_by_name["start"].trigger()
    assert desk.window.banner.sentence == ""
    desk.window.actions_by_name["start"].trigger()
    desk.window.banner.show_sentence("It is broken.", failure=True)
    desk.window.actions_by_name["start"].trigger()
    assert desk.window.banner.sentence == "It is broken."


def test_escape_leaves_the_start_page(desk: Desk, qtbot) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert page(desk) == "start"  # there is nowhere to go
    playing(desk)
    desk.window.actions_by_name["start"].trigger()
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert page(desk) == "instrument"


def test_a_source_chosen_on_the_start_page_plays(desk: Desk) -> None:
    playing(desk)
    desk.window.actions_by_name["start"].trigger()
    desk.window.welcome.buttons["performer"].click()
    assert page(desk) == "instrument"
    assert desk.pipeline.opened == [MINE, PerformerSpec()]


def test_a_source_refused_on_the_start_page_leads_back_to_it(desk: Desk) -> None:
    playing(desk)
    desk.window.actions_by_name["start"].trigger()
    desk.show(snapshot(state=PipelineState.PAUSED))
    refuse(desk, CameraSpec(), state=PipelineState.PAUSED)
    assert page(desk) == "start"
    assert not desk.window.welcome.return_button.isHidden()
    assert desk.window.banner.sentence != ""
    desk.window.welcome.return_button.click()
    assert page(desk) == "instrument"
    assert desk.pipeline.calls[-1] == ("resume",)  # as it was playing before


def test_the_tour_waits_on_the_start_page(desk: Desk) -> None:
    playing(desk, DEMO)
    desk.window.actions_by_name["start"].trigger()
    desk.show(snapshot(state=PipelineState.PAUSED, position_us=4_900_000))
    assert desk.pipeline.opened == [DEMO]


def test_a_folder_that_is_dropped_is_not_remembered(desk: Desk, tmp_path: Path) -> None:
    playing(desk)
    refuse(desk, FileSpec(str(tmp_path)))
    assert desk.keeper.settings.recent_files == (MINE.path,)
    assert desk.window.menu.recent.actions()[0].text().endswith("mine.aedat4")
