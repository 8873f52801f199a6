"""The option ``--filter``, and a source that is seen through filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import click

from app.events import EventBatch
from app.filters.chain import FilterChain, FilterCount
from app.filters.parsing import FORMS, parse_filters
from app.pipeline.filtering import crop_misfit, seen_through
from app.settings import FilterSettings, Settings
from app.sources.contract import EventSource, SourceError, SourceInfo


def _parsed(
    ctx: click.Context, param: click.Parameter, texts: tuple[str, ...]
) -> FilterSettings | None:
    try:
        return parse_filters(texts) if texts else None
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from error


filter_option = click.option(
    "--filter",
    "filters",
    multiple=True,
    callback=_parsed,
    metavar="FILTER",
    help=f"Look through a filter: {FORMS}; may be repeated, such as --filter background=2ms "
    "--filter flip=x. A flip left and right makes a right hand look like a left one.",
)


def with_filters(settings: Settings, filters: FilterSettings | None) -> Settings:
    """Settings with these filters alone, or what they say with none."""
    return settings if filters is None else settings.model_copy(update={"filters": filters})


def refuse_misfit(filters: FilterSettings, source: EventSource) -> None:
    """A crop is to lie inside the sensor; the source is closed where it does not.

    Raises:
        SourceError: it does not.
    """
    misfit = crop_misfit(filters, source.info.resolution)
    if misfit is not None:
        source.close()
        raise SourceError(misfit)


def said_of(counts: Iterable[FilterCount]) -> str:
    """What filters took away, in words."""
    return ", ".join(
        f"{each.name} took {each.taken:,} of {each.seen:,} events ({each.share:.1%})"
        for each in counts
    )


class FilteredSource:
    """What filters leave of another source.

    Raises:
        SourceError: the crop lies outside the sensor.
    """

    def __init__(self, source: EventSource, filters: FilterSettings) -> None:
        refuse_misfit(filters, source)
        self._source = source
        self._filters = filters
        self._chain = FilterChain(filters, source.info.resolution)

    @property
    def info(self) -> SourceInfo:
        return seen_through(self._filters, self._source.info)

    @property
    def counts(self) -> tuple[FilterCount, ...]:
        """What each filter has taken away until now."""
        return self._chain.counts

    def batches(self) -> Iterator[EventBatch]:
        for batch in self._source.batches():
            if self._source.info.resolution != self._chain.geometry.sensor:
                self._chain = FilterChain(self._filters, self._source.info.resolution)
            elif batch.restarted:
                self._chain.reset()
            yield replace(batch, events=self._chain.apply(batch.events))

    def seek(self, t_us: int) -> None:
        self._source.seek(t_us)

    def close(self) -> None:
        self._source.close()

    def __enter__(self) -> FilteredSource:
        self._source.__enter__()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._source.__exit__(*exc_info)
