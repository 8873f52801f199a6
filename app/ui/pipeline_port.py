"""What the window needs of the pipeline, and no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.pipeline.snapshot import Snapshot
from app.pipeline.systems import Systems
from app.sources.contract import EventSource

OpenSource = Callable[[], EventSource]


class PipelinePort(Protocol):
    """The pipeline as the window sees it. No call blocks but ``stop``."""

    def start(self) -> None: ...

    def stop(self, timeout_s: float = 3.0) -> bool: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def step(self) -> None: ...

    def seek(self, t_us: int) -> None: ...

    def set_speed(self, speed: float | None) -> None: ...

    def set_loop(self, loop: bool) -> None: ...

    def set_systems(self, systems: Systems) -> None: ...

    def take(self) -> Snapshot: ...

    def replace_source(self, open_source: OpenSource, *, at_once: bool = False) -> None: ...
