"""Filters in words, as commands take them: ``background=2000us``, ``hot``, ``flip=x``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import ValidationError

from app.settings import FilterSettings

FORMS = (
    "background[=TIME[,NEIGHBOURS]], refractory[=TIME], hot[=RATE], polarity=on|off, "
    "crop=X,Y,W,H, flip=x|y|both, rotate=90|180|270 and downscale=2..16"
)
UNITS_US = {"us": 1, "ms": 1_000, "s": 1_000_000}
Fields = dict[str, Any]


def parse_filters(texts: Iterable[str]) -> FilterSettings:
    """The filters in ``texts``, and no other.

    Raises:
        ValueError: one of them is none, cannot have that value, or comes twice.
    """
    fields: Fields = {}
    names: set[str] = set()
    for text in texts:
        name, _, value = text.partition("=")
        if name in names:
            raise ValueError(f"expected each filter once, got {name} again: {text!r}")
        names.add(name)
        fields |= _fields(name, value if "=" in text else None, text)
    return FilterSettings(**fields)


def _fields(name: str, value: str | None, text: str) -> Fields:
    if name not in PARSERS:
        raise ValueError(f"expected a filter out of {FORMS}, got {text!r}")
    parse, expected = PARSERS[name]
    fields = parse(value)
    if fields is None:
        raise ValueError(f"expected {expected}, got {text!r}")
    try:
        FilterSettings(**fields)
    except ValidationError as error:
        raise ValueError(f"expected {expected}, got {text!r}") from error
    return fields


def _background(value: str | None) -> Fields | None:
    if value is None:
        return {"background": True}
    time, comma, neighbours = value.partition(",")
    time_us = _time_us(time)
    if time_us is None or (comma and not _is_whole(neighbours)):
        return None
    least = {"background_neighbours": int(neighbours)} if comma else {}
    return {"background": True, "background_us": time_us, **least}


def _refractory(value: str | None) -> Fields | None:
    if value is None:
        return {"refractory": True}
    time_us = _time_us(value)
    return None if time_us is None else {"refractory": True, "refractory_us": time_us}


def _hot(value: str | None) -> Fields | None:
    if value is None:
        return {"hot": True}
    rate = value.removesuffix("Hz")
    return {"hot": True, "hot_hz": int(rate)} if _is_whole(rate) else None


def _polarity(value: str | None) -> Fields | None:
    return {"polarity": value} if value in ("on", "off") else None


def _flip(value: str | None) -> Fields | None:
    return {"flip": value} if value in ("x", "y", "both") else None


def _rotate(value: str | None) -> Fields | None:
    return {"rotate": int(value)} if value in ("90", "180", "270") else None


def _crop(value: str | None) -> Fields | None:
    parts = (value or "").split(",")
    return {"crop": tuple(map(int, parts))} if all(map(_is_whole, parts)) else None


def _downscale(value: str | None) -> Fields | None:
    return {"downscale": int(value)} if value is not None and _is_whole(value) else None


def _time_us(text: str) -> int | None:
    found = re.fullmatch(r"([0-9]{1,9})(us|ms|s)", text)
    return None if found is None else int(found[1]) * UNITS_US[found[2]]


def _is_whole(text: str) -> bool:
    return re.fullmatch("[0-9]{1,9}", text) is not None


# By name: what makes settings of the value, none for one it cannot have, and what it can have.
PARSERS: dict[str, tuple[Callable[[str | None], Fields | None], str]] = {
    "background": (
        _background, "background=TIME of 100us to 1s, perhaps with 1 to 8 neighbours: 2ms,1"
    ),
    "refractory": (_refractory, "refractory=TIME of 10us to 1s, such as 500us"),
    "hot": (_hot, "hot=RATE of 5 to 10000 events a second, such as 50Hz"),
    "polarity": (_polarity, "polarity=on or polarity=off"),
    "crop": (_crop, "crop=X,Y,W,H in whole sensor pixels"),
    "flip": (_flip, "flip=x, flip=y or flip=both"),
    "rotate": (_rotate, "rotate=90, rotate=180 or rotate=270 degrees clockwise"),
    "downscale": (_downscale, "downscale=N of 2 to 16 pixels"),
}  # fmt: skip
