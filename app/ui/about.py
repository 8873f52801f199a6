"""What this program is, and which versions it runs on."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app import __version__
from app.ui.pictures import app_icon

LIBRARIES = ("numpy", "numba", "torch", "dv-processing", "PySide6-Essentials", "pyqtgraph")
BLURB = (
    "Recognises hand and arm gestures from an event camera, live, with a spiking neural network."
)


def versions() -> list[tuple[str, str]]:
    """(name, version) of what the program runs on, read without importing any of it."""
    found = [("Spikehand", __version__), ("Python", platform.python_version())]
    for name in LIBRARIES:
        try:
            found.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append((name, "not installed"))
    return [*found, ("System", platform.platform(terse=True))]


class AboutDialog(QDialog):
    """Name, purpose, versions, licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Spikehand")
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(96, 96))
        title = QLabel("Spikehand")
        title.setStyleSheet("font-size: 26px; font-weight: 600;")
        blurb = QLabel(BLURB)
        blurb.setWordWrap(True)
        table = QLabel("\n".join(f"{name}  {version}" for name, version in versions()))
        table.setProperty("tone", "muted")
        table.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        licence = QLabel("Apache License 2.0")
        licence.setProperty("tone", "muted")
        words = QVBoxLayout()
        for label in (title, blurb, table, licence):
            words.addWidget(label)
        words.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        buttons = QDialogButtonBox()
        buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 16)
        column.setSpacing(18)
        column.addLayout(row)
        column.addWidget(buttons)
        self.setMinimumWidth(480)
