r"""The window's languages: English in the source, others from files made with Qt's own tools.

After a text was changed, from the folder of the project:

    pyside6-lupdate $(find app/ui -name '*.py' -not -path '*/kiosk/*') \\
        -ts assets/translations/window_ko.ts -no-obsolete -locations none
    (translate what is "unfinished" in the .ts, with pyside6-linguist or an editor)
    pyside6-lrelease assets/translations/window_ko.ts
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.ui.kiosk.translations import FOLDER, SYSTEM, korean_font_problem, system_language
from app.ui.logic.language import QT_TRANSLATE_NOOP, speak, translate

log = logging.getLogger(__name__)

# Each in its own words, so that whoever reads no other finds it.
LANGUAGES = {
    "system": QT_TRANSLATE_NOOP("window", "&As the desktop"),
    "en": "&English",
    "ko": "한국어(&K)",
}
NAME = "window"
# What Qt's dialog for files says and Qt's own translations leave out.
FILE_DIALOG = ("QFileDialog", "QAbstractFileIconProvider")
FILE_WORDS = (
    QT_TRANSLATE_NOOP("window", "&Look in:"),
    QT_TRANSLATE_NOOP("window", "Files of &type:"),
    QT_TRANSLATE_NOOP("window", "Folder"),
    QT_TRANSLATE_NOOP("window", "Drive"),
    QT_TRANSLATE_NOOP("window", "File"),
    QT_TRANSLATE_NOOP("window", "%1 File"),
    QT_TRANSLATE_NOOP("window", "Unknown"),
)


class _FileWords(QTranslator):
    """Translates ``FILE_WORDS`` for Qt."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        # None, and not an empty text, which would be shown.
        known = context in FILE_DIALOG and text in FILE_WORDS
        return translate("window", text) if known else None


def speak_language(application: QCoreApplication, wanted: str) -> str | None:
    """Speak one of ``LANGUAGES`` from now on; a sentence if no font here can write it."""
    _forget(application)
    language = system_language() if wanted == SYSTEM else wanted
    problem = None if language == "en" else korean_font_problem()
    if problem is not None:
        language = "en"
    follows = wanted == SYSTEM and problem is None
    QLocale.setDefault(QLocale.system() if follows else QLocale(language))
    if language != "en":
        _speak(application, language)
    if problem is None:
        return None
    return translate("window", "{0}; the window speaks English").format(problem)


def _speak(application: QCoreApplication, language: str) -> None:
    words = QTranslator(application)
    words.setObjectName(NAME)
    if not words.load(str(FOLDER / f"window_{language}.qm")):
        log.warning("the translation %s is missing; it is English", language)
        return
    speak(lambda context, text: words.translate(context, text) or text)
    # Qt has words of its own: the buttons of its dialogs, the menus of its fields.
    files = _FileWords(application)
    files.setObjectName(NAME)
    application.installTranslator(files)
    own = QTranslator(application)
    own.setObjectName(NAME)
    if own.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(own)


def _forget(application: QCoreApplication) -> None:
    speak(None)
    for before in application.findChildren(QTranslator, NAME):
        application.removeTranslator(before)
        before.setParent(None)
