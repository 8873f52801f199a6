"""What can be set on a camera, as people say it: ``NAME=VALUE``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from app.settings import Settings
from app.sources.contract import CameraSpec, SourceError, SourceSpec

_BIAS = re.compile(r"([A-Za-z]\w{0,39})=(-?\d{1,9}(?::\d{1,9})?|[A-Za-z]\w{0,39})", re.ASCII)


def parse_bias(text: str) -> tuple[str, str]:
    """Name and value: a number, two such as 4:200 (coarse and fine), or a word.

    Raises:
        SourceError: it is none of these.
    """
    if found := _BIAS.fullmatch(text.strip()):
        return found[1], found[2]
    raise SourceError(f"expected a bias such as diff_on=500 or On=4:200, got {text!r}")


def with_settings(spec: SourceSpec, settings: Settings) -> SourceSpec:
    """A camera gets the biases of the settings, before those that it was asked for with.

    First come those of all cameras, then its own.
    """
    if not isinstance(spec, CameraSpec):
        return spec
    camera = settings.camera
    own = tuple(
        (serial, (*camera.biases, *biases, *spec.biases))
        for serial, biases in own_biases(camera.own).items()
    )
    return replace(spec, biases=(*camera.biases, *spec.biases), own=own)


def own_biases(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Of every ``SERIAL:NAME=VALUE``, each ``NAME=VALUE`` by serial number."""
    of: dict[str, tuple[str, ...]] = {}
    for text in texts:
        serial, _, bias = text.partition(":")
        of[serial] = (*of.get(serial, ()), bias)
    return of
