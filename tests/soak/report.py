"""What was promised, what was measured, and whether the one holds for the other."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from tests.soak.census import Census
from tests.soak.faults import Fault

RECOVERY_S = 5.0
GROWTH_MB = 20.0
SUPERVISOR_MB = 30.0
# A source may be opened anew just when it is looked at.
FEW_HANDLES, FEW_THREADS = 8, 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fault, and after how long the booth recognised again: none if it did not."""

    at_s: float
    fault: Fault
    recovered_s: float | None
    orphans: int
    restarts: int


@dataclass
class Report:
    """Filled while it runs."""

    wanted: int
    outcomes: list[Outcome] = field(default_factory=list)
    before: Census | None = None
    after: Census | None = None
    samples: list[dict[str, float]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    failure: str | None = None
    exit_code: int | None = None
    minutes: float = 0.0

    def broken(self) -> list[str]:
        """A sentence for every promise that was not kept."""
        return list(self._broken())

    def as_dict(self) -> dict[str, object]:
        return {
            "minutes": round(self.minutes, 2),
            "wanted": self.wanted,
            "faults": [asdict(one) for one in self.outcomes],
            "slowest_s": max(self._times(), default=None),
            "before": self.before and asdict(self.before),
            "after": self.after and asdict(self.after),
            "samples": self.samples,
            "reasons": self.reasons,
            "leftovers": self.leftovers,
            "exit_code": self.exit_code,
            "broken": self.broken(),
        }

    def as_text(self) -> str:
        lines = [f"{'fault':16} {'number':>6} {'median':>8} {'slowest':>8}"]
        by_fault = defaultdict(list)
        for outcome in self.outcomes:
            by_fault[f"{outcome.fault.target} {outcome.fault.kind}"].append(outcome.recovered_s)
        for name, times in sorted(by_fault.items()):
            known = [one for one in times if one is not None]
            median, slowest = (statistics.median(known), max(known)) if known else (0.0, 0.0)
            lost = f"  {len(times) - len(known)} never" if len(known) < len(times) else ""
            lines.append(f"{name:16} {len(times):6} {median:7.2f}s {slowest:7.2f}s{lost}")
        if self.before and self.after:
            lines.append(f"{'':16} {'before':>9} {'after':>9}")
            after = asdict(self.after)
            lines += [
                f"{name:16} {value:9.1f} {after[name]:9.1f}"
                for name, value in asdict(self.before).items()
            ]
        lines.append(f"{self.minutes:.1f} minutes, {sum(o.orphans for o in self.outcomes)} orphans")
        return "\n".join([*lines, *(f"BROKEN: {sentence}" for sentence in self.broken())])

    def _times(self) -> list[float]:
        return [one.recovered_s for one in self.outcomes if one.recovered_s is not None]

    def _broken(self) -> Iterator[str]:
        if self.failure:
            yield self.failure
        if len(self.outcomes) < self.wanted:
            yield f"only {len(self.outcomes)} of {self.wanted} faults fitted into the time"
        for number, one in enumerate(self.outcomes, 1):
            if one.recovered_s is None or one.recovered_s > RECOVERY_S:
                took = "never" if one.recovered_s is None else f"after {one.recovered_s:.1f} s"
                yield f"fault {number}, {one.fault.target} {one.fault.kind}: recognised {took}"
            if one.orphans:
                yield f"fault {number}, {one.fault.target} {one.fault.kind}: {one.orphans} orphans"
        if self.leftovers:
            yield f"left behind: {', '.join(self.leftovers)}"
        if self.exit_code != 143:
            yield f"the supervisor ended with {self.exit_code} after SIGTERM instead of 143"
        if self.before and self.after:
            yield from self._grown(self.before, self.after)

    def _grown(self, before: Census, after: Census) -> Iterator[str]:
        for name, most in (
            ("memory_mb", GROWTH_MB), ("handles", FEW_HANDLES), ("threads", FEW_THREADS),
        ):  # fmt: skip
            was, now = getattr(before, name), getattr(after, name)
            if now - was > most:
                yield f"{name} grew from {was:.1f} to {now:.1f}"
        if after.supervisor_mb > SUPERVISOR_MB:
            yield f"the supervisor uses {after.supervisor_mb:.1f} MB"
