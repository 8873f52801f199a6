"""``doctor``: does everything that the program needs work on this machine?"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from app import PROGRAM, __version__
from app.commands import booth_checks, checks, places_checks
from app.commands.checks import Finding
from app.commands.consoles import PlainConsole
from app.commands.desktop import Desktop
from app.commands.shown import say
from app.commands.sourcing import settings_option
from app.settings_file import load
from app.sources.devices.usb import blocked_cameras

COLOURS = {"ok": "green", "note": "yellow", "problem": "red"}


def examine(desktop: Desktop, settings_path: Path | None) -> list[Finding]:
    """Every finding about this machine, in reading order; ``settings_path`` none: the user's."""
    return [
        checks.check_python(),
        *checks.check_libraries(),
        checks.check_display(desktop.display_problem()),
        checks.check_model(),
        checks.check_cameras(),
        *checks.check_permissions(blocked_cameras()),
        *places_checks.check_places(settings_path),
        *booth_checks.check_settings(settings_path),
        *booth_checks.check_booth(load(settings_path).settings),
    ]


def _table(findings: list[Finding]) -> Table:
    table = Table(title=f"Spikehand {__version__}", title_justify="left", box=None)
    for column in ("", "what", "found"):
        table.add_column(column, overflow="fold")
    for finding in findings:
        remedy = f"\n-> {finding.remedy}" if finding.remedy else ""
        mark = Text(finding.status, style=COLOURS[finding.status])
        table.add_row(mark, finding.name, Text(finding.detail + remedy))
    return table


@click.command(epilog=f"Example: {PROGRAM} doctor --json")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@settings_option
@click.pass_context
def doctor(ctx: click.Context, as_json: bool, settings: Path | None) -> None:
    """Check versions, display, model, cameras, permissions, folders and settings.

    Ends with 0 when everything needed works, else with 1; a remedy stands beside each problem.
    """
    findings = examine(ctx.obj, settings)
    healthy = all(finding.status != "problem" for finding in findings)
    if as_json:
        report = {
            "ok": healthy,
            "version": __version__,
            "checks": [dataclasses.asdict(finding) for finding in findings],
        }
        say(json.dumps(report, indent=2))
    else:
        PlainConsole(highlight=False).print(_table(findings))
    ctx.exit(0 if healthy else 1)
