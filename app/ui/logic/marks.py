"""Two places in a recording, A and B, between which it plays again and again."""

from __future__ import annotations

from dataclasses import dataclass

# Nobody can see or recognise anything in less.
SHORTEST_US = 20_000

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marks:
    """Times in microseconds after the recording's beginning, none where nothing is marked."""

    a_us: int | None = None
    b_us: int | None = None

    @property
    def span(self) -> Span | None:
        """What plays again and again, none until B is marked."""
        return None if self.b_us is None else (self.a_us or 0, self.b_us)

    def with_a(self, t_us: int) -> Marks:
        """The same with A at ``t_us``; a B that lies before it goes."""
        keeps = self.b_us is not None and self.b_us - t_us >= SHORTEST_US
        return Marks(t_us, self.b_us if keeps else None)

    def with_b(self, t_us: int) -> Marks:
        """The same with B at ``t_us``; an A that lies behind it goes to the beginning."""
        keeps = self.a_us is not None and t_us - self.a_us >= SHORTEST_US
        return Marks(self.a_us if keeps else 0, max(t_us, SHORTEST_US))
