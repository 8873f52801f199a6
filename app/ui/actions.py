"""Every command of the window once: its words, its keys and its icon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from app.ui.logic.words import without_key
from app.ui.pictures import icon
from app.ui.theme import Look


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """A command as menus, buttons and the list of shortcuts show it."""

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str | None = None
    checkable: bool = False


ACTIONS = (
    ActionSpec("start", QT_TRANSLATE_NOOP("window", "&Start page"), ("Alt+Home",), "home"),
    ActionSpec("open", QT_TRANSLATE_NOOP("window", "&Open recording …"), ("Ctrl+O",), "folder"),
    ActionSpec("new_window", QT_TRANSLATE_NOOP("window", "New &window"), ("Ctrl+Shift+N",)),
    ActionSpec("camera", QT_TRANSLATE_NOOP("window", "Open &camera …"), ("Ctrl+K",), "camera"),
    ActionSpec(
        "camera_settings", QT_TRANSLATE_NOOP("window", "Camera settin&gs …"), ("Ctrl+Alt+K",)
    ),
    ActionSpec(
        "network", QT_TRANSLATE_NOOP("window", "Connect to &network …"), ("Ctrl+N",), "network"
    ),
    ActionSpec(
        "record",
        QT_TRANSLATE_NOOP("window", "&Record this source …"),
        ("Ctrl+R",),
        "record",
        checkable=True,
    ),
    ActionSpec("file_info", QT_TRANSLATE_NOOP("window", "About this record&ing"), ("Ctrl+I",)),
    ActionSpec("export_decisions", QT_TRANSLATE_NOOP("window", "E&xport decisions …"), ("Ctrl+E",)),
    ActionSpec("settings", QT_TRANSLATE_NOOP("window", "Se&ttings …"), ("Ctrl+,",)),
    ActionSpec("save_picture", QT_TRANSLATE_NOOP("window", "Save the &picture …"), ("Ctrl+S",)),
    ActionSpec(
        "film",
        QT_TRANSLATE_NOOP("window", "&Film what is shown …"),
        ("Ctrl+Shift+S",),
        checkable=True,
    ),
    ActionSpec(
        "film_recording",
        QT_TRANSLATE_NOOP("window", "Film the recording, or A to &B …"),
        ("Ctrl+Shift+F",),
    ),
    ActionSpec("quit", QT_TRANSLATE_NOOP("window", "&Quit"), ("Ctrl+Q",)),
    ActionSpec("play", QT_TRANSLATE_NOOP("window", "&Play or pause"), ("Space",), "play"),
    ActionSpec("restart", QT_TRANSLATE_NOOP("window", "From the be&ginning"), ("Home",), "restart"),
    ActionSpec("step_back", QT_TRANSLATE_NOOP("window", "Step bac&k"), (",",), "step_back"),
    ActionSpec(
        "step_forward", QT_TRANSLATE_NOOP("window", "Step &forward"), (".",), "step_forward"
    ),
    ActionSpec("next", QT_TRANSLATE_NOOP("window", "&Next demonstration"), ("N",)),
    ActionSpec("next_file", QT_TRANSLATE_NOOP("window", "Next f&ile"), ("Ctrl+PgDown",)),
    ActionSpec("previous_file", QT_TRANSLATE_NOOP("window", "Pre&vious file"), ("Ctrl+PgUp",)),
    ActionSpec("slower", QT_TRANSLATE_NOOP("window", "&Slower"), ("[", "-")),
    ActionSpec("faster", QT_TRANSLATE_NOOP("window", "Fas&ter"), ("]", "+")),
    ActionSpec("loop", QT_TRANSLATE_NOOP("window", "&Loop"), ("L",), "loop", checkable=True),
    ActionSpec("mark_a", QT_TRANSLATE_NOOP("window", "Mark &A, repeat from here"), ("A",)),
    ActionSpec("mark_b", QT_TRANSLATE_NOOP("window", "Mark &B, repeat to here"), ("B",)),
    ActionSpec("unmark", QT_TRANSLATE_NOOP("window", "Remove the &marks"), ("Shift+A",)),
    ActionSpec("system", QT_TRANSLATE_NOOP("window", "Choose the s&ystem"), ("S",)),
    ActionSpec("compare", QT_TRANSLATE_NOOP("window", "&Compare with …"), ("C",)),
    ActionSpec("alone", QT_TRANSLATE_NOOP("window", "Stop comparin&g"), ("Shift+C",), "close"),
    ActionSpec(
        "other_spikes",
        QT_TRANSLATE_NOOP("window", "Spikes of the ot&her system"),
        ("R",),
        checkable=True,
    ),
    ActionSpec("teach", QT_TRANSLATE_NOOP("window", "&Teach a gesture …"), ("Ctrl+T",)),
    ActionSpec(
        "calibrate", QT_TRANSLATE_NOOP("window", "Calibrate to this &place …"), ("Ctrl+Shift+T",)
    ),
    ActionSpec("open_model", QT_TRANSLATE_NOOP("window", "Open &model file …"), ("Ctrl+M",)),
    ActionSpec("rates", QT_TRANSLATE_NOOP("window", "&Rates over time"), ("T",), checkable=True),
    ActionSpec(
        "history", QT_TRANSLATE_NOOP("window", "&Decisions over time"), ("D",), checkable=True
    ),
    ActionSpec(
        "history_whole",
        QT_TRANSLATE_NOOP("window", "&Whole recording"),
        ("Shift+D",),
        checkable=True,
    ),
    ActionSpec(
        "microscope", QT_TRANSLATE_NOOP("window", "Neuron &microscope"), ("M",), checkable=True
    ),
    ActionSpec(
        "space_time", QT_TRANSLATE_NOOP("window", "S&pace and time"), ("V",), checkable=True
    ),
    ActionSpec("next_picture", QT_TRANSLATE_NOOP("window", "Ne&xt kind of picture"), ("P",)),
    ActionSpec(
        "overlay",
        QT_TRANSLATE_NOOP("window", "Source, time and &rate in the picture"),
        ("I",),
        checkable=True,
    ),
    ActionSpec(
        "save_decision",
        QT_TRANSLATE_NOOP("window", "&Decision in saved pictures and films"),
        checkable=True,
    ),
    ActionSpec("zoom_in", QT_TRANSLATE_NOOP("window", "&Zoom in"), ("Ctrl++", "Ctrl+=")),
    ActionSpec("zoom_out", QT_TRANSLATE_NOOP("window", "Zoom &out"), ("Ctrl+-",)),
    ActionSpec("zoom_whole", QT_TRANSLATE_NOOP("window", "&Whole picture"), ("0",)),
    ActionSpec("filters", QT_TRANSLATE_NOOP("window", "Fi&lters"), ("F",), checkable=True),
    ActionSpec(
        "region", QT_TRANSLATE_NOOP("window", "&Draw what the network sees"), ("G",), checkable=True
    ),
    ActionSpec(
        "everything", QT_TRANSLATE_NOOP("window", "Let the network see &everything"), ("Shift+G",)
    ),
    ActionSpec(
        "operations",
        QT_TRANSLATE_NOOP("window", "Count synaptic &operations"),
        ("O",),
        checkable=True,
    ),
    ActionSpec(
        "full_screen",
        QT_TRANSLATE_NOOP("window", "&Full screen"),
        ("F11",),
        "full_screen",
        checkable=True,
    ),
    ActionSpec("kiosk", QT_TRANSLATE_NOOP("window", "Start the &kiosk")),
    ActionSpec(
        "dismiss", QT_TRANSLATE_NOOP("window", "Dismiss the message, leave full screen"), ("Esc",)
    ),
    ActionSpec("guide", QT_TRANSLATE_NOOP("window", "&Guide")),
    ActionSpec("shortcuts", QT_TRANSLATE_NOOP("window", "&Keyboard shortcuts"), ("F1",)),
    ActionSpec("about", QT_TRANSLATE_NOOP("window", "&About Spikehand")),
)


class Actions:
    """The commands of one window, by name."""

    def __init__(self, window: QWidget) -> None:
        self._by_name: dict[str, QAction] = {}
        for spec in ACTIONS:
            text = translate("window", spec.text)
            action = QAction(text, window)
            action.setCheckable(spec.checkable)
            action.setIconVisibleInMenu(False)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            words = without_key(text)
            action.setIconText(words)  # on buttons
            action.setToolTip(f"{words} ({spec.keys[0]})" if spec.keys else words)
            self._by_name[spec.name] = action
            # Known to the window itself, keys work in full screen too, where the menu is hidden.
            window.addAction(action)

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def connect(self, name: str, handler: Callable[[], object]) -> None:
        """Let a command do something; whether it is checked does not matter to it."""
        self[name].triggered.connect(lambda _=False: handler())

    def set_look(self, look: Look) -> None:
        """Draw the icons in the theme's colours."""
        for spec in ACTIONS:
            if spec.icon is not None:
                self[spec.name].setIcon(icon(spec.icon, look, look.px(20)))
