r"""The booth's languages: English in the source, others from files made with Qt's own tools.

After a sentence was changed, from the folder of the project:

    pyside6-lupdate app/ui/kiosk/*.py -ts assets/translations/spikehand_ko.ts \\
        -no-obsolete -locations none
    (translate what is "unfinished" in the .ts, with pyside6-linguist or an editor)
    pyside6-lrelease assets/translations/spikehand_ko.ts
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase

from app.ui.pictures import ASSETS

log = logging.getLogger(__name__)

FOLDER = ASSETS / "translations"
LANGUAGES = ("en", "ko")
NAME = "kiosk"
SYSTEM, ALTERNATE = "system", "alternate"


class Translations:
    """Speaks one of ``LANGUAGES``; ``alternate`` goes on to the next one, if that was wanted."""

    def __init__(self, application: QCoreApplication, language: str) -> None:
        self._application = application
        self._alternates = language == ALTERNATE
        self.language = "en"
        self.choose(system_language() if language in (SYSTEM, ALTERNATE) else language)

    def choose(self, language: str) -> None:
        """Speak ``language`` from now on; widgets hear of it by a LanguageChange event."""
        for other in self._application.findChildren(QTranslator, NAME):  # an earlier booth's, too
            self._application.removeTranslator(other)
            other.setParent(None)
        self.language = language
        if language == "en":
            return
        translator = QTranslator(self._application)
        translator.setObjectName(NAME)
        if not translator.load(str(FOLDER / f"spikehand_{language}.qm")):
            log.warning("the translation %s is missing; it is English", language)
            return
        self._application.installTranslator(translator)

    def alternate(self) -> None:
        """The next language, where languages alternate."""
        if self._alternates:
            place = LANGUAGES.index(self.language)
            self.choose(LANGUAGES[(place + 1) % len(LANGUAGES)])


def install(application: QCoreApplication, language: str) -> Translations:
    """Speak ``language``: one of ``LANGUAGES``, "system" or "alternate"."""
    return Translations(application, language)


def system_language() -> str:
    """The language of the desktop if it is one of ours, or else English."""
    code = QLocale.system().name().split("_")[0]
    return code if code in LANGUAGES else "en"


def korean_font_problem() -> str | None:
    """A sentence if no font here can write Korean, naming the package that brings one."""
    if QFontDatabase.families(QFontDatabase.WritingSystem.Korean):
        return None
    return "no font here has Korean letters: install one, such as the package fonts-nanum"


def readable_language(language: str) -> tuple[str, str | None]:
    """``language``, or English and why where no font here could write what was wanted."""
    wanted = system_language() if language == SYSTEM else language
    problem = None if wanted == "en" else korean_font_problem()
    return (language, None) if problem is None else ("en", f"{problem}; visitors read English")
