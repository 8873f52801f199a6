from __future__ import annotations

import pytest

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
