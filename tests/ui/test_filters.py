"""The filters' window: switches, parameters, counts, noise, and that the pipeline is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit

from app.events import Resolution
from app.filters.chain import FilterCount
from app.filters.suggestion import Noise
from app.pipeline.filtering import FilterReport
from app.pipeline.snapshot import PipelineState
from app.settings import FilterSettings, Settings
from app.settings_file import load
from app.sources.contract import FileSpec, SourceInfo
from app.ui.filters.panel import FiltersPanel
from app.ui.logic.filter_words import suggestion_words
from tests.ui.conftest import Desk
from tests.ui.fakes import snapshot

SENSOR = Resolution(8, 6)


def opened(desk: Desk, **report: object) -> FiltersPanel:
    """The panel while something plays."""
    desk.window.open(FileSpec("wave.aedat4"))
    desk.show(snapshot(filters=FilterReport(SENSOR, 1_000, **report)))
    desk.window.actions_by_name["filters"].setChecked(True)
    return desk.window.views.filters.panel


def editor(panel: FiltersPanel, name: str) -> object:
    return next(
        row.editors["filters", name]
        for row in panel.rows.values()
        if ("filters", name) in row.editors
    )


def set_filters(desk: Desk) -> list[FilterSettings]:
    return [call[1] for call in desk.pipeline.calls if call[0] == "set_filters"]


def test_the_key_opens_and_closes_and_the_noise_is_measured_meanwhile(desk: Desk, qtbot) -> None:
    desk.window.open(FileSpec("wave.aedat4"))
    for shown in (True, False):
        qtbot.keyClick(desk.window, Qt.Key.Key_F)
        assert desk.window.views.filters.dialog.isVisible() is shown
        assert desk.pipeline.calls[-1] == ("measure_noise", shown)


def test_closing_it_unchecks_the_command(desk: Desk) -> None:
    opened(desk)
    desk.window.views.filters.dialog.reject()
    assert not desk.window.actions_by_name["filters"].isChecked()


def test_a_switch_takes_effect_at_once_and_is_remembered(desk: Desk, tmp_path: Path) -> None:
    panel = opened(desk)
    switch, age = editor(panel, "background"), editor(panel, "background_us")
    assert isinstance(switch, QCheckBox)
    assert isinstance(age, QDoubleSpinBox)
    assert not age.isEnabled()
    switch.click()
    assert age.isEnabled()
    age.setValue(2_000)
    assert age.suffix() == " µs"
    wished = FilterSettings(background=True, background_us=2_000)
    assert set_filters(desk) == [FilterSettings(background=True), wished]
    assert load(tmp_path / "settings.json").settings.filters == wished


def test_what_has_no_switch_has_a_choice(desk: Desk) -> None:
    panel = opened(desk)
    for name, value in (("polarity", "on"), ("flip", "x"), ("rotate", 90)):
        choice = editor(panel, name)
        assert isinstance(choice, QComboBox)
        choice.setCurrentIndex(choice.findData(value))
        choice.activated.emit(choice.currentIndex())
    assert set_filters(desk)[-1] == FilterSettings(polarity="on", flip="x", rotate=90)


def test_a_crop_is_typed_and_a_bad_one_is_told(desk: Desk, qtbot) -> None:
    panel = opened(desk)
    crop = editor(panel, "crop")
    assert isinstance(crop, QLineEdit)
    crop.setText("1, 2, 3")
    crop.editingFinished.emit()
    fault = panel.rows["crop"].fault
    assert not fault.isHidden()
    assert "x, y, width and height" in fault.text()
    assert set_filters(desk) == []
    crop.setText("1, 2, 3, 4")
    crop.editingFinished.emit()
    assert fault.isHidden()
    assert set_filters(desk) == [FilterSettings(crop=(1, 2, 3, 4))]


@pytest.mark.parametrize(
    "desk", [Settings(filters=FilterSettings(crop=(10, 10, 100, 60), flip="x"))], indirect=True
)
def test_a_crop_is_drawn_on_what_is_seen(desk: Desk, qtbot) -> None:
    info = SourceInfo("wave.aedat4", Resolution(100, 60), False, 0, 1_000_000)
    panel = opened(desk)
    desk.show(
        snapshot(
            info=info, counts=np.zeros((2, 60, 100), np.uint16),
            filters=FilterReport(Resolution(128, 128), 1_000),
        )
    )  # fmt: skip
    qtbot.waitUntil(panel.draw.isEnabled, timeout=5_000)
    panel.draw.click()
    canvas = desk.window.instrument.events.canvas
    place = canvas.picture_rect()
    ends = [
        QPoint(
            int(place.x() + (x + 0.5) * place.width() / 100),
            int(place.y() + (y + 0.5) * place.height() / 60),
        )
        for x, y in ((0, 5), (29, 24))
    ]
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=ends[0])
    qtbot.mouseMove(canvas, ends[1])
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=ends[1])
    assert not panel.draw.isChecked()
    assert set_filters(desk)[-1] == FilterSettings(crop=(80, 15, 30, 20), flip="x")
    assert editor(panel, "crop").text() == "80, 15, 30, 20"


def test_drawing_a_crop_gives_way_and_ends_with_the_window(desk: Desk) -> None:
    panel = opened(desk)
    pointer = desk.window.instrument.events.pointer
    panel.draw.setChecked(True)
    pointer.drawing = True
    assert not panel.draw.isChecked()
    pointer.drawing = False
    panel.draw.setChecked(True)
    desk.window.views.filters.dialog.reject()
    assert not panel.draw.isChecked()
    assert desk.window.instrument.events.canvas.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_counts_are_shown(desk: Desk) -> None:
    idle, unseen = FilterCount("background", 900, 0), FilterCount("crop", 0, 0)
    panel = opened(desk, counts=(FilterCount("hot", 1_000, 125), idle, unseen))
    assert panel.rows["hot"].figure.text() == "−12.5 %"
    assert "125 of the 1,000" in panel.rows["hot"].figure.toolTip()
    assert panel.rows["background"].figure.text() == "0 %"
    assert panel.rows["crop"].figure.text() == ""
    assert panel.rows["refractory"].figure.text() == ""


def test_the_size_of_the_picture_is_told(desk: Desk) -> None:
    panel = opened(desk)
    assert "8x6" in panel.extent.text()
    panel.show_report(FilterReport(Resolution(16, 12)), SENSOR)
    assert "16x12" in panel.extent.text()
    assert "8x6" in panel.extent.text()
    panel.show_report(FilterReport(), None)
    assert panel.extent.text() == ""


def test_a_suggestion_is_followed_and_explained(desk: Desk) -> None:
    panel = opened(desk, noise=Noise(2.0, 3))
    assert "Isolated events: 2 per pixel and second. Hot pixels: 3." in panel.noise.text()
    panel.suggest.click()
    assert set_filters(desk)[-1] == FilterSettings(hot=True, background=True, background_us=5_000)
    assert "within 5 ms" in panel.advice.text()
    assert "Hot pixels" in panel.advice.text()


def test_nothing_is_suggested_before_the_noise_is_known(desk: Desk) -> None:
    panel = opened(desk)
    assert not panel.suggest.isEnabled()
    assert "Measuring" in panel.noise.text()
    assert "quiet" in suggestion_words(Noise(0.0, 0), FilterSettings())


@pytest.mark.parametrize(
    "desk", [Settings(filters=FilterSettings(hot=True, flip="y"))], indirect=True
)
def test_all_off(desk: Desk) -> None:
    panel = opened(desk)
    assert editor(panel, "hot").isChecked()
    panel.reset.click()
    assert set_filters(desk)[-1] == FilterSettings()
    assert not editor(panel, "hot").isChecked()
    assert not panel.reset.isEnabled()


def test_the_settings_dialog_and_the_panel_say_the_same(desk: Desk) -> None:
    panel = opened(desk)
    desk.window.settings.change(("filters", "downscale"), 2)
    assert editor(panel, "downscale").value() == 2
    assert set_filters(desk) == [FilterSettings(downscale=2)]


def test_what_is_held_is_seen_again_through_the_filters(desk: Desk) -> None:
    opened(desk)
    desk.show(snapshot(state=PipelineState.PAUSED, position_us=1_500_000))
    desk.window.settings.change(("filters", "polarity"), "on")
    assert desk.pipeline.calls[-2:] == [
        ("set_filters", FilterSettings(polarity="on")), ("seek", 1_500_000)
    ]  # fmt: skip


def test_they_stand_a_change_of_language_and_come_back(desk: Desk) -> None:
    opened(desk)
    desk.keeper.change_display(language="ko")
    desk.window.speak()
    assert desk.window.views.filters.dialog.isVisible()
    desk.window.settings.change(("filters", "polarity"), "on")
    assert set_filters(desk) == [FilterSettings(polarity="on")]
