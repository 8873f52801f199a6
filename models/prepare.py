"""``python -m models.prepare``: compile everything ahead of its first use."""

from __future__ import annotations

import numpy as np

from models.data.performer import get_ready
from models.engine.session import ENGINES, EngineSession
from models.model_file import CHECKPOINTS, SUFFIX, load_model
from models.neurons.single import WALKS, at_rest, walk
from models.spec import TickEvents


def main() -> None:
    """Let every bundled spiking network, the performer and single neurons run for a moment."""
    for path in sorted(CHECKPOINTS.glob(f"*{SUFFIX}")):
        spec, weights = load_model(path)
        if spec.system in ENGINES:
            EngineSession(spec, weights).run(TickEvents.silence(spec.input_shape))
    get_ready()
    for kind in WALKS:
        walk(np.zeros(1), 1.0, kind(), at_rest())


if __name__ == "__main__":
    main()
