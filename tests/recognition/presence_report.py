"""How soon somebody is noticed: ``python -m tests.recognition.presence_report``.

People are performers who stand still and then begin a gesture, or come into the picture from the
side; nuisances are those of ``nuisances`` and places of the performer where nobody is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import click
import numpy as np

from app.events import Resolution
from app.recognition.presence import Presence
from models.data.gestures import CLASSES, SETTINGS
from models.data.performer.performance import Act, Performer
from tests.recognition import nuisances as made
from tests.recognition.nuisances import SIDE, STEP_S, STEP_US, Stream

BEGINS_S, ENDS_S, ARRIVED_S = 2.0, 3.0, 5.0
AWAY = (12.0, 0.0)
FIRST_SEED = 70_000

NUISANCES: dict[str, Callable[[float], Stream]] = {
    "noise of 0.3 /s and pixel": lambda s: made.noise(s),
    "noise of 5 /s and pixel": lambda s: made.noise(s, 5.0),
    "20 hot pixels": lambda s: made.noise(s, 0.3, hot=20),
    "flicker of 50 Hz, whole picture": lambda s: made.flicker(s, 50.0),
    "flicker of 100 Hz, a region": lambda s: made.flicker(s, 100.0, made.REGION),
    "flicker of 120 Hz, weak, a region": lambda s: made.flicker(s, 120.0, made.REGION, 8.0),
    "light switched on every 10 s": lambda s: made.light(s),
    "a knock at the camera every 5 s": lambda s: made.knock(s),
    "passer-by, 12 px": lambda s: made.passer(s, 12, 30.0),
    "passer-by, 26 px": lambda s: made.passer(s, 26, 30.0),
    "curtain in a corner": lambda s: made.corner(s),
    "fan of 2 blades a second": lambda s: made.fan(s),
}


def counts_of(events: np.ndarray, seconds: float) -> Stream:
    """Steps of counts (2, H, W)."""
    for start_us in range(0, round(seconds * 1e6), STEP_US):
        first, last = np.searchsorted(events["t"], (start_us, start_us + STEP_US))
        part = events[first:last]
        place = (part["p"].astype(int) * SIDE + part["y"]) * SIDE + part["x"]
        yield np.bincount(place, minlength=2 * SIDE * SIDE).reshape(2, SIDE, SIDE)


def watch(stream: Stream) -> np.ndarray:
    """(N,) bool: presence after each step."""
    presence = Presence(Resolution(SIDE, SIDE))
    return np.array([presence.push(counts, STEP_US) for counts in stream])


def play(performer: Performer, acts: list[Act], seconds: float) -> np.ndarray:
    """Presence while the performer does this."""
    events = np.concatenate(list(performer.play(acts, 0.0, seconds)))
    return watch(counts_of(events, seconds))


def latency_ms(number: int, setting: str) -> float | None:
    """From the beginning of a gesture out of stillness; none if somebody was noticed before."""
    performer = Performer(FIRST_SEED + number, setting)
    performer.scene = replace(performer.scene, sway_m=0.0)  # or swaying would be noticed first
    gesture = performer.draw(CLASSES[number % len(CLASSES)])
    acts = [Act(0.0, performer.draw("rest")), Act(BEGINS_S, gesture)]
    return _noticed_ms(play(performer, acts, ENDS_S), round(BEGINS_S / STEP_S))


def arrival_ms(number: int, setting: str) -> float | None:
    """From the first events of somebody who walks in from the side."""
    performer = Performer(FIRST_SEED + number, setting)
    aside = 2.0 if number % 2 else -2.0
    walk = performer.draw("walk")
    acts = [Act(0.0, walk, (aside, 0.0)), Act(BEGINS_S, walk, (0.0, 0.0))]
    events = np.concatenate(list(performer.play(acts, 0.0, ARRIVED_S)))
    stream = list(counts_of(events, ARRIVED_S))
    totals = np.array([counts.sum() for counts in stream])
    before = np.median(totals[10 : round(BEGINS_S / STEP_S)])
    rises = totals > before + 6 * np.sqrt(before) + 60
    rises[: round(BEGINS_S / STEP_S)] = False
    return _noticed_ms(watch(iter(stream)), int(rises.argmax()))


def _noticed_ms(seen: np.ndarray, begin: int) -> float | None:
    if seen[begin - 1]:
        return None
    return float((seen[begin:].argmax() + 1) * STEP_S * 1e3) if seen[begin:].any() else np.inf


def _tell(what: str, all_ms: list[float | None]) -> None:
    known = [each for each in all_ms if each is not None]
    quantiles = np.percentile(known, (50, 95, 100), method="higher") if known else []
    click.echo(
        f"{what}: noticed in {', '.join(f'{each:.0f}' for each in quantiles)} ms (median, 95 %, "
        f"longest of {len(known)}); {len(all_ms) - len(known)} more were noticed before"
    )


def alarms(seen: np.ndarray) -> int:
    """How often presence set in."""
    return int(np.count_nonzero(np.diff(seen.astype(int), prepend=0) == 1))


@click.command()
@click.option("--people", default=44, show_default=True, help="In each setting, of each kind.")
@click.option("--minutes", default=20.0, show_default=True, help="Of each nuisance.")
@click.option("--places", default=30, show_default=True, help="Empty places of each setting, 8 s.")
def main(people: int, minutes: float, places: int) -> None:
    """Measure presence."""
    for name, stream in NUISANCES.items():
        seen = watch(stream(60 * minutes))
        click.echo(
            f"{name}: {alarms(seen) * 60 / minutes:g} alarms an hour, {seen.mean():.1%} of it"
        )
    for setting in SETTINGS if people else ():
        _tell(f"gestures, {setting}", [latency_ms(each, setting) for each in range(people)])
        _tell(f"arrivals, {setting}", [arrival_ms(each, setting) for each in range(people // 2)])
    for setting in SETTINGS if places else ():
        found = 0
        for number in range(places):
            performer = Performer(FIRST_SEED + number, setting)
            found += alarms(play(performer, [Act(0.0, performer.draw("rest"), AWAY)], 8.0))
        click.echo(f"{places} empty places, {setting}: {found} alarms in {places * 8 / 60:.1f} min")


if __name__ == "__main__":
    main()
