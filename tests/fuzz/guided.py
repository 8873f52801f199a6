"""``python -m tests.fuzz.guided TARGET``: damage that follows the code it reaches, by Atheris.

An extra beside ``python -m tests.fuzz``, for one parser at a time: Atheris instruments what it
imports and keeps inputs that reach something new. It ends at the first finding and keeps that
input. See tests/fuzz-requirements.txt.
"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["app", "models"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz one target for some time."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided", description=__doc__)
    parser.add_argument("target", choices=list(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--out", type=Path, default=Path("fuzz-findings"))
    asked = parser.parse_args()
    target = TARGETS[asked.target]
    asked.out.mkdir(parents=True, exist_ok=True)
    logging.disable()
    with TemporaryDirectory(prefix="spikehand-fuzz-") as name:
        corpus, work = Path(name) / "corpus", Path(name) / "work"
        corpus.mkdir()
        work.mkdir()
        for number, content in enumerate(target.seeds(work)):
            (corpus / f"seed{number}").write_bytes(content)
        path = work / target.file

        def take(content: bytes) -> None:
            path.write_bytes(content)
            target.take(path)

        limits = [f"-max_total_time={asked.seconds}", "-timeout=20", "-rss_limit_mb=1800"]
        kept = f"-artifact_prefix={asked.out}/{target.name}-"
        atheris.Setup([sys.argv[0], *limits, kept, "-max_len=200000", str(corpus)], take)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
