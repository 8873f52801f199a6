"""When the votes in the window are a decision: the one place that knows, for who decides and for
who shows why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.settings import VoteSettings
from models.spec import ModelSpec


@dataclass(frozen=True, slots=True)
class VoteRule:
    """The leading class is decided if it leads alone and has as many votes as ``needed``.

    Those are ``min_count``, or as many as make the part ``min_share`` of all votes in the
    window of ``window_ticks`` if that is more. Nothing is decided in the first ``warm_up_ticks``
    of a stream nor before the window has filled after them; without a warm-up, not even the
    window need be full.
    """

    window_ticks: int
    min_share: float
    min_count: int
    warm_up_ticks: int = 0

    @classmethod
    def of(cls, spec: ModelSpec, vote: VoteSettings) -> VoteRule:
        """The rule for a model, whose own least number of votes holds unless one is set."""
        return cls(
            vote.window_ms * 1_000 // spec.tick_us,
            vote.min_share,
            vote.min_count or spec.min_count,
            vote.warm_up_ms * 1_000 // spec.tick_us,
        )

    @property
    def ready_after(self) -> int:
        """How many ticks of a stream must be over before anything is decided."""
        return self.warm_up_ticks + self.window_ticks if self.warm_up_ticks else 0

    def needed(self, total: int) -> int:
        """The least number of votes that decides while ``total`` are in the window."""
        least = int(self.min_share * total)
        reaches = total == 0 or least / total >= self.min_share
        return max(self.min_count, least if reaches else least + 1)

    def leader(self, votes: Sequence[int]) -> int | None:
        """The class that these votes decide on, if any."""
        top = max(votes)
        decided = top >= self.needed(sum(votes)) and votes.count(top) == 1
        return votes.index(top) if decided else None
