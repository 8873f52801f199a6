"""Asks for the address of an event server and says at once what is wrong with it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from app import PROGRAM
from app.sources.address import EXAMPLE, parse_address
from app.sources.contract import NetworkSpec, SourceError
from app.ui.logic.words import sentence

BLURB = (
    "Events from another program or computer: DV's network output, or "
    f"“{PROGRAM} serve FILE --port”."
)
READY = "Ready to connect."


class ConnectDialog(QDialog):
    """``spec`` is what was entered, once the dialog is accepted."""

    def __init__(self, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Connect to network")
        self.spec: NetworkSpec | None = None
        blurb = QLabel(BLURB)
        blurb.setWordWrap(True)
        self.field = QLineEdit(address)
        self.field.setPlaceholderText(EXAMPLE)
        self.field.setAccessibleName("IP address and port")
        self.field.selectAll()
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.verdict.setProperty("tone", "muted")
        buttons = QDialogButtonBox()
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self.connect_button = buttons.addButton("Connect", QDialogButtonBox.ButtonRole.AcceptRole)
        self.connect_button.setObjectName("primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for widget in (blurb, QLabel("IP address : port"), self.field, self.verdict):
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
            self.verdict.setText(sentence(str(error)))
        else:
            self.verdict.setText(READY)
        self.connect_button.setEnabled(self.spec is not None)
