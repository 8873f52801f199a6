"""``window``: the window, or without a display the same pipeline in the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from app import PROGRAM
from app.commands.desktop import Desktop, NoDisplay
from app.commands.notes import tell
from app.commands.playing import Order
from app.commands.shown import say
from app.commands.sourcing import file_spec, model_option, recording_options, settings_option
from app.commands.terminal import show_in_terminal
from app.pipeline.systems import model_path
from app.settings_file import load
from app.sources.bundled import greeting
from app.sources.contract import PerformerSpec


@click.command(epilog=f"Example: {PROGRAM} recording.aedat4 --fullscreen")
@click.argument("file", required=False)
@model_option
@click.option(
    "--compare",
    type=click.Path(path_type=Path),
    metavar="CHECKPOINT",
    help="A second network beside the first, on the same events.",
)
@click.option("--fullscreen", is_flag=True, help="Fill the screen; Esc or F11 leaves.")
@recording_options
@settings_option
@click.pass_context
def window(
    ctx: click.Context,
    file: str | None,
    model: Path | None,
    compare: Path | None,
    fullscreen: bool,
    settings: Path | None,
) -> None:
    """Open the window on FILE, or on a bundled recording.

    The networks that were chosen last recognise, unless --model or --compare name others.
    Without a display it plays in the terminal until the recording ends, with the first network.
    """
    desktop: Desktop = ctx.obj
    spec = None if file is None else file_spec(file)
    loaded = load(settings)
    tell(loaded.notes)
    try:
        code = desktop.run_window(
            spec,
            loaded.settings,
            model_path=model,
            compare_path=compare,
            fullscreen=fullscreen,
            settings_path=settings,
            notes=loaded.notes,
        )
    except NoDisplay as reason:
        say(f"{reason} So this plays in the terminal.", err=True)
        chosen = loaded.settings.recognition.model
        model = model or (model_path(chosen) if chosen is not None else None)
        code = show_in_terminal(
            Order(spec or greeting() or PerformerSpec(), loaded.settings, model)
        )
    ctx.exit(code)
