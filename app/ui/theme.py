"""Colours and sizes of the whole window. Every view is handed one ``Look`` and draws with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette

BASE_PX = 13
# The window is laid out for this size; a larger one grows the type along with the pictures.
DESIGN_WIDTH, DESIGN_HEIGHT = 1250, 800
# Below this, type and spaces shrink, and what matters least goes.
ROOMY_WIDTH, ROOMY_HEIGHT = 960, 620
# From this on, curves have room below the spikes.
RATES_WIDTH, RATES_HEIGHT = 1200, 680
# Below this, even the smallest type would be cut off.
SMALLEST_WIDTH, SMALLEST_HEIGHT = 780, 440
# From this on, past decisions have room below the spikes.
HISTORY_HEIGHT = 680
SMALLEST_PX = 10
MAX_SCALE = 2.5


@dataclass(frozen=True, slots=True)
class Look:
    """One theme at one size. Colours are #rrggbb, ``base_px`` is the height of body text.

    ``compact`` says that the window is so small that what matters least should go.
    """

    dark: bool
    window: str
    card: str
    raised: str
    field: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    event_ground: str
    off: str
    on: str
    failure: str
    failure_ground: str
    notice_ground: str
    figure: str
    base_px: int = BASE_PX
    compact: bool = False

    @property
    def strip_ground(self) -> str:
        """What spikes, votes and decisions lie on: white on a white card would show no ends."""
        return self.event_ground if self.dark else self.raised

    def px(self, length: float) -> int:
        """A length given for the smallest type, at this size."""
        return round(length * self.base_px / BASE_PX)

    def font(self, factor: float = 1.0, *, bold: bool = False) -> QFont:
        """The interface font at ``factor`` times body size."""
        font = QFont(QGuiApplication.font())
        font.setPixelSize(max(8, round(self.base_px * factor)))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font


DARK = Look(
    dark=True,
    window="#0d1117",
    card="#151b23",
    raised="#202833",
    field="#202833",
    border="#2a3340",
    text="#e8edf3",
    muted="#97a3b3",
    accent="#59cfc2",
    on_accent="#06201d",
    event_ground="#080b0f",
    off="#4da3ff",
    on="#ff9d3c",
    failure="#ff8a80",
    failure_ground="#3a1f22",
    notice_ground="#1c2f3d",
    figure="#dbe2ea",
)
LIGHT = Look(
    dark=False,
    window="#eceff3",
    card="#ffffff",
    raised="#f1f4f7",
    field="#ffffff",
    border="#d3dae2",
    text="#17202b",
    muted="#566274",
    accent="#0b7468",
    on_accent="#ffffff",
    event_ground="#ffffff",
    off="#1762b8",
    on="#c75a00",
    failure="#a81c1c",
    failure_ground="#fdeaea",
    notice_ground="#e4f0fa",
    figure="#2b3746",
)


def look_for(theme: str, base_px: int = BASE_PX, *, compact: bool = False) -> Look:
    """The look of a theme setting; ``system`` follows the desktop and is dark when in doubt."""
    if theme == "system":
        light = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light
    else:
        light = theme == "light"
    return replace(LIGHT if light else DARK, base_px=base_px, compact=compact)


def base_px_for(width: int, height: int, system_px: int = BASE_PX) -> int:
    """Body text for a window of this size: readable from afar on a large screen.

    The desktop's own text size ``system_px`` is taken where the window has room for it.
    """
    room = min(width / ROOMY_WIDTH, height / ROOMY_HEIGHT)
    if room < 1.0:
        return max(SMALLEST_PX, int(BASE_PX * room))
    scale = min(max(min(width / DESIGN_WIDTH, height / DESIGN_HEIGHT), 1.0), MAX_SCALE)
    return max(round(BASE_PX * scale), min(system_px, int(BASE_PX * room)))


def is_compact(width: int, height: int) -> bool:
    """Whether a window of this size has no room for everything."""
    return width < ROOMY_WIDTH or height < ROOMY_HEIGHT


def has_room_for_rates(width: int, height: int, base_px: int) -> bool:
    """Whether a window of this size and type has room for curves beside everything else."""
    scale = BASE_PX / base_px
    return width * scale >= RATES_WIDTH and height * scale >= RATES_HEIGHT


def has_room_for_history(height: int, base_px: int) -> bool:
    """Whether a window of this height and type has room for past decisions."""
    return height * BASE_PX / base_px >= HISTORY_HEIGHT


def system_px() -> int:
    """The height of body text on this desktop."""
    return QFontInfo(QGuiApplication.font()).pixelSize()


def palette_for(look: Look) -> QPalette:
    """Qt's palette, for everything the style sheet does not name."""
    role = QPalette.ColorRole
    palette = QPalette()
    for target, colour in (
        (role.Window, look.window),
        (role.WindowText, look.text),
        (role.Base, look.card),
        (role.AlternateBase, look.raised),
        (role.Text, look.text),
        (role.PlaceholderText, look.muted),
        (role.Button, look.raised),
        (role.ButtonText, look.text),
        (role.ToolTipBase, look.raised),
        (role.ToolTipText, look.text),
        (role.Highlight, look.accent),
        (role.HighlightedText, look.on_accent),
        (role.Accent, look.accent),
        (role.Link, look.accent),
        (role.Mid, look.border),
        (role.Light, look.raised),
        (role.Dark, look.border),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(look.border))
    return palette
