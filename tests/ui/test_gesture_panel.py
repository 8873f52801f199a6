from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QTextLayout

from app.settings import VoteSettings
from app.ui.fit_label import SMALLEST_PX, FitLabel
from app.ui.gesture_panel import GesturePanel
from app.ui.theme import DARK
from tests.ui.fakes import recognition, snapshot


@pytest.fixture
def panel(qtbot) -> GesturePanel:
    made = GesturePanel(VoteSettings())
    qtbot.addWidget(made)
    made.set_look(DARK)
    made.resize(700, 400)
    return made


def test_a_gesture_with_picture_name_and_share(panel: GesturePanel) -> None:
    decided = recognition("left_hand_wave", left_hand_wave=69, arm_roll=11)
    panel.show_snapshot(snapshot(recognition=decided))
    assert panel.picture.class_id == "left_hand_wave"
    assert panel.name.text() == "Left hand wave"
    assert panel.share.text() == "69 of 80\u00a0votes"
    assert (panel.line.share, panel.line.mark) == (69 / 80, 24 / 80)
    assert "Left hand wave" in panel.accessibleDescription()


def test_no_decision_is_clear(panel: GesturePanel) -> None:
    panel.show_snapshot(snapshot(recognition=recognition("arm_roll", arm_roll=80)))
    panel.show_snapshot(snapshot(recognition=recognition(None, arm_roll=40, air_drums=40)))
    assert panel.picture.class_id == "none"
    assert panel.name.text() == "No decision"
    assert panel.share.text() == ""
    assert panel.caption.text() == "Arm roll and Air drums are level"


def test_whose_sense_of_turning_it_is_stands_below_and_in_a_tip(panel: GesturePanel) -> None:
    turning = recognition("left_arm_clockwise", left_arm_clockwise=60)
    panel.show_snapshot(snapshot(recognition=turning))
    assert panel.caption.text() == "Clockwise as the person sees it"
    assert panel.picture.toolTip() == panel.name.toolTip() == "Clockwise as the person sees it"


def test_two_in_a_small_window_have_room_for_a_long_name(panel: GesturePanel, qtbot) -> None:
    longest = recognition("right_arm_counter_clockwise", right_arm_counter_clockwise=60)
    panel.show_snapshot(snapshot(recognition=longest))
    panel.show()
    assert panel.caption.isVisible()
    panel.set_look(replace(DARK, base_px=10, compact=True))
    assert panel.caption.isVisible()
    panel.resize(258, 180)
    assert not panel.caption.isVisible()
    qtbot.wait(20)
    name, metrics = panel.name, QFontMetrics(panel.name.fitted_font())
    place = QRect(0, 0, name.width(), 1_000)
    assert metrics.boundingRect(place, name._flags(), name.text()).height() <= name.height()


@pytest.mark.parametrize("size", [(120, 40), (300, 120), (900, 300)])
def test_names_fit_their_place(qtbot, size: tuple[int, int]) -> None:
    label = FitLabel()
    qtbot.addWidget(label)
    label.resize(*size)
    label.set_largest_px(200)
    label.set_text("Right arm counter-clockwise", "#ffffff")
    font = label.fitted_font()
    assert label._fits(font) or font.pixelSize() == SMALLEST_PX
    font.setPixelSize(font.pixelSize() + 1)
    assert not label._fits(font) or font.pixelSize() > 200


def lines_of(label: FitLabel) -> list[str]:
    layout = QTextLayout(label._drawn, label.fitted_font())
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(label.width())
        lines.append(label._drawn[line.textStart() :][: line.textLength()].strip())
    return lines


def test_a_name_is_not_broken_at_its_hyphen(qtbot) -> None:
    label = FitLabel()
    qtbot.addWidget(label)
    label.resize(500, 130)
    label.set_largest_px(60)
    label.set_text("Left arm counter-clockwise", "#ffffff")
    assert lines_of(label) == ["Left arm", "counter\u2011clockwise"]
    assert label.text() == "Left arm counter-clockwise"


def test_votes_stand_in_one_line_where_two_systems_have_little_room(qtbot) -> None:
    label = FitLabel(one_line=True)
    qtbot.addWidget(label)
    label.resize(152, 60)  # of a window of 1024x600
    label.set_largest_px(44)
    label.set_text("38 of 80\u00a0votes", "#ffffff")
    assert lines_of(label) == ["38\u00a0of\u00a080\u00a0votes"]
    assert label._fits(label.fitted_font())


def test_a_low_panel_gives_its_height_to_the_name(panel: GesturePanel, qtbot) -> None:
    panel.show_snapshot(snapshot(recognition=recognition("left_hand_wave", left_hand_wave=69)))
    panel.resize(685, 195)  # of a window of 1280x720 with a banner and past decisions
    panel.show()
    qtbot.waitUntil(lambda: panel.name.fitted_font().pixelSize() >= DARK.px(22))
    assert panel.share.fitted_font().pixelSize() >= DARK.px(15)
