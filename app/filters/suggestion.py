"""Which filters would help against the noise of a stream."""

from __future__ import annotations

from dataclasses import dataclass

from app.settings import FilterSettings

# Below this rate, noise is about a thousandth of what a hand gives.
QUIET_HZ = 0.02
# Of noise, so much may pass because a neighbour happened to have noise, too.
PASSING_BY_CHANCE = 0.1
WINDOWS_US = (1_000, 2_000, 5_000, 10_000, 20_000)


@dataclass(frozen=True, slots=True)
class Noise:
    """``isolated_hz`` is events that no neighbour supports, per pixel and second, in the still part
    of the picture; ``hot`` how many pixels fire all the time."""

    isolated_hz: float
    hot: int

    @property
    def is_quiet(self) -> bool:
        """Whether no filter is worth its while."""
        return self.isolated_hz < QUIET_HZ and not self.hot


def suggested(noise: Noise, settings: FilterSettings) -> FilterSettings:
    """The settings with the noise filters as this noise asks for; the others stay as they are."""
    return settings.model_copy(
        update={
            "hot": noise.hot > 0,
            "background": noise.isolated_hz >= QUIET_HZ,
            "background_us": background_window(noise.isolated_hz),
            "background_neighbours": 1,
        }
    )


def background_window(isolated_hz: float) -> int:
    """The longest time in us in which eight noisy neighbours seldom support noise by chance."""
    fitting = [
        window_us
        for window_us in WINDOWS_US
        if 8 * isolated_hz * window_us / 1e6 <= PASSING_BY_CHANCE
    ]
    return max(fitting, default=WINDOWS_US[0])
