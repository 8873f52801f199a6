"""``python -m models.engine``: compile the engine ahead of its first use."""

from __future__ import annotations

import numpy as np

from models.engine.session import ENGINES, EngineSession
from models.model_file import CHECKPOINTS, SUFFIX, load_model


def main() -> None:
    """Let every bundled spiking network run for a tick, which compiles what it needs."""
    for path in sorted(CHECKPOINTS.glob(f"*{SUFFIX}")):
        spec, weights = load_model(path)
        if spec.system in ENGINES:
            EngineSession(spec, weights).run(np.zeros((1, *spec.input_shape), np.float32))


if __name__ == "__main__":
    main()
