"""What other rooms say, in the language of the window. Knows no Qt.

Sources, pipeline and networks know no languages: each says one English sentence, or several with
semicolons between. A catalogue of their patterns, such as ``the recording {0} is empty``, is
translated like every other text, and what stood in the places is put in again; it may itself be
such a sentence, as a reason is. What no pattern knows stays English.
"""

from __future__ import annotations

import re
from functools import cache

from app.ui.logic.language import translate
from app.ui.logic.said_by_devices import SAID_BY_DEVICES
from app.ui.logic.said_by_files import SAID_BY_FILES
from app.ui.logic.said_by_networks import SAID_BY_NETWORKS
from app.ui.logic.said_by_others import SAID_BY_OTHERS
from app.ui.logic.words import sentence

CATALOGUE = (*SAID_BY_FILES, *SAID_BY_DEVICES, *SAID_BY_NETWORKS, *SAID_BY_OTHERS)
BETWEEN = "; "
PLACE = re.compile(r"\{\d\}")


def heard(said: str) -> str:
    """``the recording a.aedat4 is empty`` becomes a sentence that the user reads."""
    spoken = translated(said)
    return sentence(said) if spoken == said else spoken


def translated(said: str) -> str:
    """The same without the capital at its beginning."""
    return BETWEEN.join(map(_translated, said.split(BETWEEN)))


def _translated(said: str) -> str:
    for pattern, form in _forms():
        found = form.fullmatch(said)
        if found is None:
            continue
        spoken = translate("window", pattern)
        return said if spoken == pattern else spoken.format(*map(_translated, found.groups()))
    return said


@cache
def _forms() -> list[tuple[str, re.Pattern[str]]]:
    """Patterns and what they look like, those that say most first."""
    by_words = sorted(CATALOGUE, key=lambda pattern: -len(PLACE.sub("", pattern)))
    return [(pattern, _form(pattern)) for pattern in by_words]


def _form(pattern: str) -> re.Pattern[str]:
    """Places are numbered in the order in which they come."""
    return re.compile("(.+?)".join(map(re.escape, PLACE.split(pattern))), re.DOTALL)
