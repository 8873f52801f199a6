"""What ``compare`` tells: as tables for people, or as one JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Column, Table

from app.commands.consoles import PlainConsole
from app.commands.measuring.compare_measure import CHUNK_TICKS, Measured
from app.commands.measuring.compare_published import published
from app.commands.measuring.evaluate_report import percent
from models.measuring.chips import LOIHI, TRUENORTH, Chip, power_mw
from models.naming import family_name

LEAST_WIDTH = 100


def as_record(models: Sequence[Measured], data: str, limits: Sequence[str]) -> dict[str, Any]:
    """All figures as plain values: shares 0..1, null is unknown or not reported."""
    return {
        "data": data,
        "models": [_model_record(model) for model in models],
        "limits": list(limits),
    }


def _model_record(model: Measured) -> dict[str, Any]:
    return {
        "name": model.file.stem,
        "file": str(model.file),
        "system": model.spec.system,
        "classes_11": _scores_record(model, ten=False),
        "classes_10": _scores_record(model, ten=True),
        "first_correct_ms": model.eleven.first_correct_ms,
        "first_correct_missed": model.eleven.first_correct_missed,
        "onset_ms": model.eleven.onset_ms,
        "onset_missed": model.eleven.onset_missed,
        "quiet_share": model.eleven.quiet_share,
        "training": asdict(model.training),
        "cost": asdict(model.cost),
        "estimated_power_mw": {
            chip.name.lower(): estimated_mw(chip, model) for chip in (TRUENORTH, LOIHI)
        },
        "reported": asdict(published(model.spec.system)),
    }


def _scores_record(model: Measured, ten: bool) -> dict[str, Any] | None:
    scores = model.ten if ten else model.eleven
    if scores is None:
        return None
    return {
        "clips": scores.clips,
        "clip_accuracy": scores.clip_accuracy,
        "streaming_accuracy": scores.streaming_accuracy,
    }


def estimated_mw(chip: Chip, model: Measured) -> float | None:
    """None for a network that does not spike, which such a chip could not run."""
    events_per_s = model.cost.synaptic_events_per_s
    return None if events_per_s is None else power_mw(chip, events_per_s)


def show(models: Sequence[Measured], data: str, limits: Sequence[str]) -> None:
    """Tables on stdout, and under them a line for everything that must be kept in mind."""
    console = PlainConsole(width=max(PlainConsole().width, LEAST_WIDTH), highlight=False)
    tables = accuracy_table(models, data), training_table(models), cost_table(models)
    for table in tables:
        console.print(table)
    for limit in limits:
        console.print(f"- {limit}", markup=False, soft_wrap=True)


def accuracy_table(models: Sequence[Measured], data: str) -> Table:
    """Accuracies and latencies beside the reported ones."""
    heads = (
        "clips,\n11 cl.", "clips,\n10 cl.", "stream,\n11 cl.", "stream,\n10 cl.",
        "first\nright", "onset", "reported\n11 cl.", "reported\n10 cl.", "reported\nlatency",
    )  # fmt: skip
    table = _table(heads, f"Accuracy, and median latency in ms, on {data}")
    for model in models:
        eleven, ten, paper = model.eleven, model.ten, published(model.spec.system)
        table.add_row(
            model_label(model),
            percent(eleven.clip_accuracy),
            percent(ten.clip_accuracy if ten else None),
            percent(eleven.streaming_accuracy),
            percent(ten.streaming_accuracy if ten else None),
            _median(eleven.first_correct_ms),
            _median(eleven.onset_ms),
            _percent2(paper.accuracy_11),
            _percent2(paper.accuracy_10),
            number(paper.latency_ms),
        )
    return table


def training_table(models: Sequence[Measured]) -> Table:
    """How much was learnt from, how large it is, how long a tick takes."""
    heads = (
        "optimiser\nsteps", "windows\nseen", "reported\niterations", "parameters",
        "weights\nkB", "state\nkB", "CPU,\nchunks", "CPU,\nsingle",
    )  # fmt: skip
    table = _table(
        heads, f"Training, memory, CPU time in ms per tick, in chunks of {CHUNK_TICKS} and singly"
    )
    for model in models:
        cost, paper = model.cost, published(model.spec.system)
        table.add_row(
            model_label(model),
            number(model.training.steps),
            number(model.training.windows),
            _millions(paper.iterations),
            number(cost.parameters),
            number(cost.parameter_bytes / 1e3),
            number(cost.state_bytes / 1e3),
            f"{cost.cpu_ms_in_chunks:.3f}",
            f"{cost.cpu_ms_single:.3f}",
        )
    return table


def cost_table(models: Sequence[Measured]) -> Table:
    """Operations per second of sensor time, and what chips might take for them."""
    heads = (
        "ACs\nM/s", "MACs\nM/s", "dense\nM/s", "zero\nactivity", "events\nM/s",
        "TrueNorth\nestimate", "Loihi\nestimate", "reported\npower",
    )  # fmt: skip
    table = _table(heads, "Operations per second of sensor time, power in mW")
    for model in models:
        cost, paper = model.cost, published(model.spec.system)
        events = cost.synaptic_events_per_s
        table.add_row(
            model_label(model),
            _per_million(cost.accumulations_per_s),
            _per_million(cost.multiply_accumulations_per_s),
            _per_million(cost.dense_per_s),
            percent(cost.activation_sparsity),
            "-" if events is None else _per_million(events),
            *(number(estimated_mw(chip, model), 2) for chip in (TRUENORTH, LOIHI)),
            number(paper.power_mw, 1),
        )
    return table


def _table(heads: Sequence[str], title: str) -> Table:
    figures = (Column(head, justify="right") for head in heads)
    return Table(Column("model"), *figures, title=title, padding=(0, 0, 0, 1))


def model_label(model: Measured) -> str:
    """The file's name, and the family's if that is another."""
    name, family = model.file.stem, family_name(model.spec.system)
    return family if name.casefold() == family.casefold() else f"{name}\n({family})"


def number(value: float | None, digits: int = 0) -> str:
    """A number as people read it, a dash for none."""
    return "-" if value is None else f"{value:,.{digits}f}"


def _percent2(share: float | None) -> str:
    return "-" if share is None else f"{share:.2%}"


def _millions(value: float | None) -> str:
    return "-" if value is None else f"{value / 1e6:g} M"


def _per_million(value: float) -> str:
    return number(value / 1e6, 2 if value < 100e6 else 0)


def _median(spread: tuple[float, float] | None) -> str:
    return number(spread[0] if spread else None)
