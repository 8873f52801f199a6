"""The supervisor in a hurry: the same program with shorter times, to be run as a process."""

from __future__ import annotations

import sys

from app.booth import backoff, gauges, heart, supervisor
from app.booth.__main__ import main

if __name__ == "__main__":
    backoff.FIRST_PAUSE_S = 0.2
    heart.SILENT_S, heart.FROZEN_S = 1.0, 1.2
    heart.SETTLED_S = heart.WELL_S = 0.3
    gauges.MEMORY_EVERY_S = 0.1
    supervisor.TICK_S = 0.03
    supervisor.GRACE_S, heart.START_S = map(float, sys.argv[2:])
    sys.exit(main(sys.argv[1:2]))
