"""The style sheet of the window, written for one ``Look``."""

from __future__ import annotations

from app.ui.pictures import ASSETS
from app.ui.theme import Look


def style_sheet(look: Look) -> str:
    """Qt style sheet for every widget that is not drawn by hand."""
    px = look.px
    # Even, because Qt draws a square where a radius is more than half of what is left of a side.
    groove, handle = 2 * px(2), 2 * px(7)
    down, up = _picture("chevron_down"), _picture("chevron_up")
    tick = _picture("tick_dark" if look.dark else "tick_light")
    return f"""
* {{ font-size: {look.base_px}px; color: {look.text}; }}
QMainWindow, QDialog {{ background: {look.window}; }}
QToolTip {{
    background: {look.raised}; color: {look.text}; border: 1px solid {look.border};
    padding: {px(4)}px {px(6)}px;
}}

QMenuBar {{ background: {look.window}; padding: {px(3)}px {px(6)}px; }}
QMenuBar QToolButton#menuButton {{ margin-right: {px(6)}px; }}
QMenuBar::item {{
    padding: {px(4)}px {px(9)}px; border-radius: {px(5)}px; background: transparent;
}}
QMenuBar::item:selected {{ background: {look.raised}; }}
QMenu {{ background: {look.card}; border: 1px solid {look.border}; padding: {px(5)}px; }}
QMenu::item {{ padding: {px(6)}px {px(26)}px {px(6)}px {px(24)}px; border-radius: {px(4)}px; }}
QMenu::item:selected {{ background: {look.accent}; color: {look.on_accent}; }}
QMenu::item:disabled {{ color: {look.muted}; background: transparent; }}
QMenu::separator {{ height: 1px; background: {look.border}; margin: {px(5)}px {px(8)}px; }}
QMenu::indicator {{ width: {px(12)}px; height: {px(12)}px; margin-left: {px(5)}px; }}

QFrame#card {{
    background: {look.card}; border: 1px solid {look.border}; border-radius: {px(10)}px;
}}
QLabel {{ background: transparent; }}
QLabel#cardTitle {{ font-weight: 600; }}
QLabel[tone="muted"] {{ color: {look.muted}; }}
QLabel[tone="accent"] {{ color: {look.accent}; font-weight: 600; }}
QLabel#figure {{ font-weight: 600; }}
QLabel[tone="failure"] {{ color: {look.failure}; }}

QFrame#banner[kind="failure"] {{
    background: {look.failure_ground}; border: 1px solid {look.failure}; border-radius: {px(8)}px;
}}
QFrame#banner[kind="notice"] {{
    background: {look.notice_ground}; border: 1px solid {look.border}; border-radius: {px(8)}px;
}}

QToolButton, QPushButton {{
    background: transparent; border: 1px solid transparent; border-radius: {px(7)}px;
    padding: {px(5)}px;
}}
QPushButton {{
    background: {look.field}; border-color: {look.border}; padding: {px(8)}px {px(16)}px;
}}
QToolButton:hover, QPushButton:hover {{ background: {look.raised}; border-color: {look.border}; }}
QPushButton:hover {{ border-color: {look.accent}; }}
QToolButton:checked, QPushButton:checked {{
    background: {look.raised}; border-color: {look.accent};
}}
QPushButton:checked {{ color: {look.accent}; }}
QToolButton:checked:disabled {{ border-color: {look.border}; }}
QToolButton:pressed, QPushButton:pressed {{ background: {look.border}; }}
QToolButton:focus, QPushButton:focus, QComboBox:focus, QLineEdit:focus, QAbstractSpinBox:focus {{
    border: 2px solid {look.accent};
}}
QToolButton#menuButton {{
    background: {look.raised}; border-color: {look.border}; padding: {px(3)}px {px(8)}px;
}}
QToolButton#headerButton {{ padding: {px(3)}px; }}
QToolButton#menuButton:hover {{ border-color: {look.accent}; }}
QToolButton#menuButton:focus {{ border: 2px solid {look.accent}; }}
QToolButton#primary {{ background: {look.accent}; border-radius: {px(38) // 2}px; }}
QToolButton#primary:hover {{ border-color: {look.text}; }}
QToolButton#primary:focus {{ border: 2px solid {look.text}; }}
QToolButton#primary:disabled {{ background: {look.raised}; }}
QPushButton#flat {{ background: transparent; border-color: transparent; color: {look.accent}; }}
QPushButton#flat:hover, QPushButton#flat:focus {{ border: 1px solid {look.accent}; }}
QPushButton#bannerButton {{ padding: {px(4)}px {px(12)}px; }}
QPushButton#primary {{
    background: {look.accent}; color: {look.on_accent}; border-color: {look.accent};
    font-weight: 600;
}}
QPushButton#primary:hover, QPushButton#primary:focus {{ border: 2px solid {look.text}; }}
QPushButton:disabled, QPushButton#primary:disabled {{
    color: {look.muted}; background: transparent; border: 1px solid {look.border};
}}

QComboBox, QLineEdit, QAbstractSpinBox {{
    background: {look.field}; border: 1px solid {look.border}; border-radius: {px(7)}px;
    padding: {px(4)}px {px(8)}px; selection-background-color: {look.accent};
    selection-color: {look.on_accent};
}}
QComboBox:disabled, QAbstractSpinBox:disabled {{ color: {look.muted}; }}
QComboBox::drop-down {{ border: none; width: {px(22)}px; }}
QComboBox::down-arrow {{ image: url("{down}"); width: {px(14)}px; height: {px(14)}px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
    subcontrol-origin: border; border: none; width: {px(18)}px;
}}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
QAbstractSpinBox::up-arrow {{ image: url("{up}"); width: {px(11)}px; height: {px(11)}px; }}
QAbstractSpinBox::down-arrow {{ image: url("{down}"); width: {px(11)}px; height: {px(11)}px; }}
QComboBox QAbstractItemView {{
    background: {look.card}; border: 1px solid {look.border}; outline: none;
    selection-background-color: {look.accent}; selection-color: {look.on_accent};
}}

QCheckBox::indicator, QListWidget::indicator {{
    width: {px(14)}px; height: {px(14)}px; border: 1px solid {look.muted};
    border-radius: {px(4)}px; background: {look.field};
}}
QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {look.accent}; }}
QCheckBox::indicator:checked, QListWidget::indicator:checked {{
    width: {px(14) - 2}px; height: {px(14) - 2}px; border: 2px solid {look.muted};
    background: {look.accent}; image: url("{tick}");
}}

QProgressBar {{
    min-height: {px(8)}px; max-height: {px(8)}px; border: none; border-radius: {px(4)}px;
    background: {look.border};
}}
QProgressBar::chunk {{ background: {look.accent}; border-radius: {px(4)}px; }}

QSlider {{ min-height: {px(24)}px; }}
QSlider::groove:horizontal {{
    height: {groove}px; border-radius: {groove // 2}px; background: {look.border};
}}
QSlider::sub-page:horizontal {{ background: {look.accent}; border-radius: {groove // 2}px; }}
QSlider::sub-page:horizontal:disabled {{ background: {look.border}; }}
QSlider::handle:horizontal {{
    width: {handle}px; height: {handle}px; margin: -{(handle - groove) // 2}px 0;
    border-radius: {handle // 2}px; background: {look.text};
}}
QSlider::handle:horizontal:disabled {{ background: {look.border}; }}
QSlider::handle:horizontal:focus {{
    background: {look.accent}; border: 2px solid {look.text};
    width: {handle - 4}px; height: {handle - 4}px;
}}

QScrollArea {{ border: none; background: transparent; }}
QDoubleSpinBox#setting {{ min-height: {px(18)}px; }}
QListWidget {{
    background: transparent; border: 1px solid {look.border}; border-radius: {px(6)}px;
    outline: none;
}}
QListWidget:focus {{ border: 1px solid {look.accent}; }}
QListWidget::item {{ padding: {px(5)}px {px(8)}px; border-radius: {px(5)}px; }}
QListWidget::item:selected {{ background: {look.raised}; color: {look.accent}; }}
QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: 0; }}
QScrollBar::handle:vertical {{
    background: {look.border}; border-radius: {px(4)}px; min-height: {px(24)}px; margin: 1px;
}}
QScrollBar:horizontal {{ background: transparent; height: {px(10)}px; margin: 0; }}
QScrollBar::handle:horizontal {{
    background: {look.border}; border-radius: {px(4)}px; min-width: {px(24)}px; margin: 1px;
}}
QScrollBar::handle:hover {{ background: {look.muted}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QTabWidget::pane {{ border: 1px solid {look.border}; border-radius: {px(6)}px; top: -1px; }}
QTabBar::tab {{
    background: transparent; color: {look.muted}; padding: {px(6)}px {px(14)}px;
    border: 1px solid transparent; border-bottom: 2px solid transparent;
}}
QTabBar::tab:selected {{ color: {look.text}; border-bottom: 2px solid {look.accent}; }}
QTabBar::tab:focus {{ color: {look.accent}; }}
QTextBrowser, QPlainTextEdit {{ background: {look.card}; border: none; }}
QTextBrowser:focus, QPlainTextEdit:focus {{ border: 1px solid {look.accent}; }}
QTreeView::item {{ padding: {px(2)}px {px(4)}px; }}
QTreeView::item:selected {{ background: {look.accent}; color: {look.on_accent}; }}
QHeaderView {{ background: {look.raised}; }}
QHeaderView::section {{
    background: {look.raised}; color: {look.muted}; border: none; padding: {px(3)}px {px(6)}px;
}}
QHeaderView::down-arrow, QHeaderView::up-arrow {{
    width: {px(11)}px; height: {px(11)}px; right: {px(4)}px;
    subcontrol-origin: padding; subcontrol-position: center right;
}}
QHeaderView::down-arrow {{ image: url("{down}"); }}
QHeaderView::up-arrow {{ image: url("{up}"); }}
"""


def _picture(name: str) -> str:
    return (ASSETS / "icons" / f"{name}.svg").as_posix()
