"""What the microscope says."""

from __future__ import annotations

from app.ui.logic.language import QT_TRANSLATE_NOOP, translate
from models.neurons.single import Constants, Hh, If, Lif, Srm

TITLE = QT_TRANSLATE_NOOP("window", "Neuron microscope")
LOOK_AT = QT_TRANSLATE_NOOP("window", "Look at")
PIXELS = QT_TRANSLATE_NOOP("window", "Pixels of the picture")
OUTPUT = QT_TRANSLATE_NOOP("window", "Output: {0}")
HIDDEN = QT_TRANSLATE_NOOP("window", "Hidden layer: {0}")
SIDE = QT_TRANSLATE_NOOP("window", "side ")
NUMBER = QT_TRANSLATE_NOOP("window", "neuron ")
SPAN_TIP = QT_TRANSLATE_NOOP("window", "How much of the past is shown")
FIT = QT_TRANSLATE_NOOP("window", "Fit")
FIT_TIP = QT_TRANSLATE_NOOP("window", "Choose the gain so that the neurons fire now and then")
RESET = QT_TRANSLATE_NOOP("window", "Reset")
RESET_TIP = QT_TRANSLATE_NOOP("window", "All values as in the beginning")
HINT = QT_TRANSLATE_NOOP("window", "Click in the picture or on a row of spikes")
WAITING = QT_TRANSLATE_NOOP("window", "Waiting for events …")
NO_NETWORK = QT_TRANSLATE_NOOP(
    "window",
    "The network is not there yet, or it is being loaded …",
)
NO_MEMBRANE = QT_TRANSLATE_NOOP(
    "window",
    "{0} has no membrane to look at here: it does not compute with spikes, or does not tell",
)
INPUT = QT_TRANSLATE_NOOP("window", "Input")
PATCH_INPUT = QT_TRANSLATE_NOOP(
    "window",
    "Events in {0} × {0} pixels around ({1}, {2}), per millisecond. Each event is a "
    "small kick, the same for all neurons below.",
)
NEURON_INPUT = QT_TRANSLATE_NOOP(
    "window",
    "Charge that synapses bring to this neuron, per millisecond; below zero they hold it "
    "back. The four neurons below get the same.",
)
GAIN = QT_TRANSLATE_NOOP("window", "gain ")
GAIN_TIP = QT_TRANSLATE_NOOP(
    "window",
    "By how much one event, or one unit of charge, lifts a membrane that loses nothing",
)
NETWORK_NEURON = QT_TRANSLATE_NOOP("window", "In the network")
NETWORK_WORDS = QT_TRANSLATE_NOOP(
    "window",
    "The neuron you chose, as it is while the network recognises.",
)
RATE = QT_TRANSLATE_NOOP("window", "{0} spikes/s")
MEMBRANE = QT_TRANSLATE_NOOP("window", "membrane")
THRESHOLD_LINE = QT_TRANSLATE_NOOP("window", "threshold")
SPIKES = QT_TRANSLATE_NOOP("window", "spike")
RESTING = QT_TRANSLATE_NOOP("window", "refractory time")

NAMES: dict[type[Constants], str] = {
    If: QT_TRANSLATE_NOOP("window", "Integrate and fire (IF)"),
    Lif: QT_TRANSLATE_NOOP("window", "Leaky integrate and fire (LIF)"),
    Srm: QT_TRANSLATE_NOOP("window", "Spike response (SRM)"),
    Hh: QT_TRANSLATE_NOOP("window", "Hodgkin-Huxley"),
}
WORDS: dict[type[Constants], str] = {
    If: QT_TRANSLATE_NOOP(
        "window",
        "Adds up what comes in and forgets nothing. At the threshold it fires and begins again.",
    ),
    Lif: QT_TRANSLATE_NOOP(
        "window",
        "Adds up, too, but leaks: only input that comes close together makes it fire. Then "
        "it rests. Our default network is made of such neurons.",
    ),
    Srm: QT_TRANSLATE_NOOP(
        "window",
        "Every input raises a smooth bump, every spike of its own digs a hole. The membrane "
        "is their sum. SLAYER learns with such neurons.",
    ),
    Hh: QT_TRANSLATE_NOOP(
        "window",
        "A real nerve, the giant axon of a squid: ion channels open and close. It has no set "
        "threshold; spike and rest come about by themselves.",
    ),
}
# By the name of a constant: its short word before the number, and what it is.
CONSTANTS: dict[str, tuple[str, str]] = {
    "threshold_mv": (
        QT_TRANSLATE_NOOP("window", "threshold "),
        QT_TRANSLATE_NOOP("window", "How far above rest the membrane fires"),
    ),
    "tau_ms": (
        QT_TRANSLATE_NOOP("window", "leak "),
        QT_TRANSLATE_NOOP(
            "window",
            "Time constant of the leak: after this time 37 % of a kick is left",
        ),
    ),
    "refractory_ms": (
        QT_TRANSLATE_NOOP("window", "rest "),
        QT_TRANSLATE_NOOP(
            "window",
            "Refractory time: so long after a spike nothing can make it fire",
        ),
    ),
    "tau_s_ms": (
        QT_TRANSLATE_NOOP("window", "rise "),
        QT_TRANSLATE_NOOP("window", "How long after an input its bump is highest"),
    ),
    "tau_ref_ms": (
        QT_TRANSLATE_NOOP("window", "rest "),
        QT_TRANSLATE_NOOP("window", "How long after a spike the hole is deepest"),
    ),
    "g_sodium": (
        QT_TRANSLATE_NOOP("window", "sodium "),
        QT_TRANSLATE_NOOP(
            "window",
            "Conductance of all sodium channels: with few of them, as under a local anaesthetic, "
            "no spike comes about",
        ),
    ),
}


def say(text: str, *values: object) -> str:
    """A text in the language of the window, with values in its places."""
    return translate("window", text).format(*values)
