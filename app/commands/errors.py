"""What a command raises when the fault lies with what it was given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


class BadInput(click.ClickException):
    """Something the user gave cannot be used; the message is one sentence."""

    exit_code = 2


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
        reason = error.strerror or str(error)
        raise BadInput(f"cannot write {error.filename or path}: {reason}") from error


def refuse_to_overwrite(paths: list[Path], force: bool) -> None:
    """Let nothing be lost by accident.

    Raises:
        BadInput: a path exists and ``force`` is not given.
    """
    existing = [path for path in paths if path.exists()]
    if existing and not force:
        more = f" and {len(existing) - 1} more" if len(existing) > 1 else ""
        raise BadInput(f"{existing[0]}{more} would be overwritten, which needs --force")
