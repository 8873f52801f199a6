"""What every page of the booth draws with: a painter, one unit of size, and large type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPen

from app.booth.scene import Scene
from app.ui.kiosk.lettering import draw_fitted, fitted
from app.ui.kiosk.poses import phase_at
from app.ui.kiosk.puppet import draw_puppet
from app.ui.theme import DARK

GROUND = DARK.event_ground
CARD = DARK.card
SIXTEENTHS = 16  # Qt's unit of angle is a sixteenth of a degree
TOP_DEG = 90
SOFT_EDGE = 7.0  # in units


@dataclass(frozen=True)
class View:
    """What there is to show.

    ``share`` is of the decision, ``dots`` draws the spikes into so much width and height.
    """

    scene: Scene
    now_s: float
    mirrored: bool
    has_camera: bool
    share: float | None = None
    picture: QImage | None = None
    dots: Callable[[float, float], QImage | None] | None = None


@dataclass(frozen=True)
class Said:
    """Text that was drawn: what, where, how high."""

    text: str
    place: QRectF
    px: float


@dataclass
class Easel:
    """``unit`` is a hundredth of the shorter side; ``said`` collects all text."""

    painter: QPainter
    rect: QRectF
    mirrored: bool
    said: list[Said] = field(default_factory=list)

    @property
    def unit(self) -> float:
        return min(self.rect.width(), self.rect.height()) / 100

    @property
    def is_portrait(self) -> bool:
        return self.rect.height() > self.rect.width()

    def inner(self, margin: float) -> QRectF:
        """The page without a margin, in units."""
        return inset(self.rect, margin * self.unit)

    def text(
        self, place: QRectF, text: str, units: float, colour: str = DARK.text, *,
        bold: bool = False, across: float = 0.0, lines: int = 4,
    ) -> QRectF:  # fmt: skip
        """Write at most ``units`` large into ``place``, in the middle of its height."""
        size = fitted(
            text, round(place.width(), 1), round(place.height(), 1), round(units * self.unit, 1),
            bold, lines,
        )  # fmt: skip
        used = draw_fitted(self.painter, place, size, QColor(colour), bold, across)
        self.said.append(Said(text, used, size.px))
        return used

    def puppet(self, place: QRectF, gesture: str | None, time_s: float, ground: str) -> None:
        """The figure, at its natural speed."""
        draw_puppet(
            self.painter, place, gesture, phase_at(gesture, time_s), DARK,
            mirrored=self.mirrored, ground=ground,
        )  # fmt: skip

    def picture(self, place: QRectF, image: QImage | None, round_units: float = 0.0) -> None:
        """Events, with a frame or with edges that fade away; without any the place stays dark."""
        painter = self.painter
        painter.save()
        if round_units:
            painter.setClipPath(rounded(place, round_units * self.unit))
        painter.fillRect(place, QColor(GROUND))
        if image is not None:
            painter.drawImage(place.toRect(), image)
        painter.restore()
        if round_units:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(DARK.border), 0.4 * self.unit))
            painter.drawPath(rounded(place, round_units * self.unit))
        elif image is not None:
            self._fade_edges(place, SOFT_EDGE * self.unit)

    def _fade_edges(self, place: QRectF, wide: float) -> None:
        """What moves out of the sensor's view leaves softly."""
        ground, clear = QColor(GROUND), QColor(GROUND)
        clear.setAlpha(0)
        left, right, top, bottom = place.left(), place.right(), place.top(), place.bottom()
        for corner, size, begin, end in (
            ((left, top), (wide, place.height()), (left, 0), (left + wide, 0)),
            ((right - wide, top), (wide, place.height()), (right, 0), (right - wide, 0)),
            ((left, top), (place.width(), wide), (0, top), (0, top + wide)),
            ((left, bottom - wide), (place.width(), wide), (0, bottom), (0, bottom - wide)),
        ):
            shade = QLinearGradient(*begin, *end)
            shade.setColorAt(0, ground)
            shade.setColorAt(1, clear)
            self.painter.fillRect(QRectF(*corner, *size), shade)

    def bar(self, place: QRectF, part: float, colour: str = DARK.accent) -> None:
        """A bar that is filled to ``part`` 0..1 from the left."""
        radius = place.height() / 2
        self.painter.fillPath(rounded(place, radius), QColor(DARK.raised))
        if part > 0:
            filled = QRectF(place)
            filled.setWidth(max(place.width() * min(part, 1.0), place.height()))
            self.painter.fillPath(rounded(filled, radius), QColor(colour))

    def ring(
        self, centre: QPointF, radius: float, width: float, part: float,
        colour: str = DARK.accent, track: str = DARK.raised,
    ) -> None:  # fmt: skip
        """A ring that is filled to ``part`` 0..1 from the top, clockwise."""
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(QColor(track), width))
        self.painter.drawEllipse(box)
        if part > 0:
            pen = QPen(QColor(colour), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            self.painter.setPen(pen)
            span = round(-360 * SIXTEENTHS * min(part, 1.0))
            self.painter.drawArc(box, TOP_DEG * SIXTEENTHS, span)

    def framed_puppet(
        self, place: QRectF, gesture: str | None, time_s: float, part: float, colour: str
    ) -> None:
        """The figure on a disc in a ring that is filled to ``part`` 0..1."""
        place = square_in(place)
        width = max(0.055 * place.width(), 1.0)
        radius = place.width() / 2 - width / 2
        self.disc(place.center(), radius, CARD)
        self.ring(place.center(), radius, width, part, colour)
        self.puppet(inset(place, 0.1 * place.width()), gesture, time_s, CARD)

    def disc(self, centre: QPointF, radius: float, colour: str) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(colour))
        self.painter.drawEllipse(centre, radius, radius)


def inset(place: QRectF, by: float) -> QRectF:
    return place.adjusted(by, by, -by, -by)


def rounded(place: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(place, radius, radius)
    return path


def rows(place: QRectF, *parts: float, gap: float = 0.0) -> list[QRectF]:
    """Cut ``place`` into rows whose heights are as ``parts``, ``gap`` pixels between them."""
    room = place.height() - gap * (len(parts) - 1)
    cut, top = [], place.top()
    for part in parts:
        height = room * part / sum(parts)
        cut.append(QRectF(place.left(), top, place.width(), height))
        top += height + gap
    return cut


def halves(place: QRectF, part: float, portrait: bool, gap: float) -> tuple[QRectF, QRectF]:
    """Left and right, or above and below where the page is upright; the first takes ``part``."""
    if portrait:
        upper, lower = rows(place, part, 1 - part, gap=gap)
        return upper, lower
    width = (place.width() - gap) * part
    left = QRectF(place.left(), place.top(), width, place.height())
    return left, place.adjusted(width + gap, 0, 0, 0)


def square_in(place: QRectF) -> QRectF:
    """The largest centred square."""
    side = min(place.width(), place.height())
    middle = place.center()
    return QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
