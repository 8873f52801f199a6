"""The words of the window in the language that is spoken now. Knows no Qt.

A sentence stands in English where it is used, as ``translate("window", "Open {0}").format(name)``:
Qt's ``lupdate`` finds it by the name of the function. ``QT_TRANSLATE_NOOP`` marks one that is
translated later, as a constant is.
"""

from __future__ import annotations

from collections.abc import Callable

Translate = Callable[[str, str], str]


class _Spoken:
    """Who translates; nobody does until a language is chosen, and then it is English."""

    by: Translate | None = None


def speak(by: Translate | None) -> None:
    """Let ``by``, a function of context and English text, translate from now on."""
    _Spoken.by = by


def translate(context: str, text: str) -> str:
    """An English text in the language of the user, or as it is where no translation is known."""
    return text if _Spoken.by is None else _Spoken.by(context, text)


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """The same text, marked to be translated where it is shown."""
    return text
