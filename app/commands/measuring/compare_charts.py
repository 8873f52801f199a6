"""Pictures of what ``compare`` measured. Only here and in ``evaluate_charts``: matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure  # without pyplot there is no display to look for
from matplotlib.ticker import PercentFormatter

from app.commands.measuring.compare_measure import Measured
from app.commands.measuring.compare_published import published
from app.commands.measuring.compare_report import model_label
from app.commands.measuring.evaluate_charts import DPI, GREY, INK, ORANGE, PALE_BLUE

DEEP_BLUE = "#2f6da8"
COLOURS = {
    "clips, 11 classes": DEEP_BLUE,
    "clips, 10 classes": PALE_BLUE,
    "streaming, 11 classes": GREY,
    "reported, 11 classes": ORANGE,
    "reported, 10 classes": "#f0c9a0",
}
BAR = 0.16


def draw_accuracy_over_operations(models: Sequence[Measured], data: str, path: Path) -> None:
    """Clip accuracy on 11 classes against NeuroBench's effective operations a second.

    Raises:
        OSError: the file cannot be written.
    """
    figure = Figure(figsize=(7.6, 5.2), layout="constrained")
    axes = figure.add_subplot()
    kinds = {
        True: ("o", DEEP_BLUE, "spiking, synaptic operations"),
        False: ("s", ORANGE, "not spiking, multiply-accumulates"),
    }
    for spikes, (marker, colour, label) in kinds.items():
        points = [_point(model) for model in models if model.spikes is spikes]
        if points:
            axes.plot(*zip(*points, strict=True), marker, color=colour, markersize=8, label=label)
    for model in models:
        axes.annotate(
            model_label(model), _point(model), (8, 5), textcoords="offset points", color=INK
        )
    axes.set(xscale="log", xlabel="effective operations per second of sensor time (ACs + MACs)")
    axes.margins(x=0.2)
    _finish(axes, f"Accuracy on {data} against operations")
    figure.savefig(path, dpi=DPI)


def _point(model: Measured) -> tuple[float, float]:
    cost = model.cost
    operations = cost.accumulations_per_s + cost.multiply_accumulations_per_s
    # A network that never fires has no place on a logarithmic axis.
    return max(operations, 1.0), model.eleven.clip_accuracy


def draw_accuracies(models: Sequence[Measured], data: str, path: Path) -> None:
    """Bars of clip and streaming accuracies beside those that are reported.

    Raises:
        OSError: the file cannot be written.
    """
    figure = Figure(figsize=(max(6.4, 1.9 * len(models) + 1.5), 5.2), layout="constrained")
    axes = figure.add_subplot()
    named: set[str] = set()
    for at, model in enumerate(models):
        bars = {kind: share for kind, share in _accuracies(model).items() if share is not None}
        for number, (kind, share) in enumerate(bars.items()):
            x, label = at + (number - len(bars) / 2) * BAR, "" if kind in named else kind
            bar = axes.bar(x, share, BAR, align="edge", color=COLOURS[kind], label=label)
            axes.bar_label(bar, [f"{share:.0%}"], fontsize=7, color=INK, padding=1)
            named.add(kind)
    axes.set_xticks(range(len(models)), [model_label(model) for model in models])
    axes.set_xlim(-0.6, len(models) - 0.4)
    _finish(axes, f"Accuracy on {data}, reported on DVS128 Gesture")
    figure.savefig(path, dpi=DPI)


def _accuracies(model: Measured) -> dict[str, float | None]:
    ten, paper = model.ten, published(model.spec.system)
    shares = (
        model.eleven.clip_accuracy,
        ten.clip_accuracy if ten else None,
        model.eleven.streaming_accuracy,
        paper.accuracy_11,
        paper.accuracy_10,
    )
    return dict(zip(COLOURS, shares, strict=True))


def _finish(axes: Axes, title: str) -> None:
    axes.set(title=title, ylabel="accuracy", ylim=(0, 1.04))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=3, frameon=False)
