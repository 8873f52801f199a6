from __future__ import annotations

from dataclasses import replace

import pytest

from app.pipeline.snapshot import Stats
from app.ui.banner import Banner
from tests.ui.fakes import CAMERA, RECORDING, snapshot


@pytest.fixture
def banner(qtbot) -> Banner:
    made = Banner()
    qtbot.addWidget(made)
    return made


def test_nothing_to_say(banner: Banner) -> None:
    banner.show_snapshot(snapshot())
    assert banner.sentence == ""


def test_a_failure_goes_before_a_notice(banner: Banner) -> None:
    banner.show_snapshot(snapshot(notice="half a packet was skipped"))
    assert banner.sentence == "Half a packet was skipped"
    assert not banner.is_failure
    banner.show_snapshot(snapshot(notice="half a packet was skipped", failure="gone"))
    assert banner.sentence == "Gone"
    assert banner.is_failure
    assert banner.accessibleName() == "Failure: gone"


def test_damage_that_the_source_got_over_is_told(banner: Banner) -> None:
    banner.show_snapshot(snapshot(info=replace(RECORDING, note="the last packet is half written")))
    assert banner.sentence == "The last packet is half written"


def test_a_dismissed_sentence_stays_away_until_it_changes(banner: Banner) -> None:
    banner.show_snapshot(snapshot(failure="gone"))
    banner.dismiss_button.click()
    banner.show_snapshot(snapshot(failure="gone"))
    assert banner.sentence == ""
    banner.show_snapshot(snapshot(failure="gone again"))
    assert banner.sentence == "Gone again"


def test_a_sentence_goes_when_its_cause_is_gone(banner: Banner) -> None:
    banner.show_snapshot(snapshot(failure="gone"))
    banner.show_snapshot(snapshot())
    assert banner.sentence == ""


def test_the_same_failure_of_the_next_source_is_shown_again(banner: Banner) -> None:
    banner.show_snapshot(snapshot(failure="gone"))
    banner.forget()
    assert banner.sentence == ""
    banner.show_snapshot(snapshot(failure="gone"))
    assert banner.sentence == "Gone"


def test_what_did_not_come_through_a_snapshot_stays(banner: Banner) -> None:
    banner.show_sentence("cannot write the settings", failure=True)
    banner.show_snapshot(snapshot())
    assert banner.sentence == "Cannot write the settings"


def test_only_a_source_that_was_lost_can_be_tried_again(banner: Banner, qtbot) -> None:
    banner.show_snapshot(snapshot(not_opened="there is no such file"))
    assert banner.is_failure
    assert not banner.retry_button.isHidden()
    with qtbot.waitSignal(banner.retry_requested):
        banner.retry_button.click()
    banner.show_snapshot(snapshot(not_opened="there is no such file", failure="gone"))
    assert banner.sentence == "Gone"
    assert not banner.retry_button.isHidden()
    for said in ({"refusal": "this is no model"}, {"notice": "half a packet was skipped"}):
        banner.show_snapshot(snapshot(**said))
        assert banner.retry_button.isHidden()
    banner.show_snapshot(snapshot(failure="gone"))
    banner.show_sentence("cannot write the settings", failure=True)
    assert banner.retry_button.isHidden()


def test_a_machine_that_is_too_slow_is_told_until_it_keeps_up(banner: Banner) -> None:
    banner.show_snapshot(snapshot(notice="half a packet was skipped", too_slow="too slow: 0.5x"))
    assert banner.sentence == "Too slow: 0.5x"
    assert not banner.is_failure
    banner.show_snapshot(snapshot())
    assert banner.sentence == ""


def test_a_live_source_that_is_gone_is_told_before_a_slow_machine(banner: Banner) -> None:
    said = {"info": CAMERA, "notice": "the camera is gone", "too_slow": "too slow: 0.5x"}
    banner.show_snapshot(snapshot(**said, stats=Stats(event_rate=9_000.0)))
    assert banner.sentence == "Too slow: 0.5x"
    banner.show_snapshot(snapshot(**said))
    assert banner.sentence == "The camera is gone"
