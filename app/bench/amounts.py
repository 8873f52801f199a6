"""How much is measured: enough for figures to be trusted, or just enough to see that all works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amounts:
    """``ticks`` a timing, ``events`` a decoded file, ``seconds`` of playing and of clips.

    ``rates`` in events a second, ``widths`` and ``sides`` as multiples of the default network's,
    and ``models`` by the names of their bundled files.
    """

    repeats: int = 5
    ticks: int = 400
    events: int = 8_000_000
    seconds: float = 5.0
    recordings: int | None = None
    rates: tuple[int, ...] = (
        1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 2_000_000, 5_000_000,
    )  # fmt: skip
    widths: tuple[int, ...] = (1, 2, 4, 8)
    sides: tuple[int, ...] = (1, 2, 4)
    models: tuple[str, ...] = ("default", "small", "eedn", "slayer", "decolle", "c3d")


FULL = Amounts()
QUICK = Amounts(
    repeats=2,
    ticks=80,
    events=100_000,
    seconds=0.5,
    recordings=1,
    rates=(1_000, 100_000),
    widths=(1, 2),
    sides=(1, 2),
    models=("default", "small"),
)
