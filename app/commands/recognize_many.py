"""Several recordings for ``recognize``, in as many processes as there are cores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

import click

from app.commands.jobs import spread
from app.commands.playing import Order
from app.commands.reporting import JsonReport, TextReport, run_report
from app.commands.shown import say
from app.commands.sourcing import file_spec


@dataclass(slots=True)
class Heard:
    """What is to be written about one recording: lines, each for stdout or for stderr.

    ``exit_code`` is that of a command for this recording alone.
    """

    name: str
    lines: list[tuple[str, bool]] = field(default_factory=list)
    exit_code: int = 0

    def write_json(self, text: str) -> None:
        self.lines.append((text, False))

    def write_text(self, text: str) -> None:
        self.lines.append((f"{self.name}: {text}" if text else text, False))

    def note(self, notes: Iterable[str]) -> None:
        self.lines += [(f"Note: {self._named(each)}", True) for each in notes]

    def fail(self, error: click.ClickException) -> None:
        self.lines.append((f"Error: {self._named(error.format_message())}", True))
        self.exit_code = error.exit_code

    def _named(self, sentence: str) -> str:
        return sentence if self.name in sentence else f"{self.name}: {sentence}"


def recognize_one(order: Order, name: str, every_us: int, as_json: bool) -> Heard:
    """Play a recording to its end, or to where it fails."""
    heard = Heard(name)
    report = (
        JsonReport(heard.write_json, {"source": name}) if as_json else TextReport(heard.write_text)
    )
    try:
        run_report(order, every_us, report, lambda: False, heard.note)
    except click.ClickException as error:
        heard.fail(error)
    return heard


def recognize_many(
    files: Sequence[str], order: Order, every_us: int, as_json: bool, jobs: int | None
) -> int:
    """Write what is recognised in ``files``, in their order, each as soon as its turn comes.

    ``order`` is for every one of them. Returns the exit code: that of a fault of ours before that
    of bad input before 0.

    Raises:
        BadInput: a process died.
    """
    parts = [(replace(order, spec=file_spec(file)), file, every_us, as_json) for file in files]
    codes = set()
    with closing(spread(recognize_one, parts, jobs)) as everything:
        for heard in everything:
            for line, is_error in heard.lines:
                say(line, err=is_error)
            codes.add(heard.exit_code)
    return min(codes - {0}, default=0)
