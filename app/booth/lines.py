"""Lines out of a pipe that anybody may write anything to."""

from __future__ import annotations

from app.booth.messages import LONGEST_LINE


class Lines:
    """Puts pieces together to lines; of a line that is too long nothing is kept."""

    def __init__(self, longest: int = LONGEST_LINE) -> None:
        self._longest = longest
        self._rest = b""
        self._skips = False

    def feed(self, piece: bytes) -> list[bytes]:
        """The lines that are whole by now, without their ends."""
        *lines, rest = piece.split(b"\n")
        if lines:
            lines[0] = self._rest + lines[0]
            skipped, self._skips, self._rest = self._skips, False, b""
            lines = [line for line in lines[skipped:] if len(line) <= self._longest]
        if not self._skips:
            self._rest += rest
            if len(self._rest) > self._longest:
                self._rest, self._skips = b"", True
        return lines
