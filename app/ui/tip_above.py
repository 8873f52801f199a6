"""Tooltips that stand above what they are about, so that they do not cover it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QLabel, QToolTip, QWidget

QT_TIP = "qtooltip_label"
GAP = 4


class TipAbove(QObject):
    """Shows the tooltip of ``widget`` above it, or below where the screen ends above."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ToolTip or not isinstance(watched, QWidget):
            return False
        assert isinstance(event, QHelpEvent)
        QToolTip.showText(event.globalPos(), watched.toolTip(), watched)
        # Qt shows tips below the pointer, and its label can be moved only afterwards. It is a child
        # of the first widget that it was shown for, so the whole window is asked.
        for tip in watched.window().findChildren(QLabel, QT_TIP):
            if tip.isVisible():
                tip.setGeometry(QRect(_place(tip, watched), tip.size()))
        return True


def _place(tip: QWidget, widget: QWidget) -> QPoint:
    corner, screen = widget.mapToGlobal(QPoint()), widget.screen().availableGeometry()
    above = corner.y() - tip.height() - GAP
    y = above if above >= screen.top() else corner.y() + widget.height() + GAP
    return QPoint(max(min(corner.x(), screen.right() - tip.width()), screen.left()), y)
