"""Numbers that can be changed: a short word, a value and a unit in one box."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSizePolicy, QWidget

from app.ui.fitting import indent, snug_width
from app.ui.logic.words import wrapped
from app.ui.microscope.words import CONSTANTS, say
from models.neurons.single import Constants, Hh, If, Lif, Srm

LEAST_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Range:
    """A constant's least and most, in ``unit``, and how far one step goes."""

    least: float
    most: float
    step: float
    unit: str


RANGES: dict[type[Constants], dict[str, Range]] = {
    If: {"threshold_mv": Range(1, 100, 1, "mV")},
    Lif: {
        "threshold_mv": Range(1, 100, 1, "mV"),
        "tau_ms": Range(1, 500, 1, "ms"),
        "refractory_ms": Range(0, 50, 0.5, "ms"),
    },
    Srm: {
        "threshold_mv": Range(1, 100, 1, "mV"),
        "tau_s_ms": Range(1, 100, 1, "ms"),
        "tau_ref_ms": Range(1, 50, 0.5, "ms"),
    },
    Hh: {"g_sodium": Range(0, 240, 5, "mS/cm²")},
}


class Knob(QDoubleSpinBox):
    """One number; ``turned`` hears what the user makes of it, never what the program sets."""

    def __init__(self, range_: Range, turned: Callable[[float], object]) -> None:
        super().__init__()
        self.setRange(range_.least, range_.most)
        self.setSingleStep(range_.step)
        self.setDecimals(2 if range_.step < 0.5 else 1 if range_.step < 1 else 0)
        self.setSuffix(f" {range_.unit}")
        self.setKeyboardTracking(False)
        indent(self)
        # As high as its row: Korean letters are higher than what Qt reckons with.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.valueChanged.connect(turned)

    def show_value(self, value: float) -> None:
        with QSignalBlocker(self):
            self.setValue(value)

    def show_words(self, prefix: str, tip: str) -> None:
        """Write a word before the number; ``tip`` explains it."""
        self.setPrefix(prefix)
        self.setToolTip(wrapped(tip))
        self.setAccessibleName(f"{prefix.strip()}: {tip}")

    def sizeHint(self) -> QSize:
        largest = self.prefix() + self.textFromValue(self.maximum()) + self.suffix()
        return QSize(snug_width(self, largest), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())


class Knobs(QWidget):
    """The constants of one kind of neuron, side by side."""

    def __init__(self, kind: type[Constants], changed: Callable[[Constants], object]) -> None:
        super().__init__()
        self._constants: Constants = kind()
        self._changed = changed
        self.knobs = {
            name: Knob(range_, partial(self._turn, name)) for name, range_ in RANGES[kind].items()
        }
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(in_a_row(*self.knobs.values()))
        for name, knob in self.knobs.items():
            prefix, tip = CONSTANTS[name]
            knob.show_words(say(prefix), say(tip))
        self.show_constants(self._constants)

    def show_constants(self, constants: Constants) -> None:
        """Show other values."""
        self._constants = constants
        for name, knob in self.knobs.items():
            knob.show_value(getattr(constants, name))

    def _turn(self, name: str, value: float) -> None:
        self._constants = self._constants._replace(**{name: value})
        self._changed(self._constants)


def in_a_row(*knobs: Knob) -> QWidget:
    """Knobs side by side at the left, each as wide as it needs."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    for knob in knobs:
        row.addWidget(knob)
    row.addStretch(1)
    return made
