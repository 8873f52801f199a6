"""What the supervisor is told at its start: one JSON object on its command line."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields

TRACE_VARIABLE = "SPIKEHAND_KIOSK_TRACE"


class ConfigError(ValueError):
    """A configuration that cannot be used; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Config:
    """``command`` starts the kiosk. Where a folder is none, nothing is written there.

    ``state_folder`` gets ``status.json``, ``days.csv`` and the lock, ``log_folder`` the logs of
    the last ten runs. ``memory_mb`` is the most that the whole tree of processes may use, and
    ``restart_at`` ("04:00", local time) when the kiosk is started afresh every night, if at all.
    """

    command: tuple[str, ...]
    state_folder: str | None = None
    log_folder: str | None = None
    memory_mb: int = 1500
    restart_at: str | None = None

    def encode(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def decode(cls, text: str) -> Config:
        """The configuration in ``text``.

        Raises:
            ConfigError: it is no JSON object, or a value has the wrong type.
        """
        try:
            found = json.loads(text)
        except ValueError as error:
            raise ConfigError(f"expected the configuration as JSON: {error}") from None
        known = {field.name for field in fields(cls)}
        if not isinstance(found, dict) or not found.keys() <= known or "command" not in found:
            raise ConfigError(f"expected a JSON object of {', '.join(sorted(known))}, got {text}")
        command = found.pop("command")
        if not isinstance(command, list) or not command or not all(map(_is_text, command)):
            raise ConfigError(f"expected the command as a list of words, got {command!r}")
        config = cls(tuple(command), **found)
        config._check()
        return config

    def _check(self) -> None:
        for folder in (self.state_folder, self.log_folder):
            if folder is not None and not _is_text(folder):
                raise ConfigError(f"expected a folder, got {folder!r}")
        if type(self.memory_mb) is not int or self.memory_mb <= 0:
            raise ConfigError(f"expected memory_mb in whole megabytes, got {self.memory_mb!r}")
        at = self.restart_at
        if at is not None and not (
            _is_text(at) and re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", at)
        ):
            raise ConfigError(f"expected restart_at as a time such as 04:00, got {at!r}")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value
