"""Vector pictures from ``assets``, drawn in the colours of the theme.

The drawings stand on their own in a browser; here ``currentColor``, the colour of moving
things and the gaps between limbs are replaced before rendering.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ui.logic.verdict import NO_GESTURE
from app.ui.theme import Look

ASSETS = Path(__file__).resolve().parents[2] / "assets"
MOTION, GAP = "#ff9d3c", "#ffffff"


def gesture_picture(class_id: str, side_px: int, ratio: float, look: Look) -> QPixmap:
    """The pictogram of a class, square; a class without one gets the neutral picture."""
    path = ASSETS / "gestures" / f"{class_id}.svg"
    if not path.is_file():
        path = ASSETS / "gestures" / f"{NO_GESTURE}.svg"
    drawing = path.read_text(encoding="utf-8")
    drawing = drawing.replace(GAP, look.card).replace(MOTION, look.on)
    drawing = drawing.replace("currentColor", look.figure)
    return _render(drawing, side_px, ratio)


def icon(name: str, look: Look, side_px: int = 24, colour: str | None = None) -> QIcon:
    """A control icon, dimmed where the control is disabled."""
    drawing = (ASSETS / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for mode, shade in (
        (QIcon.Mode.Normal, colour or look.text),
        (QIcon.Mode.Disabled, look.border),
    ):
        for ratio in (1.0, 2.0):
            made.addPixmap(_render(drawing.replace("currentColor", shade), side_px, ratio), mode)
    return made


def app_icon() -> QIcon:
    """The icon of the program."""
    return QIcon(str(ASSETS / "icons" / "spikehand.svg"))


def _render(drawing: str, side_px: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(side_px, side_px) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side_px, side_px))
    painter.end()
    return pixmap
