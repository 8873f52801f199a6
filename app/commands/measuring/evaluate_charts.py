"""Pictures of what ``evaluate`` measured. Only here: matplotlib, and never a window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure  # without pyplot there is no display to look for
from matplotlib.ticker import PercentFormatter

from models.measuring.reliability import Bin, Reliability

DPI = 150
INK = "#263238"
PALE_BLUE = "#afcae3"
GREY = "#9fb3c1"
ORANGE = "#d9822b"


def draw_confusion(
    confusion: np.ndarray, truths: Sequence[str], decidable: Sequence[str], path: Path
) -> None:
    """Counts (C, D + 1) of clips as a PNG, shaded by the share of their row.

    Raises:
        OSError: the file cannot be written.
    """
    names, columns = ([_shown(name) for name in group] for group in (truths, decidable))
    figure = Figure(figsize=(9.0 + 0.5 * (len(columns) - len(names)), 7.3), layout="constrained")
    axes = figure.add_subplot()
    shares = confusion / np.maximum(confusion.sum(axis=1, keepdims=True), 1)
    image = axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="equal")
    axes.set_xticks(
        range(len(columns) + 1),
        [*columns, "no decision"],
        rotation=40,
        ha="right",
        rotation_mode="anchor",
    )
    axes.set_yticks(range(len(names)), _with_totals(names, confusion))
    axes.tick_params(length=0)
    axes.set_xlabel("most frequent decision")
    axes.set_ylabel("truth (gestures)")
    right, clips = int(np.trace(confusion)), int(confusion.sum())
    axes.set_title(f"{right} of {clips} gestures right")
    _write_counts(axes, confusion, shares)
    figure.colorbar(
        image,
        ax=axes,
        shrink=0.75,
        label="share of the truth's gestures",
        format=PercentFormatter(1),
    )
    figure.savefig(path, dpi=DPI)


def _shown(name: str) -> str:
    # A dollar sign would begin a formula.
    return name.replace("_", " ").replace("$", r"\$")


def _with_totals(names: list[str], confusion: np.ndarray) -> list[str]:
    return [f"{name} ({row.sum()})" for name, row in zip(names, confusion, strict=True)]


def _write_counts(axes: Axes, confusion: np.ndarray, shares: np.ndarray) -> None:
    """A number in every cell that is not empty, and lines between the cells."""
    for (row, column), count in np.ndenumerate(confusion):
        if count:
            colour = "white" if shares[row, column] > 0.55 else INK
            axes.text(column, row, str(count), ha="center", va="center", color=colour)
    rows, columns = confusion.shape
    axes.set_xticks(np.arange(columns + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(rows + 1) - 0.5, minor=True)
    axes.grid(which="minor", color="#dfe4e8", linewidth=0.6)
    axes.tick_params(which="minor", length=0)


def draw_reliability(reliability: Reliability, path: Path) -> None:
    """The share right of every bin against its mean share, and how many decisions it holds.

    Raises:
        OSError: the file cannot be written.
    """
    figure = Figure(figsize=(6.4, 7.2), layout="constrained")
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    error = reliability.calibration_error
    known = "no decisions" if error is None else f"expected calibration error {error:.1%}"
    upper.set_title(f"Shown share against share right\n{known}")
    _draw_rates(upper, reliability.bins)
    total = max(sum(each.decisions for each in reliability.bins), 1)
    parts = [each.decisions / total for each in reliability.bins]
    _draw_bars(lower, reliability.bins, parts, GREY)
    lower.set_ylim(bottom=0)
    lower.set_ylabel("part of the\ndecisions")
    lower.set_xlabel("share shown with the decision")
    lower.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    lower.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    lower.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=DPI)


def _draw_rates(axes: Axes, bins: Sequence[Bin]) -> None:
    _draw_bars(axes, bins, [each.right or 0.0 for each in bins], PALE_BLUE, "share right")
    axes.plot([0, 1], [0, 1], color=INK, linewidth=1, linestyle="--", label="share tells the truth")
    points = [(each.share, each.right) for each in bins if each.share is not None]
    shares, right = zip(*points, strict=True) if points else ((), ())
    axes.plot(shares, right, "o", color=ORANGE, label="at the mean share of the bin")
    axes.set(xlim=(0, 1), ylim=(0, 1.02), ylabel="share of decisions that are right")
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="upper left", frameon=False)


def _draw_bars(
    axes: Axes, bins: Sequence[Bin], heights: list[float], colour: str, label: str = ""
) -> None:
    low, widths = [each.low for each in bins], [each.high - each.low for each in bins]
    axes.bar(low, heights, widths, align="edge", color=colour, edgecolor="white", label=label)
