"""What the screen asks of the recognition while it runs; written by one thread, read by another."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.events import Resolution
from app.pipeline.systems import System
from app.recognition.encoding import Region
from app.recognition.watching import Watch
from app.settings import FilterSettings


@dataclass(frozen=True, slots=True)
class RegionWish:
    """The part of a sensor of this size that the networks are to see.

    Raises:
        ValueError: it is empty or leaves the sensor.
    """

    region: Region
    resolution: Resolution

    def __post_init__(self) -> None:
        x, y, width, height = self.region
        across, down = self.resolution.width, self.resolution.height
        if not (0 <= x < x + width <= across and 0 <= y < y + height <= down):
            raise ValueError(
                f"expected a region (x, y, width, height) inside the {self.resolution} sensor, "
                f"got {self.region}"
            )


@dataclass(frozen=True, slots=True)
class WatchWish:
    """What is to be watched, in which system; none is the leading one."""

    watch: Watch
    system: System | None = None


@dataclass(slots=True)
class Wishes:
    """Shared by all runs of a pipeline; each field is replaced as a whole.

    ``noise`` says that the noise of the stream is to be measured.
    """

    region: RegionWish | None = None
    watch: WatchWish | None = None
    filters: FilterSettings = field(default_factory=FilterSettings)
    noise: bool = False

    def region_on(self, resolution: Resolution) -> Region | None:
        """The region that was wished for on a sensor of this size."""
        wish = self.region
        return wish.region if wish is not None and wish.resolution == resolution else None

    def watch_in(self, system: System, *, leads: bool) -> Watch | None:
        """What is to be watched in ``system``."""
        wish = self.watch
        if wish is None or (wish.system is None and not leads):
            return None
        return wish.watch if wish.system in (None, system) else None
