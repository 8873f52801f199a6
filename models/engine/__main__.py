"""``python -m models.engine``: compile the engine ahead of its first use."""

from __future__ import annotations

from models.engine.session import ENGINES, EngineSession
from models.model_file import CHECKPOINTS, SUFFIX, load_model
from models.spec import TickEvents


def main() -> None:
    """Let every bundled spiking network run for a tick, which compiles what it needs."""
    for path in sorted(CHECKPOINTS.glob(f"*{SUFFIX}")):
        spec, weights = load_model(path)
        if spec.system in ENGINES:
            EngineSession(spec, weights).run(TickEvents.silence(spec.input_shape))


if __name__ == "__main__":
    main()
