"""``python -m app.bench TOPIC``: one topic measured in this process, one JSON object a line.

``bench`` starts it, so that pinning to a core and what is imported stay in here.
"""

from __future__ import annotations

import importlib
import os

import click

from app.bench.amounts import FULL, QUICK
from app.bench.findings import to_line

# Each topic's modules, whose ``measure`` gives its findings.
TOPICS: dict[str, tuple[str, ...]] = {
    "tick": ("tick", "sweeps"),
    "decode": ("decode",),
    "pipeline": ("pipeline",),
    "screen": ("screen",),
    "start": ("start",),
    "perform": ("perform",),
}


def pin(core: int) -> None:
    """Stay on one core, and so whatever is started from here, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})


@click.command()
@click.argument("topic", type=click.Choice(list(TOPICS)))
@click.option("--core", type=int, help="Stay on this one.")
@click.option("--quick", is_flag=True)
def main(topic: str, core: int | None, quick: bool) -> None:
    """Measure TOPIC."""
    if core is not None:
        pin(core)
    for name in TOPICS[topic]:
        module = importlib.import_module(f"app.bench.{name}")
        for finding in module.measure(QUICK if quick else FULL):
            click.echo(to_line(finding))


if __name__ == "__main__":
    main()
