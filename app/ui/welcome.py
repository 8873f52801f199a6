"""The first page: what this is and the ways to begin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from app.sources.formats.endings import FORMATS
from app.ui.actions import Actions
from app.ui.cameras.notice import CameraNotice
from app.ui.logic.heard import translated
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.pictures import app_icon, icon
from app.ui.theme import Look

BLURB = QT_TRANSLATE_NOOP(
    "window",
    "Watch a spiking neural network recognise hand and arm gestures, event by event.\n"
    "Where do the events come from?",
)
LONGEST = 60  # letters of a name
HINT = QT_TRANSLATE_NOOP("window", "Or drop a recording anywhere in this window: {0}.")


class Welcome(QWidget):
    """The start page: shown until a source has been asked for, and whenever it is wanted."""

    performer_requested = Signal()

    def __init__(
        self, actions: Actions, demonstrations: QMenu, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self.cameras = CameraNotice()
        self._picture = QLabel()
        self._title = QLabel("Spikehand")
        self._blurb = QLabel(translate("window", BLURB))
        self._hint = QLabel(translate("window", HINT).format(translated(FORMATS)))
        self._hint.setProperty("tone", "muted")
        self._add(
            "open",
            QT_TRANSLATE_NOOP("window", "Open a recording"),
            "folder",
            actions["open"].trigger,
        )
        self._add("demonstration", QT_TRANSLATE_NOOP("window", "Play a demonstration"), "play")
        self.buttons["demonstration"].setMenu(demonstrations)
        self._add(
            "performer",
            QT_TRANSLATE_NOOP("window", "Watch a synthetic person"),
            "person",
            self.performer_requested.emit,
        )
        self._add(
            "camera",
            QT_TRANSLATE_NOOP("window", "Connect a camera"),
            "camera",
            actions["camera"].trigger,
        )
        self._add(
            "network",
            QT_TRANSLATE_NOOP("window", "Connect to network"),
            "network",
            actions["network"].trigger,
        )
        has_any = not demonstrations.isEmpty()
        self.buttons["demonstration"].setVisible(has_any)
        self.first_button = self.buttons["demonstration" if has_any else "open"]
        self.first_button.setObjectName("primary")
        self.return_button = QPushButton()
        self.return_button.setObjectName("flat")
        self.show_return(None)
        self._rows = [QHBoxLayout(), QHBoxLayout()]
        self._column = QVBoxLayout(self)
        self._lay_out()

    def show_return(self, name: str | None) -> None:
        """Offer the way back to what plays, if anything does."""
        shown = self.fontMetrics().elidedText(
            name or "",
            Qt.TextElideMode.ElideMiddle,
            self.fontMetrics().averageCharWidth() * LONGEST,
        )
        self.return_button.setText(translate("window", "Back to: {0}").format(shown))
        self.return_button.setToolTip(name if name is not None and shown != name else "")
        self.return_button.setVisible(name is not None)

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._picture.setPixmap(app_icon().pixmap(look.px(112), look.px(112)))
        self._title.setStyleSheet(f"font-size: {look.px(34)}px; font-weight: 600;")
        self._blurb.setStyleSheet(f"font-size: {look.px(15)}px; color: {look.muted};")
        for button in self.buttons.values():
            primary = button.objectName() == "primary"
            colour = look.on_accent if primary else look.accent
            button.setIcon(icon(button.property("icon_name"), look, look.px(20), colour))
            button.setIconSize(QSize(look.px(20), look.px(20)))
            button.setMinimumSize(look.px(220), look.px(46))
        self._column.setSpacing(look.px(14))
        for row in self._rows:
            row.setSpacing(look.px(12))

    def _add(
        self, name: str, text: str, icon_name: str, pressed: Callable[[], object] | None = None
    ) -> None:
        words = translate("window", text)
        button = QPushButton(f"  {words}")
        button.setAccessibleName(words)
        button.setProperty("icon_name", icon_name)
        if pressed is not None:
            button.clicked.connect(lambda: pressed())
        self.buttons[name] = button

    def _lay_out(self) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        for label in (self._title, self._blurb, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for row, names in zip(
            self._rows, (("demonstration", "open"), ("performer", "camera", "network")), strict=True
        ):
            row.addStretch(1)
            for name in names:
                row.addWidget(self.buttons[name])
            row.addStretch(1)
        self._column.addStretch(3)
        self._column.addWidget(self._picture, 0, middle)
        self._column.addWidget(self._title)
        self._column.addWidget(self._blurb)
        self._column.addSpacing(12)
        for row in self._rows:
            self._column.addLayout(row)
        self._column.addWidget(self.cameras, 0, middle)
        self._column.addSpacing(12)
        self._column.addWidget(self._hint)
        self._column.addWidget(self.return_button, 0, middle)
        self._column.addStretch(4)
