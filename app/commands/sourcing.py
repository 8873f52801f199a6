"""From words on the command line to a source, a model and settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from app.commands.errors import BadInput
from app.commands.notes import tell
from app.recognition.encoding import Region
from app.settings import Settings
from app.settings_file import load
from app.sources.address import named_source, parse_address, path_of_url
from app.sources.contract import CameraSpec, FileSpec, NetworkSpec, PerformerSpec, SourceSpec
from app.sources.devices.biases import parse_bias
from app.sources.formats.sensors import parse_sensor

Command = TypeVar("Command", bound=Callable[..., Any])

model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="CHECKPOINT",
    help="A trained network instead of the bundled one.",
)
settings_option = click.option(
    "--settings",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A settings file instead of the user's own.",
)


class RegionType(click.ParamType):
    """``X,Y,W,H``: whole sensor pixels."""

    name = "region"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Region:
        found = re.fullmatch(r"(\d{1,5}),(\d{1,5}),(\d{1,5}),(\d{1,5})", str(value))
        if found is None or "0" in found.group(3, 4):
            self.fail(f"expected X,Y,W,H in whole sensor pixels, got {value!r}", param, ctx)
        x, y, width, height = (int(number) for number in found.groups())
        return x, y, width, height


region_option = click.option(
    "--region",
    type=RegionType(),
    metavar="X,Y,W,H",
    help="What the network sees of the sensor, instead of the largest centred square.",
)


def with_region(settings: Settings, region: Region | None) -> Settings:
    """Settings by which the network sees ``region``, or what they say with none."""
    if region is None:
        return settings
    stream = settings.stream.model_copy(update={"region": region})
    return settings.model_copy(update={"stream": stream})


# The options about recordings are kept with the context, where every ``file_spec`` finds them.
_STREAM, _SENSOR = f"{__name__}.stream", f"{__name__}.sensor"
_BIASES = f"{__name__}.biases"


def _keep_stream(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    ctx.meta[_STREAM] = value


def _keep_sensor(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        parse_sensor(value)
    ctx.meta[_SENSOR] = value


def _keep_biases(ctx: click.Context, _: click.Parameter, value: tuple[str, ...]) -> None:
    for text in value:
        parse_bias(text)
    ctx.meta[_BIASES] = value


bias_option = click.option(
    "--bias",
    multiple=True,
    expose_value=False,
    callback=_keep_biases,
    metavar="NAME=VALUE",
    help="Set something on the camera, such as diff_on=500 or On=4:200; may be repeated.",
)


def recording_options(command: Command) -> Command:
    """Adds what may be said about a recording; ``file_spec`` minds it."""
    for decorate in (
        click.option(
            "--sensor",
            expose_value=False,
            callback=_keep_sensor,
            metavar="NAME|WxH",
            help="The sensor of a recording, server or camera, such as DAVIS346 or 346x260.",
        ),
        click.option(
            "--stream",
            expose_value=False,
            callback=_keep_stream,
            metavar="NAME",
            help="One of several cameras in a recording, by name or number.",
        ),
    ):
        command = decorate(command)
    return command


def load_settings(path: Path | None) -> Settings:
    """The settings from ``path`` or the user's own; what is wrong in them is told on stderr."""
    loaded = load(path)
    tell(loaded.notes)
    return loaded.settings


def file_spec(text: str) -> FileSpec:
    """A recording by path or by ``file://`` URL, as file managers hand it over.

    It is played as ``recording_options`` say, if the running command has them.
    """
    if text.startswith("file://"):
        text = path_of_url(text)
    return FileSpec(text, _said(_STREAM), _said(_SENSOR))


def _said(option: str) -> Any:
    context = click.get_current_context(silent=True)
    return context.meta.get(option) if context else None


def _camera_spec(serial: str | None) -> CameraSpec:
    return CameraSpec(serial, _said(_SENSOR), _said(_BIASES) or ())


def performer_spec(gesture: str, seed: int = 0) -> PerformerSpec:
    """The synthetic person; an empty ``gesture`` means all in turn.

    Raises:
        BadInput: there is no such gesture.
    """
    return PerformerSpec(gesture_name(gesture) if gesture else None, seed)


def gesture_name(text: str) -> str:
    """A gesture as the data set spells it.

    Raises:
        BadInput: there is no such gesture.
    """
    from models.data.gestures import CLASSES, class_index

    try:
        return CLASSES[class_index(text)]
    except ValueError as error:
        raise BadInput(str(error)) from None


def parse_source(text: str) -> SourceSpec:
    """A source in one word, as ``record`` takes it: a path, or a kind with what it needs.

    Raises:
        BadInput: there is no such gesture.
        SourceError: the address is wrong.
    """
    match named_source(text):
        case PerformerSpec(gesture):
            return performer_spec(gesture or "")
        case FileSpec(path):
            return file_spec(path)
        case NetworkSpec() as server:
            return replace(server, sensor=_said(_SENSOR))
        case CameraSpec(serial):
            return _camera_spec(serial)
        case spec:
            return spec


def source_options(command: Command) -> Command:
    """Adds the options for every source but a recording, and those about recordings."""
    for decorate in (
        click.option(
            "--performer",
            is_flag=False,
            flag_value="",
            metavar="[GESTURE]",
            help="A synthetic person, all gestures in turn or only one.",
        ),
        click.option(
            "--camera",
            is_flag=False,
            flag_value="",
            metavar="[SERIAL]",
            help="The first camera found, or the one with this serial number.",
        ),
        bias_option,
        click.option("--network", metavar="IP:PORT", help="An event server (DV or serve)."),
    ):
        command = decorate(command)
    return recording_options(command)


def chosen_source(
    file: str | None, network: str | None, camera: str | None, performer: str | None
) -> SourceSpec:
    """The one source that was asked for.

    Raises:
        click.UsageError: none or several were.
        BadInput: there is no such gesture.
        SourceError: the address is wrong.
    """
    given = [value for value in (file, network, camera, performer) if value is not None]
    if len(given) != 1:
        raise click.UsageError(
            "Expected exactly one source out of FILE, --network, --camera and --performer, "
            f"got {len(given) or 'none'}."
        )
    if file is not None:
        return file_spec(file)
    if network is not None:
        return replace(parse_address(network), sensor=_said(_SENSOR))
    if camera is not None:
        return _camera_spec(camera or None)
    return performer_spec(performer or "")
