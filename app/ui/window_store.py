"""What the window remembers of itself: place, size, what was seen, last folder and address."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QByteArray, QSettings

Value = TypeVar("Value", bool, float, str, QByteArray)

ORGANISATION, APPLICATION = "spikehand", "window"


class WindowStore:
    """A few named values in Qt's own store; nothing else reads or writes it."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, ORGANISATION, APPLICATION
        )

    def _read(self, key: str, default: Value) -> Value:
        """What is remembered under ``key``, of the kind of ``default``."""
        value = self._settings.value(key, default, type(default))
        assert isinstance(value, type(default))
        return value

    @property
    def is_first(self) -> bool:
        """Whether no window has been opened before."""
        return self._read("is_first", True)

    @is_first.setter
    def is_first(self, first: bool) -> None:
        self._settings.setValue("is_first", first)

    @property
    def geometry(self) -> QByteArray:
        return self._read("geometry", QByteArray())

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)

    @property
    def rates_shown(self) -> bool:
        return self._read("rates_shown", False)

    @rates_shown.setter
    def rates_shown(self, shown: bool) -> None:
        self._settings.setValue("rates_shown", shown)

    @property
    def rates_geometry(self) -> QByteArray:
        return self._read("rates_geometry", QByteArray())

    @rates_geometry.setter
    def rates_geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("rates_geometry", geometry)

    def history_shown(self, *, small: bool) -> bool:
        """Whether the decisions are seen; a small window has no room for them unless asked."""
        return self._read(_history_key(small), not small)

    def show_history(self, shown: bool, *, small: bool) -> None:
        self._settings.setValue(_history_key(small), shown)

    @property
    def microscope_shown(self) -> bool:
        return self._read("microscope_shown", False)

    @microscope_shown.setter
    def microscope_shown(self, shown: bool) -> None:
        self._settings.setValue("microscope_shown", shown)

    @property
    def microscope_geometry(self) -> QByteArray:
        return self._read("microscope_geometry", QByteArray())

    @microscope_geometry.setter
    def microscope_geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("microscope_geometry", geometry)

    @property
    def microscope_span_s(self) -> float:
        return self._read("microscope_span_s", 1.0)

    @microscope_span_s.setter
    def microscope_span_s(self, span_s: float) -> None:
        self._settings.setValue("microscope_span_s", span_s)

    @property
    def space_time_geometry(self) -> QByteArray:
        return self._read("space_time_geometry", QByteArray())

    @space_time_geometry.setter
    def space_time_geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("space_time_geometry", geometry)

    @property
    def filters_shown(self) -> bool:
        return self._read("filters_shown", False)

    @filters_shown.setter
    def filters_shown(self, shown: bool) -> None:
        self._settings.setValue("filters_shown", shown)

    @property
    def filters_geometry(self) -> QByteArray:
        return self._read("filters_geometry", QByteArray())

    @filters_geometry.setter
    def filters_geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("filters_geometry", geometry)

    @property
    def folder(self) -> str:
        return self._read("folder", "")

    @folder.setter
    def folder(self, folder: str) -> None:
        self._settings.setValue("folder", folder)

    @property
    def address(self) -> str:
        return self._read("address", "127.0.0.1:7777")

    @address.setter
    def address(self, address: str) -> None:
        self._settings.setValue("address", address)


def _history_key(small: bool) -> str:
    return "history_shown_small" if small else "history_shown"
