"""Takes from JSON whatever fits a pydantic model, and says what does not. Knows no settings."""

from __future__ import annotations

import reprlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)
JsonObject = dict[str, Any]

_brief = reprlib.Repr()
_brief.maxstring = _brief.maxother = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """What could not be used: ``where`` in the file, and ``what`` about it, without a full stop."""

    where: str
    what: str


def take(model: type[Model], found: Mapping[str, Any]) -> tuple[Model, list[Fault]]:
    """A valid ``model`` of everything in ``found`` that can be used.

    A wrong value gives way to its default, a wrong element of a list is left out, and a key that
    the model does not know is skipped. Every field of ``model`` and of the models in it must have
    a default.
    """
    faults = [
        Fault(".".join(map(_plain, path)), "not known to this version; it is ignored")
        for path in unknown_keys(model, found)
    ]
    data = _known(model, found)
    while True:
        try:
            return model.model_validate(data), faults
        except ValidationError as error:
            # From the inside out, and from the back as leaving out an element moves the next ones.
            details = sorted(error.errors(include_url=False), key=lambda each: len(each["loc"]))
            found_now = [_leave_out(data, detail) for detail in details[::-1]]
            if not any(found_now):
                raise  # the model has a field without a default
            faults += [fault for fault in found_now[::-1] if fault is not None]


def said_of(error: ValidationError) -> str:
    """What is wrong with the first value that is, without a full stop."""
    return _expected(error.errors(include_url=False)[0])


def unknown_keys(
    model: type[BaseModel], found: Mapping[str, Any], above: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """The path of every key that ``model`` has no field for."""
    for key, value in found.items():
        if key not in model.model_fields:
            yield (*above, key)
        elif (group := _group(model, key)) and isinstance(value, Mapping):
            yield from unknown_keys(group, value, (*above, key))


def _known(model: type[BaseModel], found: Mapping[str, Any]) -> JsonObject:
    """A copy without the unknown keys, whose groups and lists may be changed."""
    known: JsonObject = {}
    for key, value in found.items():
        if key not in model.model_fields:
            continue
        group = _group(model, key)
        if group and isinstance(value, Mapping):
            known[key] = _known(group, value)
        else:
            known[key] = list(value) if isinstance(value, list) else value
    return known


def _group(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    """The model that a field holds, if it holds one."""
    kind = model.model_fields[key].annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _leave_out(data: JsonObject, detail: ErrorDetails) -> Fault | None:
    """Take away what the error is about; none if it is gone with something inside it."""
    *above, last = path = detail["loc"]
    holder: Any = data
    for step in above:
        holder = holder[step] if _has(holder, step) else None
    if not _has(holder, last):
        return None
    del holder[last]
    used = "it is left out" if isinstance(holder, list) else "the default is used"
    return Fault(".".join(map(_plain, path)), f"{_expected(detail)}; {used}")


def _has(holder: Any, step: int | str) -> bool:
    if isinstance(holder, list):
        return isinstance(step, int) and step < len(holder)
    return isinstance(holder, dict) and step in holder


def _expected(detail: ErrorDetails) -> str:
    if detail["type"] == "model_type":
        return f"expected a JSON object, got {_brief.repr(detail['input'])}"
    said = detail["msg"].removeprefix("Value error, ").replace("Input should be", "expected", 1)
    return f"{said[:1].lower()}{said[1:]}, got {_brief.repr(detail['input'])}"


def _plain(step: int | str) -> str:
    """One step of a path, fit for a terminal."""
    text = str(step)
    return text if text.isascii() and text.isprintable() else _brief.repr(text)
