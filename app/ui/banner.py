"""One sentence across the top of the window that can be dismissed; never a dialog."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.pipeline.snapshot import Snapshot
from app.ui.logic.heard import heard, translated
from app.ui.logic.language import translate
from app.ui.logic.verdict import is_silent
from app.ui.pictures import icon
from app.ui.theme import DARK, Look


class Banner(QFrame):
    """Shows the newest failure or notice. A dismissed sentence stays away until it changes.

    A source that failed or could not be opened may be asked for again from here; why it could not
    be opened stays to be read, though something else may play long since.
    """

    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._look = DARK
        self._from_snapshot: str | None = None
        self._stays = False
        self._symbol = QLabel()
        self._sentence = QLabel()
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.dismiss_button = QToolButton()
        self.dismiss_button.setToolTip(translate("window", "Dismiss (Esc)"))
        self.dismiss_button.setAccessibleName(translate("window", "Dismiss this message"))
        self.dismiss_button.clicked.connect(self.dismiss)
        self.retry_button = QPushButton(translate("window", "Try again"))
        self.retry_button.setObjectName("bannerButton")
        self.retry_button.clicked.connect(lambda: self.retry_requested.emit())
        row = self._row = QHBoxLayout(self)
        row.addWidget(self._symbol)
        row.addWidget(self._sentence, 1)
        row.addWidget(self.retry_button)
        row.addWidget(self.dismiss_button)
        self.hide()

    @property
    def sentence(self) -> str:
        """What the banner says, empty while it is hidden."""
        return "" if self.isHidden() else self._sentence.text()

    @property
    def is_failure(self) -> bool:
        return self.property("kind") == "failure"

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what the pipeline has to say, if it says something new; a failure goes first."""
        note = snapshot.info.note if snapshot.info is not None else None
        lost = snapshot.failure or snapshot.not_opened
        silent = snapshot.notice if is_silent(snapshot) else None
        said = lost or snapshot.refusal or silent or snapshot.too_slow or snapshot.notice or note
        if said == self._from_snapshot:
            return
        self._from_snapshot = said
        if said is None:
            self.setVisible(self._stays and not self.isHidden())
        else:
            self._stays = said == snapshot.not_opened
            failure = said in (lost, snapshot.refusal)
            self.show_sentence(said, failure=failure, retry=lost is not None)

    def show_sentence(self, sentence: str, *, failure: bool, retry: bool = False) -> None:
        """Say something now, in place of whatever stood here; ``retry`` offers to try again."""
        self.setProperty("kind", "failure" if failure else "notice")
        self._sentence.setText(heard(sentence))
        named = (
            translate("window", "Failure: {0}") if failure else translate("window", "Notice: {0}")
        )
        self.setAccessibleName(named.format(translated(sentence)))
        self.retry_button.setVisible(retry)
        self.set_look(self._look)
        self.show()

    def dismiss(self) -> None:
        """Take the sentence away."""
        self.hide()

    def forget(self) -> None:
        """Take the sentence away and show even the same one when it comes again."""
        self._from_snapshot = None
        self.hide()

    def set_look(self, look: Look) -> None:
        """Take the colours and sizes of ``look``."""
        self._look = look
        name, colour = ("warning", look.failure) if self.is_failure else ("info", look.accent)
        side = look.px(20)
        self._symbol.setPixmap(icon(name, look, side, colour).pixmap(side, side))
        self.dismiss_button.setIcon(icon("close", look, look.px(16)))
        self.dismiss_button.setIconSize(QSize(look.px(16), look.px(16)))
        self._row.setContentsMargins(look.px(12), look.px(6), look.px(8), look.px(6))
        self._row.setSpacing(look.px(10))
        self.style().unpolish(self)
        self.style().polish(self)


class BannerRow(QVBoxLayout):
    """The banner with room at both sides, and none of it while it is hidden."""

    def __init__(self, banner: Banner) -> None:
        super().__init__()
        self.addWidget(banner)

    def set_look(self, look: Look) -> None:
        """Take the sizes of ``look``."""
        self.setContentsMargins(look.px(12), 0, look.px(12), 0)
