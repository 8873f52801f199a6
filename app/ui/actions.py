"""Every command of the window once: its words, its keys and its icon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

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
    ActionSpec("start", "&Start page", ("Alt+Home",), "home"),
    ActionSpec("open", "&Open recording …", ("Ctrl+O",), "folder"),
    ActionSpec("camera", "Open &camera", ("Ctrl+K",), "camera"),
    ActionSpec("network", "Connect to &network …", ("Ctrl+N",), "network"),
    ActionSpec("record", "&Record this source …", ("Ctrl+R",), "record", checkable=True),
    ActionSpec("file_info", "About this record&ing", ("Ctrl+I",)),
    ActionSpec("export_decisions", "&Export decisions …", ("Ctrl+E",)),
    ActionSpec("quit", "&Quit", ("Ctrl+Q",)),
    ActionSpec("play", "&Play or pause", ("Space",), "play"),
    ActionSpec("restart", "From the &beginning", ("Home",), "restart"),
    ActionSpec("step_back", "Step b&ack", (",",), "step_back"),
    ActionSpec("step_forward", "Step &forward", (".",), "step_forward"),
    ActionSpec("next", "&Next demonstration", ("N",)),
    ActionSpec("next_file", "Next &file", ("Ctrl+PgDown",)),
    ActionSpec("previous_file", "&Previous file", ("Ctrl+PgUp",)),
    ActionSpec("slower", "&Slower", ("[", "-")),
    ActionSpec("faster", "Fas&ter", ("]", "+")),
    ActionSpec("loop", "&Loop", ("L",), "loop", checkable=True),
    ActionSpec("mark_a", "Mark &A, repeat from here", ("A",)),
    ActionSpec("mark_b", "Mark &B, repeat to here", ("B",)),
    ActionSpec("unmark", "Remove the &marks", ("Shift+A",)),
    ActionSpec("system", "Choose the s&ystem", ("S",)),
    ActionSpec("compare", "&Compare with …", ("C",)),
    ActionSpec("alone", "Stop comparin&g", ("Shift+C",), "close"),
    ActionSpec("other_spikes", "Spikes of the ot&her system", ("R",), checkable=True),
    ActionSpec("open_model", "Open &model file …", ("Ctrl+M",)),
    ActionSpec("rates", "&Rates over time", ("T",), checkable=True),
    ActionSpec("history", "&Decisions over time", ("D",), checkable=True),
    ActionSpec("history_whole", "&Whole recording", ("Shift+D",), checkable=True),
    ActionSpec("microscope", "Neuron &microscope", ("M",), checkable=True),
    ActionSpec("region", "Draw what the network &sees", ("G",), checkable=True),
    ActionSpec("everything", "Let the network see &everything", ("Shift+G",)),
    ActionSpec("operations", "Count synaptic &operations", ("O",), checkable=True),
    ActionSpec("full_screen", "&Full screen", ("F11",), "full_screen", checkable=True),
    ActionSpec("kiosk", "Start the &kiosk"),
    ActionSpec("dismiss", "Dismiss the message, leave full screen", ("Esc",)),
    ActionSpec("guide", "&Guide"),
    ActionSpec("shortcuts", "&Keyboard shortcuts", ("F1",)),
    ActionSpec("about", "&About Spikehand"),
)


class Actions:
    """The commands of one window, by name."""

    def __init__(self, window: QWidget) -> None:
        self._by_name: dict[str, QAction] = {}
        for spec in ACTIONS:
            action = QAction(spec.text, window)
            action.setCheckable(spec.checkable)
            action.setIconVisibleInMenu(False)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            words = spec.text.replace("&", "").removesuffix(" …")
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
