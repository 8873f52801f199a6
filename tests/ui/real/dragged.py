"""A small window from which a file can be dragged, as from a file manager.

``python -m tests.ui.real.dragged FILE`` stands in the upper left corner of the screen, above
everything. It has to stay until the file is open: only then is it asked for what was dropped.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

SIDE = 60
TITLE = "a file to drag"


class Dragged(QLabel):
    """The file begins to be dragged when the mouse is moved on it."""

    def __init__(self, path: str) -> None:
        super().__init__(TITLE)
        self._path = path
        self.setWindowTitle(TITLE)
        self.setWindowFlags(Qt.WindowType.X11BypassWindowManagerHint)
        self.setGeometry(0, 0, SIDE, SIDE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        drag, what = QDrag(self), QMimeData()
        what.setUrls([QUrl.fromLocalFile(self._path)])
        drag.setMimeData(what)
        drag.exec(Qt.DropAction.CopyAction)


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    label = Dragged(sys.argv[1])
    label.show()
    sys.exit(application.exec())
