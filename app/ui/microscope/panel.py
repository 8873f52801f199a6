"""The microscope itself: what comes in, the neuron of the network, and four kinds of neuron."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.recognition.watching import Patch
from app.ui.elided_label import ElidedLabel
from app.ui.legend import Legend
from app.ui.logic.bench import KINDS, LEAST_GAIN, MOST_GAIN, Bench
from app.ui.logic.membrane import course_lines, tick_times, trace_lines
from app.ui.logic.words import wrapped
from app.ui.microscope import words
from app.ui.microscope.chooser import Chooser
from app.ui.microscope.knobs import Knob, Knobs, Range, in_a_row
from app.ui.microscope.rows import Row, input_row, membrane_row
from app.ui.microscope.words import say
from app.ui.pace import Pace
from app.ui.theme import DARK, Look
from models.neurons.single import Constants

CURVES_MS = 100
SPANS_S = (0.2, 0.5, 1.0, 2.0)
GAIN = Range(LEAST_GAIN, MOST_GAIN, 0.1, "mV")
# What a row with an explanation takes, and all but the rows; with less, tooltips have it.
ROOMY_ROW, REST_HEIGHT = 100, 86


class MicroscopePanel(QWidget):
    """Shows a bench; ``span_changed`` tells how much of the past the user wants to see."""

    span_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = Bench()
        self.span_s = 1.0
        self.chooser = Chooser()
        self._look, self._compact = DARK, False
        self._curves_pace, self._figures_pace = Pace(CURVES_MS), Pace()
        self._message: str | None = None
        self.gain = Knob(GAIN, self._turn_gain)
        self.knobs = {kind: Knobs(kind, self._set_constants) for kind in KINDS}
        self.input = input_row(in_a_row(self.gain))
        self.network = membrane_row()
        self.models: dict[type[Constants], Row] = {
            kind: membrane_row(self.knobs[kind]) for kind in KINDS
        }
        self.rows = (self.input, self.network, *self.models.values())
        self.legend, self.hint = Legend(), ElidedLabel()
        self.hint.setProperty("tone", "muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._header())
        for row in self.rows:
            self._column.addWidget(row, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.legend)
        foot.addWidget(self.hint, 1)
        self._column.addLayout(foot)
        self.network.hide()
        for row in self.rows[:-1]:
            row.plot.hideAxis("bottom")
        self.show_span(self.span_s)
        self._show_words()

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.chooser)
        row.addStretch(1)
        self.spans = QButtonGroup(self)
        for span in SPANS_S:
            button = _button(f"{span:g} s", checkable=True)
            self.spans.addButton(button)
            button.clicked.connect(lambda _=False, span=span: self._choose_span(span))
            row.addWidget(button)
        self.fit, self.reset = _button(say(words.FIT)), _button(say(words.RESET))
        for button, do in ((self.fit, self._fit), (self.reset, self._reset)):
            button.clicked.connect(lambda _=False, do=do: do())
            row.addWidget(button)
        return row

    def show_span(self, span_s: float) -> None:
        """Show so much of the past, one of ``SPANS_S``."""
        self.span_s = span_s
        for span, button in zip(SPANS_S, self.spans.buttons(), strict=True):
            button.setChecked(span == span_s)
        for row in self.rows:
            row.plot.show_span(span_s)

    def _show_words(self) -> None:
        for button, tip in ((self.fit, words.FIT_TIP), (self.reset, words.RESET_TIP)):
            button.setToolTip(wrapped(say(tip)))
        for span in self.spans.buttons():
            span.setToolTip(say(words.SPAN_TIP))
        self.gain.show_words(say(words.GAIN), say(words.GAIN_TIP))
        self.hint.setText("·  " + say(words.HINT))
        for kind, row in self.models.items():
            row.show_words(say(words.NAMES[kind]), say(words.WORDS[kind]))
        for row in self.rows[1:]:
            row.keep_room(say(words.RATE, 999))
        network = say(words.NETWORK_NEURON), say(words.NETWORK_WORDS)
        self.network.show_words(*network)
        self._show_input_words()
        self._show_legend()

    def show_message(self, message: str | None, *values: object) -> None:
        """Say in the place of the network's neuron why it is not seen; none when it is."""
        said = None if message is None else say(message, *values)
        if said == self._message:
            return
        self._message = said
        self.network.plot.setVisible(said is None)
        network = say(words.NETWORK_NEURON)
        self.network.show_words(network, said or say(words.NETWORK_WORDS))

    def refresh(self, *, now: bool = False) -> None:
        """Draw what is known if it is seen and its time has come, or ``now``."""
        if not self.isVisible() or not self._curves_pace.due(now=now):
            return
        kept = self.bench.newest(self.span_s)
        figures = self._figures_pace.due(now=now)
        times = tick_times(len(kept.charge), kept.tick_ms)
        self.input.plot.show_charge(times, kept.charge)
        if kept.trace is not None:
            lines = trace_lines(kept.trace, kept.tick_ms)
            self.network.plot.show_lines(lines)
            self._show_rate(self.network, lines.rate, figures)
        for kind, row in self.models.items():
            lines = course_lines(kept.courses[kind], self.bench.constants[kind], kept.tick_ms)
            row.plot.show_lines(lines)
            self._show_rate(row, lines.rate, figures)
        if figures:
            self.gain.show_value(self.bench.gain)
            self._show_input_words()

    def show_neuron(self, shown: bool) -> None:
        """Whether a neuron of the network is looked at, and so has a row."""
        self.network.setVisible(shown)
        self._fit_rows()

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        self._compact = self._is_small
        self._column.setSpacing(look.px(5))
        for row in self.rows:
            row.set_look(look, compact=self._compact)
        self.legend.set_look(look)
        self._show_legend()

    @property
    def _is_small(self) -> bool:
        """Whether explanations have no room."""
        rows = sum(not row.isHidden() for row in self.rows)
        return self.height() < self._look.px(REST_HEIGHT + ROOMY_ROW * rows)

    def _fit_rows(self) -> None:
        if self._is_small != self._compact:
            self.set_look(self._look)

    def _show_rate(self, row: Row, rate: float, due: bool) -> None:
        if due:
            row.figure.setText(say(words.RATE, f"{rate:.0f}"))

    def _show_legend(self) -> None:
        entries = (
            (self._look.accent, words.MEMBRANE), (self._look.muted, words.THRESHOLD_LINE),
            (self._look.on, words.SPIKES), (self._look.off, words.RESTING),
        )  # fmt: skip
        self.legend.show_entries(tuple((QColor(colour), say(word)) for colour, word in entries))

    def _show_input_words(self) -> None:
        watch = self.bench.watch
        if isinstance(watch, Patch):
            middle = watch.x + watch.width // 2, watch.y + watch.height // 2
            said = say(words.PATCH_INPUT, watch.width, *middle)
        else:
            said = say(words.WAITING if watch is None else words.NEURON_INPUT)
        self.input.show_words(say(words.INPUT), said)

    # What the user does

    def _turn_gain(self, gain: float) -> None:
        self.bench.set_gain(gain)
        self.refresh(now=True)

    def _set_constants(self, constants: Constants) -> None:
        self.bench.set_constants(constants)
        self.refresh(now=True)

    def _fit(self) -> None:
        self.bench.fit()
        self.refresh(now=True)

    def _reset(self) -> None:
        self.bench.reset()
        for kind, knobs in self.knobs.items():
            knobs.show_constants(self.bench.constants[kind])
        self.refresh(now=True)

    def _choose_span(self, span_s: float) -> None:
        self.show_span(span_s)
        self.refresh(now=True)
        self.span_changed.emit(span_s)

    # Qt's own methods

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()


def _button(text: str, *, checkable: bool = False) -> QToolButton:
    button = QToolButton()
    button.setObjectName("headerButton")
    button.setText(text)
    button.setCheckable(checkable)
    return button
