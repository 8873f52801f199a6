"""The booth on a bundled recording, to be tormented: ``python -m tests.ui.kiosk.booth_process``.

Takes the PIN, or nothing for a booth without one.
"""

from __future__ import annotations

import sys


def main() -> int:
    # A source's child imports this file anew and needs none of it.
    from app.booth.pin import hash_pin
    from app.commands.interrupt import clean_up_on_sigterm
    from app.commands.logs import set_up_logging
    from app.settings import KioskSettings, Settings
    from app.sources.bundled import greeting
    from app.ui.kiosk.launch import run_kiosk

    set_up_logging()
    pin = hash_pin(sys.argv[1]) if len(sys.argv) > 1 else None
    settings = Settings(kiosk=KioskSettings(pin=pin))
    with clean_up_on_sigterm():
        return run_kiosk(greeting(), settings, watched=True)


if __name__ == "__main__":
    sys.exit(main())
