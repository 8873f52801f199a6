"""The command line of ``python -m tests.fuzz``; it ends with 1 if there is a finding."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz.run import Tally, fuzz
from tests.fuzz.targets import TARGETS


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000, help="damaged inputs in all")
    parser.add_argument("--target", action="append", choices=list(TARGETS), help="only this one")
    parser.add_argument("--seed", type=int, default=0, help="another one, other inputs")
    parser.add_argument("--limit-s", type=float, default=20.0, help="what an input may take")
    parser.add_argument("--nice", type=int, default=10, help="how far behind other programs")
    parser.add_argument("--out", type=Path, default=Path("fuzz-findings"), help="inputs to keep")
    return parser.parse_args(arguments)


def told(tally: Tally) -> str:
    """A target in one line, and each kind of finding in one more."""
    lines = [
        f"{tally.target:12} {tally.inputs:>8,} inputs  {tally.used:>8,} used  "
        f"{len(tally.findings):>5,} findings  {tally.inputs / tally.took_s:>7,.0f}/s"
    ]
    kinds = Counter((finding.what, finding.where) for finding in tally.findings)
    first = {(each.what, each.where): each.index for each in reversed(tally.findings)}
    lines += [
        f"    {count:>5,} x {what} ({where}), first with input {first[what, where]}"
        for (what, where), count in kinds.most_common()
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Feed the targets, an equal share each; gives the exit code."""
    asked = parsed(arguments)
    os.nice(asked.nice)
    chosen = [TARGETS[name] for name in asked.target or TARGETS]
    found = 0
    for place, target in enumerate(chosen):
        share = asked.inputs // len(chosen) + (place < asked.inputs % len(chosen))
        if share:
            tally = fuzz(target, share, asked.seed, asked.limit_s, asked.out)
            print(told(tally), flush=True)  # noqa: T201
            found += len(tally.findings)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
