"""The filters at work on one source: put into force between two slices, and what they take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.events import EventSlice, Resolution
from app.filters.chain import FilterChain, FilterCount
from app.filters.geometry import Geometry, fits
from app.filters.suggestion import Noise
from app.pipeline.wishes import Wishes
from app.settings import FilterSettings
from app.sources.contract import SourceInfo

if TYPE_CHECKING:
    from app.filters.noise import NoiseMeter


@dataclass(frozen=True, slots=True)
class FilterReport:
    """What the filters do: of ``sensor``, the size before them, so many events were ``seen``.

    ``counts`` are of the filters in force, each from when it came to work; ``noise`` is that of the
    events before all filters, if it is measured and known.
    """

    sensor: Resolution | None = None
    seen: int = 0
    counts: tuple[FilterCount, ...] = ()
    noise: Noise | None = None


class Filtering:
    """Follows what is wished for; all methods are for the thread that reads, ``report`` for any."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._chain: FilterChain | None = None
        self._sensor: Resolution | None = None
        self._meter: NoiseMeter | None = None
        self._turned = False  # since the last slice
        self._seen = 0
        self.report = FilterReport()

    @property
    def is_outdated(self) -> bool:
        """Whether other filters are wished for than are in force."""
        return self._chain is None or self._chain.settings != self._wishes.filters

    def seen_of(self, info: SourceInfo) -> SourceInfo:
        """What is known of the source, as it is seen through the filters in force."""
        if self._chain is None or self._sensor != info.resolution:
            self._chain = self._renewed(info)
        return seen_through(self._chain.settings, info)

    def renew(self, info: SourceInfo) -> None:
        """Put into force what is wished for."""
        self._chain = self._renewed(info)

    def _renewed(self, info: SourceInfo) -> FilterChain:
        if self._sensor != info.resolution:
            self._sensor, self._meter = info.resolution, None
        chain = FilterChain(self._wishes.filters, info.resolution, self._chain)
        self._turned |= self._chain is not None and self._chain.geometry != chain.geometry
        self._tell(chain)
        return chain

    def apply(self, slice_: EventSlice) -> EventSlice:
        """What is left of a slice; the first of another geometry begins anew."""
        assert self._chain is not None
        if slice_.restarted:
            self._chain.reset()
        self._measure(slice_)
        self._seen += slice_.events.size
        restarted, self._turned = slice_.restarted or self._turned, False
        left = self._chain.apply(slice_.events)
        self._tell(self._chain)
        return replace(slice_, events=left, restarted=restarted)

    def _measure(self, slice_: EventSlice) -> None:
        if not self._wishes.noise or self._sensor is None:
            self._meter = None
            return
        if self._meter is None:
            from app.filters.noise import NoiseMeter

            self._meter = NoiseMeter(self._sensor)
        if slice_.restarted:
            self._meter.reset()
        self._meter.see(slice_.events)

    def _tell(self, chain: FilterChain) -> None:
        noise = None if self._meter is None else self._meter.noise
        self.report = FilterReport(self._sensor, self._seen, chain.counts, noise)


def seen_through(filters: FilterSettings, info: SourceInfo) -> SourceInfo:
    """What is known of a source as it is seen through the filters: of another size, perhaps."""
    resolution = Geometry.of(filters, info.resolution).resolution
    misfit = crop_misfit(filters, info.resolution)
    if misfit is not None and info.note is None:
        return replace(info, resolution=resolution, note=f"{misfit}, so it is left out")
    return info if resolution == info.resolution else replace(info, resolution=resolution)


def crop_misfit(filters: FilterSettings, sensor: Resolution) -> str | None:
    """A sentence if the crop lies outside the sensor."""
    if filters.crop is None or fits(filters.crop, sensor):
        return None
    return f"expected a crop (x, y, width, height) inside the {sensor} sensor, got {filters.crop}"
