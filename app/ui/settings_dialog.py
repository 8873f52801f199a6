"""Every setting of the settings file, by group, to be searched, changed and put back."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.settings import Settings
from app.ui.fitting import resize_to_fit, scale_of
from app.ui.logic.language import translate
from app.ui.logic.setting_fields import setting_fields
from app.ui.logic.setting_words import group_name
from app.ui.setting_row import Change, SettingRow

WIDTH, HEIGHT, GROUPS_WIDTH = 700, 480, 120


class SettingsDialog(QDialog):
    """``change`` is asked for another value of the setting at a path; see ``SettingRow``."""

    def __init__(self, change: Change, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("window", "Settings"))
        self.rows = [SettingRow(field, change) for field in setting_fields()]
        self.search = QLineEdit()
        self.search.setPlaceholderText(translate("window", "Search"))
        self.search.setAccessibleName(translate("window", "Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.groups = QListWidget()
        self.groups.setAccessibleName(translate("window", "Groups of settings"))
        self.groups.currentRowChanged.connect(self._go_to)
        self.nothing = QLabel(translate("window", "No setting is called so."))
        self.nothing.hide()
        self._titles: list[QLabel] = []
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it scrolls by Tab
        self._area.setWidget(self._page())
        middle = QHBoxLayout()
        middle.addWidget(self.groups)
        middle.addWidget(self._area, 1)
        buttons = QDialogButtonBox()
        buttons.addButton(translate("window", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addLayout(middle, 1)
        column.addWidget(buttons)
        resize_to_fit(self, WIDTH, HEIGHT)

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        for row in self.rows:
            row.show_settings(settings)

    def showEvent(self, event: QShowEvent) -> None:
        """Have room for all names, in today's letters, and controls below each other."""
        super().showEvent(event)
        frame = 2 * self.groups.frameWidth()
        names = self.groups.sizeHintForColumn(0) + frame
        self.groups.setFixedWidth(max(names, round(GROUPS_WIDTH * scale_of(self))))
        widest = max(row.caption.sizeHint().width() for row in self.rows)
        for row in self.rows:
            row.caption.setMinimumWidth(widest)

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addWidget(self.nothing)
        for group, rows in groupby(self.rows, lambda row: row.field.group):
            title = QLabel(group_name(group))
            title.setObjectName("cardTitle")
            title.setContentsMargins(0, 12 if self._titles else 0, 0, 0)
            self._titles.append(title)
            self.groups.addItem(group_name(group))
            column.addWidget(title)
            for row in rows:
                column.addWidget(row)
        column.addStretch(1)
        return page

    def _find(self, text: str) -> None:
        # While something is searched, Tab leads to what was found: a group would end the search.
        policy = Qt.FocusPolicy.ClickFocus if text else Qt.FocusPolicy.StrongFocus
        self.groups.setFocusPolicy(policy)
        for row in self.rows:
            row.setVisible(row.matches(text))
        by_group = groupby(self.rows, lambda row: row.field.group)
        for title, (_, rows) in zip(self._titles, by_group, strict=True):
            title.setVisible(any(not row.isHidden() for row in rows))
        self.nothing.setVisible(all(row.isHidden() for row in self.rows))

    def _go_to(self, group: int) -> None:
        self.search.clear()
        bar = self._area.verticalScrollBar()
        bar.setValue(self._titles[group].y())
