"""Why a camera cannot be opened on Linux, and the rule that mends it, to be copied."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.sources.devices.usb import UDEV_RULES
from app.ui.logic.camera_words import REPLUGGED, UDEV_COMMAND, blocked_sentence
from app.ui.logic.language import translate

RULE_LINES = 2


class PermissionPanel(QWidget):
    """Sentence, rule, and buttons that copy the rule or the command that installs it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sentence = QLabel(blocked_sentence())
        sentence.setWordWrap(True)
        self.rule = QPlainTextEdit(UDEV_RULES.rstrip())
        self.rule.setReadOnly(True)
        self.rule.setAccessibleName(translate("window", "Rule for udev"))
        self.rule.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.rule.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.rule.setTabChangesFocus(True)
        self.copy_rule = QPushButton(translate("window", "Copy the rule"))
        self.copy_command = QPushButton(translate("window", "Copy a command for the terminal"))
        self.copy_rule.clicked.connect(lambda: self._copy(UDEV_RULES))
        self.copy_command.clicked.connect(lambda: self._copy(UDEV_COMMAND))
        self.copy_command.setToolTip(translate("window", REPLUGGED))
        self._said = QLabel()
        self._said.setProperty("tone", "muted")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(sentence)
        column.addWidget(self.rule)
        row = QHBoxLayout()
        for widget in (self.copy_rule, self.copy_command, self._said):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)

    def showEvent(self, event: QShowEvent) -> None:
        """Have room for the whole rule, in today's letters."""
        super().showEvent(event)
        self.rule.setFixedHeight(self.rule.fontMetrics().lineSpacing() * (RULE_LINES + 2))

    def _copy(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self._said.setText(translate("window", "Copied."))
