"""``serve``: a recording on the network, as a camera would send it."""

from __future__ import annotations

import time
from collections.abc import Callable

import click

from app import PROGRAM
from app.commands.filtering import FilteredSource, filter_option
from app.commands.interrupt import watch_interrupt
from app.commands.shown import say
from app.commands.sourcing import file_spec, recording_options
from app.settings import FilterSettings
from app.sources.devices.server import EventServer, serve_events
from app.sources.hosting.host import HostedSource

LOOK_S = 0.05
SETTLED_S = 0.3
DROPS_TOLD_EVERY_S = 2.0


class Announcer:
    """Says on stderr who is listening and what was dropped."""

    def __init__(self) -> None:
        self._clients = 0
        self._dropped = 0
        self._told_s = 0.0

    def look(self, server: EventServer) -> None:
        """Say what has changed; drops only every few seconds."""
        if server.clients != self._clients:
            self._clients = server.clients
            say(f"{self._clients} listening.", err=True)
        now_s = time.monotonic()
        if server.dropped_events != self._dropped and now_s - self._told_s > DROPS_TOLD_EVERY_S:
            self._dropped, self._told_s = server.dropped_events, now_s
            say(f"{self._dropped:,} events dropped, a listener is too slow.", err=True)


def wait_for_listener(server: EventServer, stopped: Callable[[], bool]) -> None:
    """Return when somebody listens, and not merely looks whether a server is there."""
    since_s: float | None = None
    while not stopped():
        server.tend(LOOK_S)
        now_s = time.monotonic()
        since_s = (since_s or now_s) if server.clients else None
        if since_s is not None and now_s - since_s >= SETTLED_S:
            return


@click.command(epilog=f"Example: {PROGRAM} serve recording.aedat4 --port 7777 --loop")
@click.argument("file")
@click.option("--port", type=click.IntRange(0, 65535), required=True, help="0 takes a free one.")
@click.option("--ip", default="127.0.0.1", show_default=True, help="0.0.0.0 lets others connect.")
@recording_options
@filter_option
@click.option("--loop", is_flag=True, help="Begin again at the end, until Ctrl+C.")
@click.pass_context
def serve(
    ctx: click.Context,
    file: str,
    port: int,
    ip: str,
    filters: FilterSettings | None,
    loop: bool,
) -> None:
    """Stream FILE at its own pace to DV, to Spikehand or to anything that reads dv-processing.

    Without --loop it begins when the first listener is there. A listener that is too slow loses
    events; nothing is kept for it without bound.
    """
    announcer = Announcer()
    with (
        FilteredSource(HostedSource(file_spec(file)), filters or FilterSettings()) as source,
        EventServer(ip, port, source.info.resolution, source.info.name) as server,
        watch_interrupt() as interrupt,
    ):

        def stopped() -> bool:
            announcer.look(server)
            return interrupt.requested

        say(f"Serving {source.info.name} at {ip}:{server.port}; Ctrl+C ends.", err=True)
        if not loop:
            wait_for_listener(server, stopped)
        serve_events(source, server, loop=loop, stopped=stopped)
        sent, dropped = server.sent_events, server.dropped_events
    say(f"Sent {sent:,} events, dropped {dropped:,}.", err=True)
    ctx.exit(interrupt.exit_code)
