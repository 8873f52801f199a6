"""``recognize``: gestures as lines of text or JSON."""

from __future__ import annotations

from pathlib import Path

import click

from app import PROGRAM
from app.commands.filtering import filter_option, with_filters
from app.commands.interrupt import watch_interrupt
from app.commands.jobs import jobs_option
from app.commands.playing import Order
from app.commands.recognize_many import recognize_many
from app.commands.reporting import JsonReport, TextReport, run_report
from app.commands.sourcing import (
    chosen_source,
    file_spec,
    load_settings,
    model_option,
    region_option,
    settings_option,
    source_options,
    with_region,
)
from app.recognition.encoding import Region
from app.settings import FilterSettings
from models.live import check_model


@click.command(epilog=f"Example: {PROGRAM} recognize recording.aedat4 --json --every-ms 10")
@click.argument("files", metavar="[FILE]...", nargs=-1)
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
@jobs_option
@region_option
@filter_option
@model_option
@settings_option
@click.pass_context
def recognize(
    ctx: click.Context,
    files: tuple[str, ...],
    network: str | None,
    camera: str | None,
    performer: str | None,
    every_ms: int,
    as_json: bool,
    realtime: bool,
    seconds: float | None,
    jobs: int | None,
    region: Region | None,
    filters: FilterSettings | None,
    model: Path | None,
    settings: Path | None,
) -> None:
    """Name the gestures in recordings or in a live stream.

    A recording runs as fast as it can unless --realtime; a live source runs until Ctrl+C or
    --seconds. Times are the sensor's own, as in the file. The summary's gesture is the most
    frequent decision. The network sees what the filters leave, those of the settings unless there
    is a --filter; --region is in pixels of the picture that comes out of them.

    Of several FILEs each is played in a process of its own, so many at once as --jobs says. Their
    lines come in the order of the FILEs and say from which they are; those that cannot be played
    do not stop the others.
    """
    speed = 1.0 if realtime else None
    chosen = with_filters(with_region(load_settings(settings), region), filters)
    if len(files) > 1:
        refuse_live(network, camera, performer)
        if model is not None:
            check_model(model)  # before the work is spread, to say so but once
        order = Order(file_spec(files[0]), chosen, model, speed, seconds)
        ctx.exit(recognize_many(files, order, every_ms * 1000, as_json, jobs))
    spec = chosen_source(next(iter(files), None), network, camera, performer)
    order = Order(spec, chosen, model, speed, seconds)
    with watch_interrupt() as interrupt:
        report = JsonReport() if as_json else TextReport()
        run_report(order, every_ms * 1000, report, lambda: interrupt.requested)
    ctx.exit(interrupt.exit_code)


def refuse_live(*live: str | None) -> None:
    """Several sources are recordings.

    Raises:
        click.UsageError: a live one is among them.
    """
    if any(each is not None for each in live):
        raise click.UsageError(
            "Expected FILEs alone, as --network, --camera and --performer can only be the one "
            "source."
        )
