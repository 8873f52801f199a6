"""``bench``: how fast this program is on this machine, beside other libraries and its targets."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from app import PROGRAM
from app.bench.children import BenchError, findings_of
from app.bench.findings import Curve, Finding, Row, Skipped
from app.bench.machine import Machine, this_machine
from app.commands.consoles import PlainConsole
from app.commands.errors import BadInput, OurFault, writing_to
from app.commands.progress import progress_bar
from app.commands.shown import say

TOPICS = ("tick", "decode", "pipeline", "screen", "start", "perform")
TITLE = "CPU time unless said otherwise; a tick is 1 ms of sensor time"
# A table that is read from a file has this many columns of text.
WIDTH = 120
VERDICTS = {True: Text("held", "green"), False: Text("missed", "yellow"), None: Text("")}


@click.command(epilog=f"Example: {PROGRAM} bench tick --plot charts/")
@click.argument("topics", nargs=-1, type=click.Choice(TOPICS), metavar=f"[{'|'.join(TOPICS)}]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option(
    "--plot",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Draw what a tick costs against events, width and input side.",
)
@click.option("--quick", is_flag=True, help="Small amounts: whether all works, not how fast.")
def bench(topics: tuple[str, ...], as_json: bool, plot: Path | None, quick: bool) -> None:
    """Measure speed, all of it or the topics named, one core, contenders in turn.

    Libraries to compare with are optional: tests/bench-requirements.txt. A target that is missed
    is told and is no failure.
    """
    chosen = topics or TOPICS
    check_plot(plot, chosen)
    machine = this_machine()
    findings, faults = measure_all(chosen, quick)
    if plot is not None:
        draw(plot, findings, machine)
    if as_json:
        say(json.dumps(as_record(machine, findings)))
    else:
        show(machine, findings)
    if faults:
        raise OurFault("; ".join(faults))


def check_plot(plot: Path | None, topics: tuple[str, ...]) -> None:
    """Find out before the long work whether there will be something to draw.

    Raises:
        BadInput: what a tick costs is not measured.
    """
    if plot is not None and "tick" not in topics:
        raise BadInput(f"expected the topic tick for --plot, got {', '.join(topics)}")


def measure_all(topics: tuple[str, ...], quick: bool) -> tuple[list[Finding], list[str]]:
    """Each topic in a process of its own: what was found, and which of them failed and how."""
    findings: list[Finding] = []
    faults = []
    with progress_bar("Measuring", len(topics)) as advance:
        for topic in topics:
            try:
                findings.extend(findings_of(topic, quick=quick))
            except BenchError as error:
                faults.append(str(error))
            advance(1)
    return findings, faults


def as_record(machine: Machine, findings: list[Finding]) -> dict[str, object]:
    """For ``--json``."""
    return {
        "machine": asdict(machine),
        "rows": [asdict(each) for each in findings if isinstance(each, Row)],
        "skipped": [asdict(each) for each in findings if isinstance(each, Skipped)],
        "curves": [asdict(each) for each in findings if isinstance(each, Curve)],
    }


def show(machine: Machine, findings: list[Finding]) -> None:
    """A table, who was skipped, and how many targets are held."""
    console = PlainConsole(highlight=False)
    if not console.is_terminal:
        console = PlainConsole(highlight=False, width=WIDTH)
    console.print(str(machine), style="dim")
    rows = [each for each in findings if isinstance(each, Row)]
    console.print(_table(rows))
    for each in findings:
        if isinstance(each, Skipped):
            console.print(f"{each.topic}: {each.name} skipped, {each.why}", style="dim")
    asked = [row for row in rows if row.held is not None]
    held = sum(bool(row.held) for row in asked)
    console.print(f"{held} of {len(asked)} targets held.")


def _table(rows: list[Row]) -> Table:
    table = Table(box=None, pad_edge=False, title=TITLE, title_justify="left", title_style="dim")
    table.add_column("what", overflow="fold")
    table.add_column("median", justify="right")
    table.add_column("", no_wrap=True)
    table.add_column("least to most", style="dim")
    table.add_column("target")
    for row in rows:
        what = Text(f"{row.topic}: {row.name}")
        if row.note:
            what.append(f"\n  {row.note}", style="dim")
        spread = f"{_figure(row.low)} to {_figure(row.high)}" if row.repeats > 1 else ""
        target = Text.assemble(row.target or "", " " if row.target else "", VERDICTS[row.held])
        table.add_row(what, _figure(row.median), row.unit, spread, target)
    return table


def _figure(value: float) -> str:
    """Three digits that count, and no exponents."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def draw(folder: Path, findings: list[Finding], machine: Machine) -> None:
    """Three charts of what a tick costs.

    Raises:
        BadInput: the operating system refused.
    """
    from app.commands.measuring.bench_charts import draw_charts

    curves = [each for each in findings if isinstance(each, Curve)]
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        draw_charts(curves, str(machine), folder)
