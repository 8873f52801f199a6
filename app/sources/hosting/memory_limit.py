"""A bound on the memory of the process that reads what others have written.

Whoever lies about a length makes a library ask for gigabytes; with a bound the request fails at
once, and the machine does not begin to swap.
"""

from __future__ import annotations

import sys

from app.sources.contract import PerformerSpec, SourceSpec

if sys.platform != "win32":
    import resource

LIMIT_BYTES = 1_400_000_000


def limit_memory(spec: SourceSpec) -> None:
    """Bound this very process, where the system can; the performer reads nothing of others."""
    if isinstance(spec, PerformerSpec) or sys.platform == "win32":
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = LIMIT_BYTES if hard == resource.RLIM_INFINITY else min(LIMIT_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
