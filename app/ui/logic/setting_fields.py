"""Every setting there is, read from the models themselves. Knows no Qt."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from app.lenient import said_of
from app.settings import Settings

Path = tuple[str, ...]
UNITS = {"us": "µs", "ms": "ms", "s": "s", "mb": "MB", "hz": "Hz"}


class Kind(enum.Enum):
    """What sort of value a setting holds."""

    SWITCH = enum.auto()
    WHOLE = enum.auto()
    NUMBER = enum.auto()
    CHOICE = enum.auto()
    TEXT = enum.auto()
    LIST = enum.auto()  # of texts
    PLACE = enum.auto()  # four whole numbers


@dataclass(frozen=True, slots=True)
class SettingField:
    """One setting; ``optional`` says that it may be none, ``choices`` are of a choice or a list."""

    path: Path
    kind: Kind
    default: object
    optional: bool = False
    choices: tuple[object, ...] = ()
    least: float | None = None
    most: float | None = None
    description: str = ""

    @property
    def group(self) -> str:
        """The first step of the path, empty for what is in no group."""
        return self.path[0] if len(self.path) > 1 else ""

    @property
    def unit(self) -> str:
        """``ms`` of ``window_ms``, or nothing."""
        return UNITS.get(self.path[-1].rpartition("_")[2], "")


class SettingError(ValueError):
    """A value that a setting cannot have; the message is one sentence for the user."""


def setting_fields(model: type[BaseModel] = Settings, above: Path = ()) -> Iterator[SettingField]:
    """Every setting, in the order of the models."""
    for name, info in model.model_fields.items():
        kind = info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from setting_fields(kind, (*above, name))
        else:
            yield _field((*above, name), info)


def value_at(settings: Settings, path: Path) -> object:
    """What is set."""
    value: Any = settings
    for step in path:
        value = getattr(value, step)
    return value


def with_value(settings: Settings, path: Path, value: object) -> Settings:
    """The settings with another value at a path.

    Raises:
        SettingError: it is no value for that setting.
    """
    *above, name = path
    group = value_at(settings, tuple(above))
    assert isinstance(group, BaseModel)
    try:
        changed = type(group)(**{**dict(group), name: value})
    except ValidationError as error:
        raise SettingError(said_of(error)) from None
    return settings.model_copy(update={above[0]: changed}) if above else Settings(**dict(changed))


def _field(path: Path, info: FieldInfo) -> SettingField:
    plain, optional = _without_none(info.annotation)
    bounds = {type(each): each for each in info.metadata}
    kind, choices = _kind(plain)
    least, most = bounds.get(Ge), bounds.get(Le)
    return SettingField(
        path, kind, info.get_default(), optional, choices,
        None if least is None else float(least.ge), None if most is None else float(most.le),
        info.description or "",
    )  # fmt: skip


def _without_none(kind: Any) -> tuple[Any, bool]:
    if get_origin(kind) is Annotated:
        return _without_none(get_args(kind)[0])
    if get_origin(kind) not in (Union, UnionType):
        return kind, False
    (plain,) = (each for each in get_args(kind) if each is not NoneType)
    return _without_none(plain)[0], True


def _kind(plain: Any) -> tuple[Kind, tuple[object, ...]]:
    if get_origin(plain) is Literal:
        return Kind.CHOICE, get_args(plain)
    if get_origin(plain) is tuple:
        inside = _without_none(get_args(plain)[0])[0]
        if inside is int:
            return Kind.PLACE, ()
        return Kind.LIST, get_args(inside) if get_origin(inside) is Literal else ()
    return {bool: Kind.SWITCH, int: Kind.WHOLE, float: Kind.NUMBER, str: Kind.TEXT}[plain], ()
