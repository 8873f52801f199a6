"""A button that opens a menu below itself."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.ui.pictures import icon
from app.ui.theme import Look


class MenuButton(QToolButton):
    """Words with an arrow. Qt's own menu buttons hold up the program's loop while they are open."""

    def __init__(self, menu: QMenu | None, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("menuButton")
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow to the right
        self._menu = menu
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> None:
        """Show the menu, if the button is seen; it stays until the user has chosen or left."""
        if self._menu is None or not self.isVisible():
            return
        window = self.window()
        room = window.mapToGlobal(window.rect().bottomRight()).x() - self._menu.sizeHint().width()
        below = self.mapToGlobal(QPoint(0, self.height()))
        self._menu.popup(QPoint(max(min(below.x(), room), window.x()), below.y()))

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        side = look.px(14)
        self.setIcon(icon("chevron_down", look, side))
        self.setIconSize(QSize(side, side))
