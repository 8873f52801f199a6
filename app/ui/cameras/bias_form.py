"""What is set on one camera: a preset, and every value by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.sources.devices.biases import parse_bias
from app.sources.devices.found import Adjustment, ListedCamera, plain
from app.sources.devices.presets import Preset, presets_for
from app.ui.logic.camera_words import FREE_TEXT, OWN_VALUES, PRESETS, hint_of
from app.ui.logic.language import translate

FIELD_WIDTH = 190

Field = QLineEdit | QComboBox


class BiasForm(QWidget):
    """``changed`` says that a value is another; what is empty is left as the camera has it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preset = QComboBox()
        self.preset.setAccessibleName(translate("window", "Preset"))
        self.preset.activated.connect(self._choose)
        self.fields: dict[str, Field] = {}
        self._presets: tuple[Preset, ...] = ()
        self._adjustments: tuple[Adjustment, ...] = ()
        self._filling = False
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = QHBoxLayout()
        row.addWidget(QLabel(translate("window", "Preset")))
        row.addWidget(self.preset, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._area, 1)

    def show_camera(self, camera: ListedCamera, biases: Sequence[str]) -> None:
        """Offer what can be set on ``camera``, filled with ``biases``."""
        self._adjustments = camera.adjustments
        names = frozenset(each.name for each in camera.adjustments)
        self._presets = presets_for(camera.model, names)
        self.preset.clear()
        for preset in self._presets:
            self.preset.addItem(translate("window", PRESETS[preset.purpose]))
        self.preset.addItem(translate("window", OWN_VALUES))
        self._area.setWidget(self._grid())
        self.fill(biases)

    def fill(self, biases: Iterable[str]) -> None:
        """Show these values, each ``NAME=VALUE``, and nothing else; unknown ones are dropped."""
        given = {plain(name): value for name, value in map(parse_bias, biases)}
        self._filling = True
        for name, field in self.fields.items():
            _write(field, given.get(plain(name), ""))
        self._filling = False
        self._follow()

    @property
    def given(self) -> tuple[str, ...]:
        """Every value that is given, each ``NAME=VALUE``, whether it fits or not."""
        values = {name: _read(field) for name, field in self.fields.items()}
        return tuple(f"{name}={value}" for name, value in values.items() if value)

    def check(self) -> None:
        """See whether every value fits.

        Raises:
            SourceError: the first that does not.
        """
        for adjustment in self._adjustments:
            value = _read(self.fields[adjustment.name])
            if value:
                adjustment.parse(value)
                parse_bias(f"{adjustment.name}={value}")

    def _grid(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 4, 12, 4)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        self.fields = {}
        for row, adjustment in enumerate(self._adjustments):
            field = self.fields[adjustment.name] = self._field(adjustment)
            hint = QLabel("" if adjustment.words else hint_of(adjustment))
            hint.setProperty("tone", "muted")
            for column, widget in enumerate((QLabel(adjustment.name), field, hint)):
                grid.addWidget(widget, row, column)
        grid.setRowStretch(len(self._adjustments), 1)
        return inside

    def _field(self, adjustment: Adjustment) -> Field:
        field: Field
        if adjustment.words:
            field = QComboBox()
            field.addItem(translate("window", FREE_TEXT), "")
            for word in adjustment.words:
                field.addItem(word, word)
            field.currentIndexChanged.connect(self._follow)
        else:
            field = QLineEdit()
            field.setMaxLength(20)
            field.setPlaceholderText(translate("window", FREE_TEXT))
            field.textChanged.connect(self._follow)
        field.setAccessibleName(adjustment.name)
        field.setMinimumWidth(FIELD_WIDTH)
        return field

    def _choose(self, index: int) -> None:
        if index < len(self._presets):
            self.fill(self._presets[index].biases)

    def _follow(self) -> None:
        """Name the preset that the values are, and tell of the change."""
        if self._filling:
            return
        given = set(self.given)
        same = [number for number, each in enumerate(self._presets) if set(each.biases) == given]
        self.preset.setCurrentIndex(same[0] if same else len(self._presets))
        self.changed.emit()


def _read(field: Field) -> str:
    text = field.currentData() if isinstance(field, QComboBox) else field.text().strip()
    return str(text or "")


def _write(field: Field, value: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(value)
        return
    words = [plain(str(field.itemData(index))) for index in range(field.count())]
    field.setCurrentIndex(words.index(plain(value)) if plain(value) in words else 0)
