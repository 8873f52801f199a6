"""``python -m app.booth CONFIG``: the supervisor, told by one JSON object what to do."""

from __future__ import annotations

import os
import sys

from app.booth.config import Config, ConfigError

BAD_INPUT = 2


def main(arguments: list[str]) -> int:
    """Run the booth; the exit code of the process."""
    if os.name != "posix":
        return _refuse("the supervisor needs Linux or macOS: start the kiosk without it")
    from app.booth.records import AlreadyRunning
    from app.booth.supervisor import Supervisor

    try:
        if len(arguments) != 1:
            raise ConfigError(f"expected one JSON object, got {len(arguments)} words")
        supervisor = Supervisor(Config.decode(arguments[0]))
    except ConfigError as error:
        return _refuse(str(error))
    except AlreadyRunning:
        return _refuse("the kiosk runs already")
    return supervisor.run()


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"Error: {sentence}\n")
    return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
