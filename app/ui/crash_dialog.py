"""A fault of the program itself: what can be told about it, to be copied and sent."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.places import NoHomeError, log_folder
from app.ui.fitting import resize_to_fit
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.mishap import Mishap
from app.ui.logic.report import report
from app.ui.main_window import MainWindow

ADVICE = QT_TRANSLATE_NOOP(
    "window",
    "The window goes on, and what plays may go on, too. If it happens again, please send this "
    "report; it holds no recording, but names of files and folders.",
)
WIDTH, HEIGHT = 660, 420


class CrashDialog(QDialog):
    """Shows a report."""

    def __init__(self, sentence: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("window", "A fault in the program"))
        said, advice = QLabel(sentence), QLabel(translate("window", ADVICE))
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(translate("window", "Report"))
        buttons = QDialogButtonBox()
        self.copy = _button(buttons, translate("window", "Copy the report"))
        self.folder = _button(buttons, translate("window", "Open the log folder"))
        buttons.addButton(translate("window", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        self.folder.setEnabled(bool(logs()))
        self.folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(logs())))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(12)
        for label in (said, advice):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        resize_to_fit(self, WIDTH, HEIGHT)


def _button(buttons: QDialogButtonBox, words: str) -> QPushButton:
    return buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)


def logs() -> str:
    """The folder of the log, empty where there is none."""
    try:
        return str(log_folder()) if log_folder().is_dir() else ""
    except NoHomeError:
        return ""


class Mishaps:
    """Tells of a fault on the banner, and of the first one in a dialog, too.

    Whoever has closed a dialog knows; more of them would hide the window.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.dialog: CrashDialog | None = None

    def tell(self, mishap: Mishap) -> None:
        """Show what happened."""
        self._window.say_failure(mishap.sentence)
        if self.dialog is None:
            self.dialog = CrashDialog(mishap.sentence, report(mishap), self._window)
            self.dialog.show()
