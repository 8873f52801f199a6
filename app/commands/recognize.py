"""``recognize``: gestures as lines of text or JSON."""

from __future__ import annotations

from pathlib import Path

import click

from app import PROGRAM
from app.commands.interrupt import watch_interrupt
from app.commands.playing import Order
from app.commands.reporting import JsonReport, TextReport, run_report
from app.commands.sourcing import (
    chosen_source,
    load_settings,
    model_option,
    settings_option,
    source_options,
)


@click.command(epilog=f"Example: {PROGRAM} recognize recording.aedat4 --json --every-ms 10")
@source_options
@click.option(
    "--every-ms",
    type=click.IntRange(1, 60_000),
    default=10,
    show_default=True,
    help="Sensor time between two decisions.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a summary last.")
@click.option("--realtime", is_flag=True, help="Play a recording at its own pace.")
@click.option("--seconds", type=click.FloatRange(0, min_open=True), help="Stop after so long.")
@model_option
@settings_option
@click.pass_context
def recognize(
    ctx: click.Context,
    file: str | None,
    network: str | None,
    camera: str | None,
    performer: str | None,
    every_ms: int,
    as_json: bool,
    realtime: bool,
    seconds: float | None,
    model: Path | None,
    settings: Path | None,
) -> None:
    """Name the gestures in a recording or a live stream.

    A recording runs as fast as it can unless --realtime; a live source runs until Ctrl+C or
    --seconds. Times are the sensor's own, as in the file. The summary's gesture is the most
    frequent decision.
    """
    spec = chosen_source(file, network, camera, performer)
    order = Order(spec, load_settings(settings), model, 1.0 if realtime else None, seconds)
    with watch_interrupt() as interrupt:
        report = JsonReport() if as_json else TextReport()
        run_report(order, every_ms * 1000, report, lambda: interrupt.requested)
    ctx.exit(interrupt.exit_code)
