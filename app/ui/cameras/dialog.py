"""The chooser of cameras: which there are, how the chosen one is set, what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.sources.contract import SourceError
from app.sources.devices.found import CameraState, ListedCamera
from app.ui.cameras.bias_form import BiasForm
from app.ui.cameras.permission import PermissionPanel
from app.ui.fitting import resize_to_fit, scale_of
from app.ui.logic.camera_words import (
    LOOKING,
    NONE_KNOWN,
    NONE_THERE,
    is_playing,
    model_of,
    state_of,
)
from app.ui.logic.heard import heard
from app.ui.logic.language import translate
from app.ui.logic.lookout import Lookout

COLUMNS, COLUMN_WIDTH = 3, 220
LIST_ROWS, ROW_PADDING = 4, 7
SMALLEST_WIDTH, FIRST_HEIGHT = 720, 460

BiasesOf = Callable[[str], Sequence[str]]


class CameraDialog(QDialog):
    """``opened`` carries the serial number of the camera and what is to be set on it."""

    opened = Signal(str, tuple)
    refreshed = Signal()

    def __init__(
        self, biases_of: BiasesOf, playing: str | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("window", "Open camera"))
        self._biases_of = biases_of
        self._playing = playing
        self._cameras: tuple[ListedCamera, ...] = ()
        self._shown: ListedCamera | None = None
        self._news = ""
        self.list = self._make_list()
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.form = BiasForm()
        self.form.changed.connect(self._judge)
        self.permission = PermissionPanel()
        self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for widget, stretch in (
            (self.list, 0), (self.permission, 0), (self.form, 1), (self.verdict, 0),
        ):  # fmt: skip
            column.addWidget(widget, stretch)
        column.addStretch(0)
        column.addWidget(self._buttons)
        self.setMinimumWidth(SMALLEST_WIDTH)
        resize_to_fit(self, SMALLEST_WIDTH, FIRST_HEIGHT)
        self._fit_list()
        self.list.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.list.itemDoubleClicked.connect(lambda *_: self.open_button.click())

    def show_lookout(self, lookout: Lookout) -> None:
        """List the cameras as they are now; the chosen one stays chosen."""
        chosen = self.chosen
        self._cameras = lookout.cameras
        blocker = QSignalBlocker(self.list)
        self.list.clear()
        for camera in self._cameras:
            texts = (model_of(camera), camera.serial, state_of(camera, self._playing))
            self.list.addTopLevelItem(QTreeWidgetItem(list(texts)))
        wanted = [
            _same(camera, chosen) if chosen is not None else is_playing(camera, self._playing)
            for camera in self._cameras
        ]
        if wanted:
            number = wanted.index(True) if True in wanted else 0
            self.list.setCurrentIndex(self.list.model().index(number, 0))
        blocker.unblock()
        self._say_about(lookout)
        self._show_chosen()

    @property
    def chosen(self) -> ListedCamera | None:
        """The camera that is marked in the list."""
        number = self.list.currentIndex().row()
        return self._cameras[number] if 0 <= number < len(self._cameras) else None

    def accept(self) -> None:
        """Open the chosen camera as it is set here."""
        chosen = self.chosen
        if chosen is not None and self.open_button.isEnabled():
            super().accept()
            self.opened.emit(chosen.serial, self.form.given)

    def _make_list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(COLUMNS)
        tree.setHeaderLabels(
            [
                translate("window", "Camera"),
                translate("window", "Serial number"),
                translate("window", "State"),
            ]
        )
        tree.setRootIsDecorated(False)
        tree.setAllColumnsShowFocus(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setAccessibleName(translate("window", "Cameras"))
        tree.header().setStretchLastSection(True)
        return tree

    def _fit_list(self) -> None:
        """Room for a few rows and for serial numbers, in today's letters."""
        scale = scale_of(self)
        self.list.ensurePolished()
        row = self.list.fontMetrics().lineSpacing() + round(ROW_PADDING * scale)
        frame = 2 * self.list.frameWidth()
        self.list.setFixedHeight(self.list.header().sizeHint().height() + LIST_ROWS * row + frame)
        for number in range(COLUMNS - 1):
            self.list.setColumnWidth(number, round(COLUMN_WIDTH * scale))

    def _make_buttons(self) -> None:
        self._buttons = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        self.refresh_button = self._buttons.addButton(
            translate("window", "Look again"), roles.ActionRole
        )
        cancel = self._buttons.addButton(translate("window", "Cancel"), roles.RejectRole)
        self.open_button = self._buttons.addButton(translate("window", "Open"), roles.AcceptRole)
        self.open_button.setObjectName("primary")
        for button in (self.refresh_button, cancel):
            button.setAutoDefault(False)  # Enter opens, wherever the focus is
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.refresh_button.clicked.connect(self.refreshed)

    def _say_about(self, lookout: Lookout) -> None:
        self._news = ""
        if lookout.trouble:
            self._news = heard(lookout.trouble) + "."
        elif not lookout.is_settled:
            self._news = translate("window", LOOKING)
        elif not self._cameras:
            self._news = translate("window", NONE_THERE if lookout.sees_plugs else NONE_KNOWN)

    def _show_chosen(self) -> None:
        """Offer what can be set on the chosen camera; what is typed for it stays."""
        chosen = self.chosen
        blocked = chosen is not None and chosen.state is CameraState.BLOCKED
        self.permission.setVisible(blocked)
        if chosen is not None and _same(chosen, self._shown):
            self._judge()
            return
        self._shown = chosen
        self.form.setVisible(chosen is not None and bool(chosen.adjustments))
        if chosen is not None:
            self.form.show_camera(chosen, self._biases_of(chosen.serial))
        self._judge()

    def _judge(self) -> None:
        """Say what is wrong, if anything is, and let only that be opened which can be."""
        chosen, news = self.chosen, self._news
        playing = chosen is not None and is_playing(chosen, self._playing)
        fits = playing or (chosen is not None and chosen.state is CameraState.FREE)
        if chosen is not None:
            try:
                self.form.check()
            except SourceError as error:
                news, fits = heard(str(error)) + ".", False
        words = translate("window", "Apply") if playing else translate("window", "Open")
        self.open_button.setText(words)
        self.open_button.setEnabled(fits)
        self.open_button.setDefault(fits)
        self.verdict.setText(news)
        self.verdict.setVisible(bool(news))


def _same(one: ListedCamera, other: ListedCamera | None) -> bool:
    return other is not None and (one.serial, one.adjustments) == (other.serial, other.adjustments)
