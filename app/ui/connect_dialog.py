"""Asks for the address of an event server and says at once what is wrong with it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from app import PROGRAM
from app.sources.address import EXAMPLE, parse_address
from app.sources.contract import NetworkSpec, SourceError
from app.ui.logic.heard import heard
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate

BLURB = QT_TRANSLATE_NOOP(
    "window",
    "Events from another program or computer: DV's network output, or “{0} serve FILE --port”.",
)
READY = QT_TRANSLATE_NOOP("window", "Ready to connect.")


class ConnectDialog(QDialog):
    """``spec`` is what was entered, once the dialog is accepted."""

    def __init__(self, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("window", "Connect to network"))
        self.spec: NetworkSpec | None = None
        blurb = QLabel(translate("window", BLURB).format(PROGRAM))
        blurb.setWordWrap(True)
        self.field = QLineEdit(address)
        self.field.setPlaceholderText(EXAMPLE)
        self.field.setAccessibleName(translate("window", "IP address and port"))
        self.field.selectAll()
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setProperty("tone", "muted")
        buttons = QDialogButtonBox()
        buttons.addButton(translate("window", "Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.connect_button = buttons.addButton(
            translate("window", "Connect"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.connect_button.setObjectName("primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        caption = QLabel(translate("window", "IP address : port"))
        for widget in (blurb, caption, self.field, self.verdict):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setMinimumWidth(460)
        self.field.textChanged.connect(self._judge)
        self._judge(address)

    def _judge(self, text: str) -> None:
        try:
            self.spec = parse_address(text)
        except SourceError as error:
            self.spec = None
            self.verdict.setText(heard(str(error)))
        else:
            self.verdict.setText(translate("window", READY))
        self.connect_button.setEnabled(self.spec is not None)
