"""Overviews of recordings: one is made at a time, and those that are whole are remembered."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.pipeline.overview import Overview
from app.sources.contract import FileSpec, SourceSpec

MOST_KEPT = 32

Key = tuple[FileSpec, int]


class SurveyorPort(Protocol):
    """What makes one overview. No call blocks but ``join``."""

    def take(self) -> Overview | None: ...

    def close(self) -> None: ...

    def join(self, deadline_s: float) -> bool: ...


Survey = Callable[[FileSpec], SurveyorPort]


class Surveys:
    """``survey`` begins an overview; none makes none."""

    def __init__(self, survey: Survey | None) -> None:
        self._survey = survey
        self._spec: SourceSpec | None = None
        self._key: Key | None = None
        self._surveyor: SurveyorPort | None = None
        self._ending: list[SurveyorPort] = []
        self._whole: dict[Key, Overview] = {}

    def follow(self, spec: SourceSpec | None) -> Overview | None:
        """What is known by now of the recording that plays."""
        if spec is not self._spec:
            self._spec = spec
            self._go_to(_key_of(spec))  # looked up once, as a drive may take its time
        key = self._key
        if key is None or self._survey is None:
            return None
        if key in self._whole:
            return self._whole[key]
        if self._surveyor is None:
            self._surveyor = self._survey(key[0])
        overview = self._surveyor.take()
        if overview is not None and overview.is_whole:
            self._keep(key, overview)
        return overview

    def stop(self, timeout_s: float) -> bool:
        """End whatever is being made; false if it does not end in time."""
        self._go_to(None)
        deadline_s = time.monotonic() + timeout_s
        ended = [each.join(deadline_s) for each in self._ending]  # all of them are waited for
        return all(ended)

    def _go_to(self, key: Key | None) -> None:
        if key != self._key:
            self._leave()
            self._key = key

    def _leave(self) -> None:
        if self._surveyor is not None:
            self._surveyor.close()
            self._ending.append(self._surveyor)
            del self._ending[:-2]
            self._surveyor = None

    def _keep(self, key: Key, overview: Overview) -> None:
        self._leave()
        self._whole[key] = overview
        if len(self._whole) > MOST_KEPT:
            del self._whole[next(iter(self._whole))]


def _key_of(spec: SourceSpec | None) -> Key | None:
    """A file that has changed since is another one."""
    if not isinstance(spec, FileSpec):
        return None
    try:
        return spec, Path(spec.path).stat().st_mtime_ns
    except OSError:
        return None
