"""Says on the start page that a camera has been plugged in, with a button that opens it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.sources.devices.found import CameraState, ListedCamera
from app.ui.logic.camera_words import model_of
from app.ui.logic.language import translate


class CameraNotice(QFrame):
    """Seen while a camera is connected; ``wished`` says that its button was pressed."""

    wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("kind", "notice")
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton()
        self.button.setObjectName("bannerButton")
        self.button.clicked.connect(self.wished)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(14)
        row.addWidget(self.words)
        row.addWidget(self.button)
        self.show_cameras(())

    def show_cameras(self, cameras: tuple[ListedCamera, ...]) -> None:
        """Tell of these; of none nothing."""
        self.setVisible(bool(cameras))
        if not cameras:
            return
        names = [f"{model_of(camera)} {camera.serial}".strip() for camera in cameras]
        self.words.setText(translate("window", "Connected: {0}").format(", ".join(names)))
        if all(camera.state is CameraState.BLOCKED for camera in cameras):
            self.button.setText(translate("window", "No permission: what to do …"))
        else:
            self.button.setText(translate("window", "Open" if len(cameras) == 1 else "Choose …"))
        self.button.setAccessibleName(f"{self.button.text()}, {self.words.text()}")
