"""What is looked at, chosen by keyboard or mouse: pixels, an output neuron, a hidden neuron."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from app.events import Resolution
from app.ui.fitting import indent, snug_width
from app.ui.logic.target import Layers, Of, Target, default_side, fitted
from app.ui.logic.words import readable, spelled
from app.ui.microscope.words import HIDDEN, LOOK_AT, NUMBER, OUTPUT, PIXELS, SIDE, say

MOST_SIDE = 64
# It need not be as wide as its longest entry, which a small screen may have no room for.
LEAST_LIST_WIDTH = 110
UNKNOWN = Layers("output", 1, 1, "", 0)


class ElidedList(QComboBox):
    """A list that may be narrower than what is chosen; Qt would cut letters in two."""

    # Qt's own methods

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room.width() - 2
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class Count(QSpinBox):
    """A whole number in no more room than it needs."""

    def __init__(self) -> None:
        super().__init__()
        # As high as its row: Korean letters are higher than what Qt reckons with.
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        largest = self.prefix() + self.textFromValue(self.maximum()) + self.suffix()
        return QSize(snug_width(self, largest), super().sizeHint().height())


class Chooser(QWidget):
    """Shows a target; ``chosen`` carries another one that the user wants."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target = Target()
        self._layers = UNKNOWN
        self._classes: tuple[str, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._side = 3
        self.list = ElidedList()
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.list.setMinimumWidth(LEAST_LIST_WIDTH)
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.number = Count()
        self.number.setKeyboardTracking(False)
        indent(self.number)
        self.setEnabled(False)  # until it is known what there is
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list)
        row.addWidget(self.number)
        self.list.activated.connect(self._choose)
        self.number.valueChanged.connect(self._count)

    def show_target(
        self,
        target: Target,
        classes: Sequence[str],
        layers: Layers | None,
        resolution: Resolution,
    ) -> None:
        """Show what is looked at, and what else could be."""
        shown = (target, tuple(classes), layers, resolution)
        if shown == self._shown:
            return
        self._shown = shown
        self.setEnabled(True)
        self._layers = layers or UNKNOWN
        self._target = target if layers is None else fitted(target, self._layers)
        self._classes, self._side = tuple(classes), default_side(resolution)
        with QSignalBlocker(self.list), QSignalBlocker(self.number):
            self._list()
            self._limit()
        self.list.setAccessibleName(say(LOOK_AT))
        self.list.setToolTip(say(LOOK_AT))

    def _list(self) -> None:
        entries = [(say(PIXELS), (Of.PIXELS, 0))]
        for class_, name in enumerate(self._classes):
            entries.append((say(OUTPUT, readable(name)), (Of.OUTPUT, class_)))
        if self._layers.hidden:
            entries.append((say(HIDDEN, spelled(self._layers.hidden_name)), (Of.HIDDEN, 0)))
        self.list.clear()
        for text, target in entries:
            self.list.addItem(text, target)
        wanted = (self._target.of, self._target.class_ if self._target.of is Of.OUTPUT else 0)
        targets = [target for _, target in entries]
        self.list.setCurrentIndex(targets.index(wanted) if wanted in targets else -1)

    def _limit(self) -> None:
        """Numbers of neurons are from 1 for people."""
        target = self._target
        if target.of is Of.PIXELS:
            self.number.setPrefix(say(SIDE))
            self.number.setSuffix(" px")
            self.number.setRange(1, MOST_SIDE)
            self.number.setValue(target.side or self._side)
        else:
            most = self._layers.size(target.of)
            self.number.setPrefix(say(NUMBER))
            self.number.setSuffix(f" / {most}")
            self.number.setRange(1, most)
            self.number.setValue(target.number + 1)
        self.number.setAccessibleName(self.number.prefix().strip())

    def _choose(self, index: int) -> None:
        of, class_ = self.list.itemData(index)
        self.chosen.emit(replace(self._target, of=of, class_=class_, number=0))

    def _count(self, value: int) -> None:
        if self._target.of is Of.PIXELS:
            self.chosen.emit(replace(self._target, side=value))
        else:
            self.chosen.emit(replace(self._target, number=value - 1))
