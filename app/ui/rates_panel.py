"""Events, spikes and latency over time: three cards of curves whose times go together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.card import Card
from app.ui.logic import figures
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.rate_history import BINS, Layers, RateHistory
from app.ui.logic.rate_scale import BIN_S, ago, span_s
from app.ui.pace import Pace
from app.ui.rate_legend import Entry, RateLegend, Row
from app.ui.rate_plot import RatePlot
from app.ui.theme import Look

CURVES_MS = 100
LEAST_RATE, LEAST_MS = 100.0, 1.0
# A decision comes a little after its events, so the newest bin may not be known yet.
NEW_BINS = 10
WIDTHS = (5, 7, 5)  # of the cards
EVENTS = QT_TRANSLATE_NOOP("window", "Event rate")  # where the time under the mouse is read, too
EVENTS_TIP = QT_TRANSLATE_NOOP(
    "window", "Events a second of sensor time, the mean of half a second"
)
SPIKES_TIP = QT_TRANSLATE_NOOP(
    "window", "Spikes a second of sensor time, of all neurons of a layer together"
)
LATENCY_TIP = QT_TRANSLATE_NOOP(
    "window", "From the arrival of events to the decision, of the last five seconds"
)
# Colours of ``Look`` and whether dashed, told apart with any colour vision; a curve each.
EVENT_STROKES = (("accent", False),)
SPIKE_STROKES = (("on", False), ("off", False), ("on", True), ("off", True))
LATENCY_STROKES = (("accent", False), ("accent", True))


@dataclass(frozen=True, slots=True)
class Line:
    """(BINS,) values of one curve under a word of the legend; none has no curve."""

    word: str
    values: np.ndarray | None


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one system, or of none."""

    name: str
    lines: tuple[Line, ...]


class RateCard(Card):
    """One plot under its legend, which reads the values under the mouse, or else the newest."""

    def __init__(
        self,
        title: str,
        tip: str,
        strokes: Sequence[tuple[str, bool]],
        spell: Callable[[float], str],
        *,
        least_top: float,
        widest: str,
        unit: str = "",
    ) -> None:
        super().__init__(translate("window", title))
        named = translate("window", "{0} over time").format(translate("window", title))
        self.setAccessibleName(named)
        self._strokes = strokes
        self._spell = spell
        self._pens: tuple[tuple[str, bool], ...] = ()
        self._groups: tuple[Group, ...] = ()
        self.legend = RateLegend(widest)
        self.plot = RatePlot(len(strokes), least_top, unit)
        self.plot.setAccessibleName(named)
        for part in (self._title, self.legend):  # at the plot it would hide the curves
            part.setToolTip(translate("window", tip))
        self.header.addWidget(self.legend)
        self.body.addWidget(self.plot, 1)

    def show_groups(self, groups: Sequence[Group], span: float) -> None:
        """Draw the lines of ``groups`` in the order of the strokes."""
        self._groups = tuple(groups)
        values = [line.values for group in groups for line in group.lines]
        values += [None] * (len(self._strokes) - len(values))
        self.plot.show_curves(values, span)

    def show_figures(self, at_s: float | None) -> None:
        """Read the values at ``at_s`` (negative: seconds before now), or the newest with none."""
        self.plot.mark_time(at_s)
        pens, rows = iter(self._pens), []
        for group in self._groups:
            entries = [
                Entry(*next_pen, line.word, self._figure(line.values, at_s))
                for line, next_pen in zip(group.lines, pens, strict=False)
                if line.values is not None
            ]
            rows.append(Row(group.name, tuple(entries)))
        self.legend.show_rows(tuple(rows))

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self._pens = tuple((getattr(look, colour), dashed) for colour, dashed in self._strokes)
        self.legend.set_look(look)
        self.plot.set_look(look, self._pens)

    def _figure(self, values: np.ndarray, at_s: float | None) -> str:
        if at_s is None:
            known = values[-NEW_BINS:][np.isfinite(values[-NEW_BINS:])]
            value = known[-1] if known.size else np.nan
        else:
            value = values[min(max(BINS + int(np.floor(at_s / BIN_S)), 0), BINS - 1)]
        return self._spell(float(value)) if np.isfinite(value) else figures.MISSING


class RatesPanel(QWidget):
    """Shows a history; curves ten times a second at most, figures at reading pace."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rate = partial(RateCard, spell=figures.rate, least_top=LEAST_RATE, widest="99.9 M/s")
        self.events = rate(EVENTS, EVENTS_TIP, EVENT_STROKES)
        self.spikes = rate(QT_TRANSLATE_NOOP("window", "Spike rate"), SPIKES_TIP, SPIKE_STROKES)
        self.latency = RateCard(
            QT_TRANSLATE_NOOP("window", "Latency"), LATENCY_TIP, LATENCY_STROKES,
            figures.milliseconds, least_top=LEAST_MS, widest="999 ms", unit="ms",
        )  # fmt: skip
        self.cards = (self.events, self.spikes, self.latency)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for card, width in zip(self.cards, WIDTHS, strict=True):
            self._row.addWidget(card, width)
            card.plot.pointed.connect(self._point)
        self._curves_pace, self._figures_pace = Pace(CURVES_MS), Pace()
        self._at_s: float | None = None

    def show_history(self, history: RateHistory, *, now: bool = False) -> None:
        """Draw ``history`` if it is seen and its time has come, or ``now``."""
        if not self.isVisible() or not self._curves_pace.due(now=now):
            return
        span = span_s(history.bins)
        median, late = history.latencies_ms
        self.events.show_groups([Group("", (Line("", history.events),))], span)
        self.spikes.show_groups(_spike_groups(history.layers), span)
        lines = Line(translate("window", "median"), median), Line("99 %", late)
        self.latency.show_groups([Group("", lines)], span)
        if self._figures_pace.due(now=now or self._at_s is not None):
            self._show_figures()

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._row.setSpacing(look.px(10))
        for card in self.cards:
            card.set_look(look)
        self._show_figures()

    def _point(self, at_s: float | None) -> None:
        self._at_s = at_s
        self._show_figures()

    def _show_figures(self) -> None:
        title = translate("window", EVENTS)
        if self._at_s is not None:
            title = translate("window", "At {0}").format(ago(-self._at_s))
        self.events.show_title(title)
        for card in self.cards:
            card.show_figures(self._at_s)


def _spike_groups(layers: Sequence[Layers]) -> list[Group]:
    """A group a system, named where there are two."""
    return [
        Group(
            each.name if len(layers) > 1 else "",
            (
                Line(translate("window", "output"), each.output),
                Line(translate("window", "hidden"), each.hidden),
            ),
        )
        for each in layers
    ]
