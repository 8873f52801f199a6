"""Charts of what a tick costs. Only here: matplotlib, and never a window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure  # without pyplot there is no display to look for
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from app.bench.findings import Curve

DPI = 150
INK, FAINT = "#263238", "#dfe4e8"
COLOURS = {"engine": "#d9822b", "torch reference": "#2b6ca3"}
OTHERS = "#8a9aa6"
# What varies, what stays, and whether x is a multiple or a figure of its own.
TITLES = {
    "events": ("What a tick costs against events a second", "events a second"),
    "width": ("What a tick costs against the network's width", "times the width"),
    "side": ("What a tick costs against the input's side", "pixels a side"),
}
WAYS = "engine: one tick at a time; the others: 40 ticks at once"
TIGHT = 1.22  # labels nearer than this factor would lie on each other


def draw_charts(curves: Sequence[Curve], machine: str, folder: Path) -> None:
    """One PNG for each chart there is a curve of, ``tick_NAME.png``.

    Raises:
        OSError: a file cannot be written.
    """
    for name in TITLES:
        own = [curve for curve in curves if curve.chart == name]
        if own:
            _draw(name, own, machine, folder / f"tick_{name}.png")


def _draw(name: str, curves: Sequence[Curve], machine: str, path: Path) -> None:
    figure = Figure(figsize=(8.4, 5.2), layout="constrained", facecolor="white")
    axes = figure.add_subplot()
    title, along = TITLES[name]
    axes.set_title(title, loc="left", color=INK, fontweight="bold")
    axes.set_xscale("log")
    axes.set_yscale("log")
    for curve in curves:
        _draw_curve(axes, curve)
    _name_curves(axes, curves)
    _dress(axes, name, curves, along)
    figure.supxlabel(f"{WAYS}. {machine}.", fontsize=8, color=OTHERS, x=0.01, ha="left")
    figure.savefig(path, dpi=DPI)


def _draw_curve(axes: Axes, curve: Curve) -> None:
    colour = COLOURS.get(curve.name, OTHERS)
    width = 2.4 if curve.name in COLOURS else 1.3
    axes.plot(curve.xs, curve.ms, "o-", color=colour, linewidth=width, markersize=4)
    axes.fill_between(curve.xs, curve.low, curve.high, color=colour, alpha=0.15, linewidth=0)


def _name_curves(axes: Axes, curves: Sequence[Curve]) -> None:
    """Each name at the right end of its curve, moved up where it would lie on another."""
    below = 0.0
    for curve in sorted(curves, key=lambda curve: curve.ms[-1]):
        below = max(curve.ms[-1], below * TIGHT)
        axes.annotate(
            f"{curve.name}, {curve.ms[-1]:.2g} ms",
            (curve.xs[-1], below),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            color=COLOURS.get(curve.name, INK),
            annotation_clip=False,
        )


def _dress(axes: Axes, name: str, curves: Sequence[Curve], along: str) -> None:
    xs = curves[0].xs
    plain = FuncFormatter(lambda value, _: f"{value:,.10g}")
    axes.set_xticks(xs, [_short(x) for x in xs] if name == "events" else [f"{x:g}" for x in xs])
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.tick_params(axis="x", which="minor", length=0)
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_major_formatter(plain)
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel(along)
    axes.set_ylabel("ms of processor time a tick of 1 ms")
    axes.grid(axis="y", color=FAINT, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _short(events: float) -> str:
    """A thousand as k, a million as M."""
    return f"{events / 1e6:g} M" if events >= 1e6 else f"{events / 1e3:g} k"
