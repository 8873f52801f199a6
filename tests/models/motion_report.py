"""Prints how the performer moves beside how real people were measured to move.

python -m tests.models.motion_report [ordinary|wild] [people]

Poses alone, nothing is rendered. Numbers are percentiles 5, 25, 50, 75, 95 over people; a real
row without quartiles has 5, 50 and 95. "in" is the share of the real range 5..95 that ours
covers.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator

import click
import numpy as np

from models.data.performer.body import LEFT, RIGHT
from tests.models import motion_measures as measure
from tests.models.motion_tracks import Played, play, track

PERCENTILES = (5, 25, 50, 75, 95)
# Public motion capture of real people (Bandai-Namco, MSR Action3D, Human3.6M), measured alike.
REAL: dict[str, dict[str, tuple[float, ...]]] = {
    "wave": {
        "period, s": (0.40, 0.50, 0.78, 1.20, 1.39),
        "hand amplitude, R": (0.08, 0.28, 0.52, 0.65, 0.73),
        "amplitude CV": (0.03, 0.06, 0.09, 0.125, 0.18),
        "elbow height, R": (-0.51, -0.16, 0.27, 0.35, 0.42),
        "elbow x, R": (0.13, 0.33, 0.41),
        "wrist height, R": (-0.11, 0.19, 0.61, 0.73, 0.83),
        "wrist x, R": (0.11, 0.33, 0.54),
        "elbow angle, deg": (42, 85, 137, 145, 168),
        "elbow angle +-, deg": (1, 9, 18, 22, 27),
        "forearm +-, deg": (3, 25, 38, 48, 56),
        "elbow/hand": (0.03, 0.08, 0.24, 0.29, 0.34),
        "minor/major axis": (0.01, 0.02, 0.05, 0.08, 0.18),
        "wrist peak speed, R/s": (0.5, 2.8, 9.3),
        "head/hand": (0.01, 0.02, 0.03, 0.05, 0.06),
        "shoulder roll, deg": (1, 10.5, 22),
        "shoulder roll +-, deg": (0.1, 1.0, 3.1),
        "shoulder yaw +-, deg": (0.1, 1.4, 5.5),
        "lift of the shoulder, R": (0.0, 0.044, 0.10),
    },
    "circle": {
        "period, s": (0.65, 0.79, 0.88, 1.11, 1.17),
        "radius, R": (0.33, 0.37, 0.48, 0.62, 0.66),
        "axis ratio": (0.79, 0.88, 0.91, 0.93, 0.97),
        "centre x, R": (-0.40, -0.17, -0.06, 0.01, 0.17),
        "centre y, R": (-0.31, 0.10, 0.19),
        "centre z, R": (0.64, 0.70, 0.82),
        "angular speed CV": (0.22, 0.30, 0.42),
        "elbow angle, deg": (104, 146, 158),
        "elbow angle +-, deg": (11, 19, 29),
        "elbow height, R": (-0.34, -0.04, 0.05),
        "shoulder roll +-, deg": (2.5, 5.5, 17),
        "shoulder yaw +-, deg": (5, 11, 18),
    },
    "clap": {
        "period, s": (0.36, 0.74, 0.97),
        "half spread, R": (0.83, 1.10, 1.28),
        "height at contact, R": (-0.54, -0.17, 0.17),
        "before the chest, R": (0.63, 0.90, 0.95),
        "elbow angle at contact, deg": (120, 160, 173),
    },
    "raising": {
        "to 95 % of the height, s": (0.23, 0.37, 0.48, 0.72, 1.4),
        "to the first turning point, s": (0.29, 0.58, 0.73, 0.93, 1.25),
        "peak/mean speed": (1.45, 1.62, 1.83),
        "time of peak": (0.27, 0.40, 0.51),
        "path/chord": (1.08, 1.17, 1.30),
        "bow/chord": (0.17, 0.27, 0.37),
        "peak speed, R/s": (1.4, 2.6, 4.7, 6.8, 12),
    },
    "rest": {
        "wrist x, R": (-0.06, 0.20, 0.39),
        "wrist y, R": (-0.97, -0.91, -0.86),
        "wrist z, R": (-0.15, 0.13, 0.32),
        "elbow angle, deg": (125, 149, 168),
    },
    "pose": {
        "wrist speed 50 %, R/s": (0.3,),
        "wrist speed 95 %, R/s": (2.0,),
        "share over 0.25 R/s": (0.50, 0.58, 0.66),
    },
    "other": {
        "wrist speed 50 %, R/s": (0.6,),
        "wrist speed 95 %, R/s": (3.0,),
        "wrist x, R": (-0.25, 0.17, 0.8),
        "wrist y, R": (-0.91, -0.33, 0.4),
        "wrist z, R": (-0.05, 0.4, 0.8),
    },
    "walk": {
        "swing of z, R": (0.17, 0.37, 0.44, 0.5, 0.67),
        "elbow angle, deg": (133, 152, 171),
    },
    "drums": {
        "period, s": (0.54, 0.59, 0.71, 1.0),
        "wrist y +-, R": (0.28, 0.47),
        "elbow angle, deg": (119,),
    },
}


def measured(setting: str, people: int) -> Iterator[tuple[str, dict[str, float]]]:
    """(table, numbers) of every person; the sides take turns."""
    for seed in range(people):
        side = seed % 2
        word = ("right", "left")[side]
        hand, arm = f"{word}_hand_wave", f"{word}_arm_clockwise"

        def steady(name: str, seed: int = seed) -> Played:
            return play([(0.0, name)], seed, 8.0, setting)

        for table, name, look in (("wave", hand, measure.wave), ("circle", arm, measure.circle)):
            played = steady(name)
            yield table, look(track(played, side)) | measure.shoulders(played, side)
        played = steady("hand_clapping")
        yield "clap", measure.clap(track(played, RIGHT), track(played, LEFT))
        played = play([(0.0, "rest"), (0.5, hand)], seed, 6.0, setting)
        onset_s = played.acts[1].gesture.onset_s
        yield "raising", measure.onset(track(played, side), 0.5, onset_s)
        for table, name in (("rest", "rest"), ("pose", "pose"), ("walk", "walk")):
            yield table, measure.stillness(track(steady(name), side))
        yield "other", measure.stillness(track(steady("other_gestures"), side))
        yield "drums", measure.stroke_y(track(steady("air_drums"), side))


def report(setting: str, people: int) -> str:
    """All tables as text."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for table, numbers in measured(setting, people):
        for name, value in numbers.items():
            found[table, name].append(value)
    lines = []
    for (table, name), values in found.items():
        ours = np.percentile(values, PERCENTILES)
        real = REAL[table].get(name, ())
        share = ""
        if len(real) > 2:
            low, high = max(ours[0], real[0]), min(ours[-1], real[-1])
            share = f"{max(0.0, high - low) / (real[-1] - real[0]):.0%} in"
        row = " ".join(f"{value:7.2f}" for value in ours)
        beside = " ".join(f"{value:6.2f}" for value in real)
        lines.append(f"{table:8} {name:28} {row}   | {beside:35} {share}")
    return "\n".join(lines)


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "ordinary"
    click.echo(report(chosen, int(sys.argv[2]) if len(sys.argv) > 2 else 60))
