"""``record``: any source into an AEDAT 4 file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from app import PROGRAM
from app.commands.errors import refuse_the_source, refuse_to_overwrite, writing_to
from app.commands.filtering import FilteredSource, filter_option, said_of
from app.commands.interrupt import watch_interrupt
from app.commands.limit import LimitedSource
from app.commands.notes import Notes, tell
from app.commands.progress import progress_bar
from app.commands.shown import say
from app.commands.sourcing import bias_option, load_settings, parse_source, recording_options
from app.events import Resolution
from app.settings import FilterSettings
from app.sources.contract import CameraSpec, EventSource, FileSpec, SourceError
from app.sources.devices.biases import with_settings
from app.sources.devices.timeline import Timeline


def check_target(spec: object, out: Path, force: bool) -> None:
    """Refuse a target that cannot or should not be written.

    Raises:
        BadInput: it is the source itself, an existing file without ``force``, or no name at all.
    """
    if isinstance(spec, FileSpec):
        refuse_the_source(Path(spec.path), out, "source")
    with writing_to(out):
        refuse_to_overwrite([out], force)


def check_sensor(source: EventSource, resolution: Resolution) -> None:
    """A live source may come back with another sensor, and a file has but one.

    Raises:
        SourceError: it has.
    """
    info = source.info
    if info.resolution != resolution:
        raise SourceError(
            f"{info.name} came back with {info.resolution} pixels instead of {resolution}"
        )


def copy_events(source: EventSource, out: Path, stopped: Callable[[], bool]) -> int:
    """Write until the source ends or ``stopped`` says so; returns the number of events.

    Raises:
        SourceError: the source failed, or writing did; events from before the failure are kept.
    """
    from app.sources.formats.aedat4 import Aedat4Writer

    timeline, notes = Timeline(), Notes()
    failure, resolution = None, source.info.resolution
    with (
        Aedat4Writer(out, resolution) as writer,
        progress_bar("Recording", total=source.info.duration_us) as advance,
    ):
        try:
            for batch in source.batches():
                check_sensor(source, resolution)
                events = timeline.straighten(batch)
                notes.show(source.info.note)
                writer.write(events)
                advance(int(events["t"][-1] - events["t"][0]) if len(events) else 0)
                if stopped():
                    break
        except SourceError as error:
            if writer.events == 0:
                raise
            failure = error
        writer.lost_events = source.info.lost_events
    if failure is not None:
        kept = f"the {writer.events:,} events before that are in {out}"
        raise SourceError(f"{failure}; {kept}") from failure
    return writer.events


@click.command(epilog=f"Example: {PROGRAM} record network:127.0.0.1:7777 hand.aedat4 --seconds 10")
@click.argument("source")
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--seconds", type=click.FloatRange(0, min_open=True), help="Stop after so much sensor time."
)
@bias_option
@recording_options
@filter_option
@click.option("--force", is_flag=True, help="Overwrite OUT.")
@click.pass_context
def record(
    ctx: click.Context,
    source: str,
    out: Path,
    seconds: float | None,
    filters: FilterSettings | None,
    force: bool,
) -> None:
    """Write events from SOURCE into OUT, an AEDAT 4 file.

    SOURCE is a recording of any format that is read here, so this converts, too, or camera,
    camera:SERIAL, network:IP:PORT, performer or performer:GESTURE. Ctrl+C ends the recording; OUT
    is whole then. It holds everything unless there is a --filter: those of the settings are for
    looking only.
    """
    from app.sources.hosting.host import HostedSource

    spec = parse_source(source)
    check_target(spec, out, force)
    if isinstance(spec, CameraSpec):
        spec = with_settings(spec, load_settings(None))
    hosted = HostedSource(spec)
    limited = hosted if seconds is None else LimitedSource(hosted, seconds)
    filtered = FilteredSource(limited, filters or FilterSettings())
    with writing_to(out), filtered as events, watch_interrupt() as interrupt:
        total = copy_events(events, out, lambda: interrupt.requested)
        lost = events.info.lost_events
    say(f"Wrote {total:,} events to {out}.", err=True)
    if filtered.counts:
        say(f"Filters: {said_of(filtered.counts)}.", err=True)
    if lost:
        tell([f"{lost:,} events came too fast to be written, and {out.name} says so"])
    ctx.exit(interrupt.exit_code)
