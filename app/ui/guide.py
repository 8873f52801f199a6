"""The user's guide: the pages of ``docs``, which come along with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from app.ui.fitting import resize_to_fit
from app.ui.logic.language import translate
from app.ui.pictures import ASSETS

DOCS = ASSETS.parent / "docs"
LANGUAGES = {QLocale.Language.Korean: "ko"}
WIDTH, HEIGHT, MARGIN = 820, 640, 48
HEADING_SPACE, SPACE = 18, 8  # above a heading, below anything


def guide_file(language: QLocale.Language) -> Path:
    """The guide in a language, in English where there is none."""
    return DOCS / f"guide.{LANGUAGES.get(language, 'en')}.md"


def set_out(document: QTextDocument) -> None:
    """Give headings and paragraphs of a page the air that Markdown says nothing about."""
    block = document.begin()
    while block.isValid():
        spaced = block.blockFormat()
        heading = spaced.headingLevel() > 0
        spaced.setTopMargin(HEADING_SPACE if heading else 0)
        spaced.setBottomMargin(SPACE)
        QTextCursor(block).setBlockFormat(spaced)
        block = block.next()


class GuideBrowser(QTextBrowser):
    """Shows pages of the guide; what leads elsewhere opens in the system's browser."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures as wide as the page at most, which Qt would show in full and cut off."""
        path = self.source().resolved(QUrl(name)).toLocalFile()
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        picture, widest = QImage(path), self.viewport().width() - 2 * MARGIN
        if picture.width() <= widest:
            return picture
        return picture.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)


class GuideDialog(QDialog):
    """The guide beside the window, which goes on; a link leads to the other language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("window", "Spikehand: the guide"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.browser = GuideBrowser()
        self.browser.setOpenExternalLinks(True)
        self.browser.sourceChanged.connect(lambda _: set_out(self.browser.document()))
        self.browser.setAccessibleName(self.windowTitle())
        self.browser.document().setDocumentMargin(MARGIN / 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.browser)
        resize_to_fit(self, WIDTH, HEIGHT)
        self.browser.setSource(QUrl.fromLocalFile(str(guide_file(QLocale().language()))))
