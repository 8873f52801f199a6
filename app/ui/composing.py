"""The event picture as it is saved: enlarged by a whole number, with the decision below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.ui.logic.verdict import Verdict
from app.ui.logic.viewport import Viewport
from app.ui.notes import Corner, paint_note
from app.ui.pictures import gesture_picture
from app.ui.theme import BASE_PX, Look

# The shorter side of the picture is at least so long.
LEAST_SIDE = 480
STRIP_PART, LEAST_STRIP = 8, 64  # of the picture's height
NAME_FONT, SHARE_FONT = 2.0, 1.3


@dataclass(frozen=True, slots=True)
class Frame:
    """What a saved picture shows.

    ``viewport`` is the part of ``image`` that is seen; ``corner`` is written into its corner, and
    ``verdict`` stands below if there is any.
    """

    image: QImage
    viewport: Viewport
    corner: Sequence[str] = ()
    verdict: Verdict | None = None


def scale_for(width: int, height: int) -> int:
    """By how much a sensor's picture is enlarged: 4 for 128x128, 1 for 640x480."""
    return -(-LEAST_SIDE // min(width, height, LEAST_SIDE))


def size_for(width: int, height: int, *, decision: bool) -> QSize:
    """The size of the saved picture of a sensor; both sides are even, as films need them."""
    scale = scale_for(width, height)
    picture = QSize(_even(width * scale), _even(height * scale))
    strip = max(LEAST_STRIP, _even(picture.height() // STRIP_PART)) if decision else 0
    return QSize(picture.width(), picture.height() + strip)


def compose(frame: Frame, look: Look) -> QImage:
    """The picture to save."""
    width, height = frame.image.width(), frame.image.height()
    whole = size_for(width, height, decision=frame.verdict is not None)
    picture = QRect(0, 0, whole.width(), size_for(width, height, decision=False).height())
    look = replace(look, base_px=max(BASE_PX, BASE_PX * picture.height() // LEAST_SIDE))
    made = QImage(whole, QImage.Format.Format_RGB32)
    made.fill(QColor(look.card))
    painter = QPainter(made)
    seen = frame.viewport
    part = QRectF(seen.left, seen.top, seen.width, seen.height)
    painter.drawImage(QRectF(picture), frame.image, part)
    paint_note(painter, picture, Corner.TOP_LEFT, frame.corner, look)
    if frame.verdict is not None:
        strip = QRect(0, picture.height(), whole.width(), whole.height() - picture.height())
        _paint_verdict(painter, strip, frame.verdict, look)
    painter.end()
    return made


def pixels_of(image: QImage) -> np.ndarray:
    """(H, W, 3) uint8 red, green, blue of a picture in 32 bits; a copy."""
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[
        :, : image.width(), 2::-1
    ].copy()


def _paint_verdict(painter: QPainter, strip: QRect, verdict: Verdict, look: Look) -> None:
    side, gap = strip.height() - 8, look.px(10)
    painter.setOpacity(1.0 if verdict.decided else 0.55)
    painter.drawPixmap(gap, strip.top() + 4, gesture_picture(verdict.picture, side, 1.0, look))
    painter.setOpacity(1.0)
    words = strip.adjusted(side + 2 * gap, 0, -gap, 0)
    middle, left, right = (
        Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    )  # fmt: skip
    painter.setFont(look.font(SHARE_FONT))
    painter.setPen(QColor(look.accent))
    painter.drawText(words, middle | right, verdict.figure)
    words.setRight(words.right() - painter.fontMetrics().horizontalAdvance(verdict.figure) - gap)
    painter.setFont(look.font(NAME_FONT, bold=True))
    painter.setPen(QColor(look.text if verdict.decided else look.muted))
    metrics = painter.fontMetrics()
    name = metrics.elidedText(verdict.name, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(words, middle | left, name)


def _even(length: int) -> int:
    return length + length % 2
