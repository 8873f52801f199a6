"""``convert``: a model file of the older format, which torch wrote, as one of today's."""

from __future__ import annotations

from pathlib import Path

import click

from app import PROGRAM
from app.commands.errors import refuse_the_source, refuse_to_overwrite, writing_to
from app.commands.shown import say


@click.command(epilog=f"Example: {PROGRAM} convert my_model.pt my_model.safetensors")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def convert(old: Path, new: Path, force: bool) -> None:
    """Write the model OLD as NEW, in the format that opens without torch.

    Only weights are read of OLD, so a file from elsewhere cannot run code of its own.
    """
    refuse_the_source(old, new, "model")
    refuse_to_overwrite([new], force)
    from models.networks.checkpoint import load_checkpoint, save_checkpoint

    network, spec = load_checkpoint(old)
    with writing_to(new):
        save_checkpoint(new, network, spec)
    say(f"Wrote {new}.", err=True)
