"""The legend of the rates: names are shortened only where there is no room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from app.ui.rate_legend import RateLegend, Row
from app.ui.theme import DARK


@pytest.mark.parametrize("name", ["SLAYER", "Default", "DECOLLE", "Eedn"])
def test_a_name_that_has_its_room_is_not_shortened(qtbot, name: str) -> None:
    legend = RateLegend("99.9 M/s")
    qtbot.addWidget(legend)
    for px in range(10, 33):
        look = replace(DARK, base_px=px)
        legend.set_look(look)
        legend.show_rows((Row(name, ()),))
        room = legend.sizeHint().width() - look.px(12)
        metrics = QFontMetrics(look.font(0.92))
        assert metrics.elidedText(name, Qt.TextElideMode.ElideRight, room) == name
