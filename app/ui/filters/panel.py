"""All filters below each other, the noise of the stream above them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.events import Resolution
from app.filters.suggestion import Noise, suggested
from app.pipeline.filtering import FilterReport
from app.settings import FilterSettings, Settings
from app.ui.filters.row import FilterRow
from app.ui.logic.filter_words import PARTS, noise_words, suggestion_words
from app.ui.logic.language import translate
from app.ui.logic.setting_fields import setting_fields
from app.ui.setting_row import Change
from app.ui.theme import Look

GAP = 2  # between filters, so that all of them are seen on a screen of 1024x600


class FiltersPanel(QWidget):
    """``change`` is asked for another value of a setting; ``wished`` for other filters at once.

    ``drawing_wished`` says that the crop is to be drawn on the picture, or no longer.
    """

    wished = Signal(object)
    drawing_wished = Signal(bool)

    def __init__(self, change: Change, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fields = {field.path[-1]: field for field in setting_fields(FilterSettings, ("filters",))}
        self.rows = {
            name: FilterRow(tuple(fields[each] for each in (name, *parts)), change)
            for name, parts in PARTS.items()
        }
        self._noise: Noise | None = None
        self._filters = FilterSettings()
        self.noise = QLabel()
        self.noise.setWordWrap(True)
        self.advice = QLabel()
        self.advice.setWordWrap(True)
        self.advice.setProperty("tone", "accent")
        self.extent = QLabel()
        self.extent.setProperty("tone", "muted")
        self.suggest = _button(
            translate("window", "&Suggest"),
            translate("window", "Set the filters against noise as this stream needs them"),
        )
        self.suggest.clicked.connect(self._suggest)
        self.reset = _button(translate("window", "&All off"), translate("window", "Every event"))
        self.reset.clicked.connect(lambda: self._wish(FilterSettings(), ""))
        self.draw = _button(
            translate("window", "&Draw"),
            translate(
                "window",
                "Drag over the picture what is to be left of it; draw again to cut more off. An "
                "empty field shows everything",
            ),
        )
        self.draw.setCheckable(True)
        self.draw.toggled.connect(self.drawing_wished)
        self.rows["crop"].add_beside(self.draw)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._header())
        self._column.addWidget(self.advice)
        self._column.addWidget(self._list(), 1)
        self._column.addWidget(self.extent)
        self.advice.hide()

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.noise, 1)
        row.addWidget(self.suggest)
        row.addWidget(self.reset)
        return row

    def _list(self) -> QScrollArea:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(GAP)
        for row in self.rows.values():
            column.addWidget(row)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it scrolls by Tab
        area.setWidget(page)
        return area

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        self._filters = settings.filters
        for row in self.rows.values():
            row.show_settings(settings)
        self.reset.setEnabled(settings.filters != FilterSettings())

    def show_report(self, report: FilterReport, seen: Resolution | None) -> None:
        """Show what the filters do, and the size of the picture that comes of them."""
        counts = {count.name: count for count in report.counts}
        for name, row in self.rows.items():
            row.show_count(counts.get(name))
        self._noise = report.noise
        self.noise.setText(noise_words(report.noise, plays=seen is not None))
        self.suggest.setEnabled(report.noise is not None)
        self.draw.setEnabled(seen is not None and report.sensor is not None)
        if seen is None or report.sensor is None:
            self.extent.setText("")
        elif seen == report.sensor:
            self.extent.setText(translate("window", "All {0} pixels are seen.").format(seen))
        else:
            words = translate("window", "Of {0} pixels a picture of {1} is made.")
            self.extent.setText(words.format(report.sensor, seen))

    def set_look(self, look: Look) -> None:
        """Take the sizes of ``look``."""
        self._column.setSpacing(look.px(8))
        for row in self.rows.values():
            row.set_look(look)

    def _suggest(self) -> None:
        if self._noise is not None:
            filters = suggested(self._noise, self._filters)
            self._wish(filters, suggestion_words(self._noise, filters))

    def _wish(self, filters: FilterSettings, advice: str) -> None:
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        self.wished.emit(filters)


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName("bannerButton")
    button.setToolTip(tip)
    button.setAccessibleDescription(tip)
    button.setAutoDefault(False)
    return button
