"""What a command raises: the fault lies with what it was given, or with the program itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.commands.logs import where_details_are
from app.commands.shown import shown
from app.places import NoHomeError

if TYPE_CHECKING:
    from app.pipeline.snapshot import Snapshot


TEMPORARY_REMEDY = "set TMPDIR to a folder that can be written"
SHARED_MEMORY = "/dev/shm"
SHARED_REMEDY = "give the machine a /dev/shm that can be written (a container: --shm-size=64m)"


class BadInput(click.ClickException):
    """Something the user gave cannot be used; the message is one sentence."""

    exit_code = 2

    def __init__(self, sentence: str) -> None:
        super().__init__(shown(sentence))


class OurFault(click.ClickException):
    """The program itself is at fault, and the log has the traceback."""

    exit_code = 1

    def __init__(self, sentence: str) -> None:
        super().__init__(shown(f"a fault in Spikehand itself, {sentence}; {where_details_are()}"))
        self._sentence = sentence

    def __reduce__(self) -> tuple[type[OurFault], tuple[str]]:
        return OurFault, (self._sentence,)  # from one process to another


def check_failure(snapshot: Snapshot) -> None:
    """Pass on what went wrong in a pipeline, if anything did.

    Raises:
        BadInput: the source or the model failed.
        OurFault: the program did.
    """
    if snapshot.failure is not None:
        raise (OurFault if snapshot.failure_is_ours else BadInput)(snapshot.failure)


def place_at_fault(error: OSError) -> str | None:
    """A sentence with the remedy if the machine lacks a place that every program needs."""
    if isinstance(error, NoHomeError):
        return str(error)
    if error.filename is None and "usable temporary directory" in str(error.strerror):
        return f"there is no folder for temporary files: {TEMPORARY_REMEDY}"
    if error.filename == SHARED_MEMORY:
        return f"{error.strerror}: {SHARED_REMEDY}"
    return None


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turns a full disk, a read-only folder and the like into one sentence.

    Raises:
        BadInput: the operating system refused.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if place := place_at_fault(error):
            raise BadInput(place) from error
        reason = error.strerror or str(error)
        raise BadInput(f"cannot write {error.filename or path}: {reason}") from error


def refuse_to_overwrite(paths: list[Path], force: bool) -> None:
    """Let nothing be lost by accident.

    Raises:
        BadInput: a path exists and ``force`` is not given.
    """
    existing = [path for path in paths if path.exists() or path.is_symlink()]
    if existing and not force:
        more = f" and {len(existing) - 1} more" if len(existing) > 1 else ""
        raise BadInput(f"{existing[0]}{more} would be overwritten, which needs --force")


def refuse_the_source(source: Path, out: Path, what: str) -> None:
    """Let nothing be written over what it is read from, under whatever name; links may go round.

    Raises:
        BadInput: ``out`` is ``source``, which is a ``what``.
    """
    if os.path.realpath(out) == os.path.realpath(source):
        raise BadInput(f"expected an output file other than the {what} {out}")
