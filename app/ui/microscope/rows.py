"""A row of the microscope: curves at the left, at the right what they are and what can be set."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.logic.words import wrapped
from app.ui.microscope.membrane_plot import InputPlot, MembranePlot, SpanPlot
from app.ui.theme import Look

SIDE_WIDTH, KNOB_HEIGHT = 390, 25


class Words(QLabel):
    """An explanation in the height that is left; what it would need makes no row higher."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)

    # Qt's own methods

    def hasHeightForWidth(self) -> bool:
        return False


class Row(QFrame):
    """A plot beside its heading, a figure, an explanation and ``knobs``."""

    def __init__(self, plot: SpanPlot, knobs: QWidget | None = None) -> None:
        super().__init__()
        self.setObjectName("card")
        self.plot = plot
        keeps_place = plot.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        plot.setSizePolicy(keeps_place)
        self._knobs = knobs
        self.title, self.figure, self.words = QLabel(), QLabel(), Words()
        self.title.setObjectName("cardTitle")
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        for label in (self.figure, self.words):
            label.setProperty("tone", "muted")
        heading = QHBoxLayout()
        heading.addWidget(self.title)
        heading.addStretch(1)
        heading.addWidget(self.figure)
        self.side = QWidget()
        self._column = QVBoxLayout(self.side)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(heading)
        self._column.addWidget(self.words, 1)
        if knobs is not None:
            self._column.addStretch()  # where no words are
            self._column.addWidget(knobs, 0, Qt.AlignmentFlag.AlignBottom)
        self._row = QHBoxLayout(self)
        self._row.addWidget(plot, 1)
        self._row.addWidget(self.side)

    def show_words(self, title: str, words: str) -> None:
        """Say what this is; where there is no room for all, a tooltip has it."""
        self.title.setText(title)
        self.words.setText(words)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        for part in (self.title, self.words):
            part.setToolTip(wrapped(words))

    def keep_room(self, widest: str) -> None:
        """Leave room for the figure as if it were ``widest``, so that nothing jumps."""
        self.figure.setMinimumWidth(self.figure.fontMetrics().horizontalAdvance(widest))

    def set_look(self, look: Look, *, compact: bool) -> None:
        """Take the theme's colours and sizes; ``compact`` leaves the explanation to the tooltip."""
        self._row.setContentsMargins(look.px(6), look.px(4), look.px(10), look.px(4))
        self._row.setSpacing(look.px(10))
        self._column.setSpacing(look.px(2))
        self.side.setFixedWidth(look.px(SIDE_WIDTH))
        self.plot.set_look(look)
        # Without knobs there is room, and what is said there may be why nothing is to be seen.
        self.words.setVisible(not compact or self._knobs is None)
        if self._knobs is not None:
            self._knobs.setFixedHeight(look.px(KNOB_HEIGHT))


def membrane_row(knobs: QWidget | None = None) -> Row:
    """A row with a membrane."""
    return Row(MembranePlot(), knobs)


def input_row(knobs: QWidget) -> Row:
    """A row with what comes in."""
    return Row(InputPlot(), knobs)
