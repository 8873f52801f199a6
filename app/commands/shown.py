"""The way to the terminal for every text: what a name holds is shown there and not obeyed.

Names of files, cameras and classes come from anywhere, and a terminal does what control characters
say: it hides lines, sets its title, or types for the user.
"""

from __future__ import annotations

import unicodedata

import click

# Controls, invisible ones that turn the direction of writing, and breaks of lines.
_OBEYED = {"Cc", "Cf", "Zl", "Zp"}
_KEPT = "\n\t\u200c\u200d"  # those join letters of Persian, and emoji


def shown(text: str) -> str:
    """The text with everything that a terminal would obey written out as ``\\x1b`` is."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def say(text: object = "", err: bool = False) -> None:
    """Write a line to stdout or stderr."""
    click.echo(shown(str(text)), err=err)


def _shown(letter: str) -> str:
    if letter in _KEPT or unicodedata.category(letter) not in _OBEYED:
        return letter
    return letter.encode("unicode_escape").decode("ascii")
