"""What is said of filters: what they take away, how noisy a stream is, what would help."""

from __future__ import annotations

from app.filters.chain import FilterCount
from app.filters.suggestion import Noise
from app.settings import FilterSettings
from app.ui.logic.language import translate

# By filter: its main setting, and those that belong to it with a caption of their own, if any.
PARTS: dict[str, tuple[str, ...]] = {
    "hot": ("hot_hz",),
    "refractory": ("refractory_us",),
    "background": ("background_us", "background_neighbours"),
    "polarity": (),
    "crop": (),
    "flip": (),
    "rotate": (),
    "downscale": (),
}


def taken_words(count: FilterCount | None) -> str:
    """How much a filter takes away, as short as can be; nothing while it is not at work."""
    if count is None or not count.seen:
        return ""
    return f"−{100 * count.share:.1f} %" if count.taken else "0 %"


def taken_tip(count: FilterCount | None) -> str:
    """The same with figures."""
    if count is None:
        return ""
    words = translate("window", "Took away {0} of the {1} events that came to it")
    return words.format(f"{count.taken:,}", f"{count.seen:,}")


def noise_words(noise: Noise | None, *, plays: bool) -> str:
    """How noisy the stream is, before all filters."""
    if not plays:
        return translate("window", "The noise of a stream is measured while it plays.")
    if noise is None:
        return translate("window", "Measuring the noise of this stream …")
    words = translate("window", "Isolated events: {0} per pixel and second. Hot pixels: {1}.")
    return words.format(f"{noise.isolated_hz:.2g}", noise.hot)


def suggestion_words(noise: Noise, filters: FilterSettings) -> str:
    """What has been set for such noise."""
    if noise.is_quiet:
        return translate("window", "That is quiet: filters against noise are off.")
    said = []
    if filters.background:
        words = translate("window", "What no neighbour supports within {0} ms is left out.")
        said.append(words.format(f"{filters.background_us / 1000:g}"))
    if filters.hot:
        said.append(translate("window", "Hot pixels are left out."))
    return " ".join(said)
