"""What this program is, which versions it runs on, and whose work it rests on."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.ui.fitting import resize_to_fit
from app.ui.logic.citations import CITATIONS, Citation, as_bibtex
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.versions import versions
from app.ui.pictures import app_icon

BLURB = QT_TRANSLATE_NOOP(
    "window",
    "Recognises hand and arm gestures from an event camera, live, with a spiking neural network.",
)
DOI = "https://doi.org/"
WIDTH, HEIGHT = 560, 420


class AboutDialog(QDialog):
    """Name, purpose, licence; versions and citations, each to be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("window", "About Spikehand"))
        self._copied: list[Callable[[], str]] = []  # what each page puts on the clipboard
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(translate("window", "Versions and citations"))
        lines = "\n".join(f"{name}  {version}" for name, version in versions())
        self._add(translate("window", "Versions"), _versions(lines), lambda: lines)
        self._add(translate("window", "Citations"), _citations(), as_bibtex)
        buttons = QDialogButtonBox()
        self.copy = QPushButton()
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(translate("window", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(14)
        column.addLayout(_heading())
        column.addWidget(self.tabs, 1)
        column.addWidget(buttons)
        self.tabs.currentChanged.connect(self._name_copy)
        self._name_copy()
        resize_to_fit(self, WIDTH, HEIGHT)

    def _add(self, title: str, page: QWidget, copied: Callable[[], str]) -> None:
        self._copied.append(copied)
        self.tabs.addTab(page, title)

    def _name_copy(self) -> None:
        citing = self.tabs.currentIndex() > 0
        words = translate("window", "Copy as BibTeX") if citing else translate("window", "Copy")
        self.copy.setText(words)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._copied[self.tabs.currentIndex()]())


def _heading() -> QHBoxLayout:
    picture = QLabel()
    picture.setPixmap(app_icon().pixmap(64, 64))
    title = QLabel("Spikehand")
    title.setStyleSheet("font-size: 24px; font-weight: 600;")
    blurb = QLabel(translate("window", BLURB))
    blurb.setWordWrap(True)
    licence = QLabel("Apache License 2.0")
    licence.setProperty("tone", "muted")
    words = QVBoxLayout()
    for label in (title, blurb, licence):
        words.addWidget(label)
    row = QHBoxLayout()
    row.setSpacing(20)
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return row


def _versions(lines: str) -> QTextBrowser:
    page = QTextBrowser()
    page.setAccessibleName(translate("window", "Versions"))
    page.setPlainText(lines)
    return page


def _citations() -> QTextBrowser:
    page = QTextBrowser()
    page.setAccessibleName(translate("window", "Citations"))
    page.setOpenExternalLinks(True)
    page.setHtml("".join(map(_paragraph, CITATIONS)))
    return page


def _paragraph(citation: Citation) -> str:
    line = escape(citation.line)
    doi = dict(citation.where).get("doi")
    if doi is not None:
        line = f'{line} <a href="{DOI}{doi}">doi:{doi}</a>'
    return f"<p><b>{escape(translate('window', citation.what))}</b><br>{line}</p>"
