"""``export``: a model in a form that other programs read."""

from __future__ import annotations

from pathlib import Path

import click

from app import PROGRAM
from app.commands.errors import refuse_the_source, refuse_to_overwrite, writing_to
from app.commands.shown import say

FORMATS = ("onnx", "nir")


@click.command(
    epilog=f"Example: {PROGRAM} export my_model.safetensors --format nir --out my_model.nir"
)
@click.argument("model", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    required=True,
    help="onnx for C3D, nir for spiking networks.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write.",
)
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def export(model: Path, form: str, out: Path, force: bool) -> None:
    """Write MODEL, a model file of this program, in the form of another.

    ONNX holds networks that do not spike, NIR those that do. What a form cannot say is told.
    """
    refuse_the_source(model, out, "model")
    refuse_to_overwrite([out], force)
    from models.exporting.export import export_model

    with writing_to(out):
        notes = export_model(model, form, out)
    say(f"Wrote {out}.", err=True)
    for note in notes:
        say(note, err=True)
