"""Every sentence a visitor reads, in the language of the moment.

The English stands here; ``translations`` says how the others are made from it. What staff read is
beside where it is said (``pin_page``, ``window``) and travels in the same files.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui.logic.language import QT_TRANSLATE_NOOP
from app.ui.logic.words import readable

NAMES = {
    "hand_clapping": QT_TRANSLATE_NOOP("kiosk", "Hand clapping"),
    "right_hand_wave": QT_TRANSLATE_NOOP("kiosk", "Right hand wave"),
    "left_hand_wave": QT_TRANSLATE_NOOP("kiosk", "Left hand wave"),
    "right_arm_clockwise": QT_TRANSLATE_NOOP("kiosk", "Right arm clockwise"),
    "right_arm_counter_clockwise": QT_TRANSLATE_NOOP("kiosk", "Right arm counter-clockwise"),
    "left_arm_clockwise": QT_TRANSLATE_NOOP("kiosk", "Left arm clockwise"),
    "left_arm_counter_clockwise": QT_TRANSLATE_NOOP("kiosk", "Left arm counter-clockwise"),
    "arm_roll": QT_TRANSLATE_NOOP("kiosk", "Arm roll"),
    "air_drums": QT_TRANSLATE_NOOP("kiosk", "Air drums"),
    "air_guitar": QT_TRANSLATE_NOOP("kiosk", "Air guitar"),
    "other_gestures": QT_TRANSLATE_NOOP("kiosk", "Something else"),
}
WISHES = {
    "hand_clapping": QT_TRANSLATE_NOOP("kiosk", "Clap your hands"),
    "right_hand_wave": QT_TRANSLATE_NOOP("kiosk", "Wave your right hand"),
    "left_hand_wave": QT_TRANSLATE_NOOP("kiosk", "Wave your left hand"),
    "right_arm_clockwise": QT_TRANSLATE_NOOP("kiosk", "Circle your right arm clockwise"),
    "right_arm_counter_clockwise": QT_TRANSLATE_NOOP(
        "kiosk", "Circle your right arm counter-clockwise"
    ),
    "left_arm_clockwise": QT_TRANSLATE_NOOP("kiosk", "Circle your left arm clockwise"),
    "left_arm_counter_clockwise": QT_TRANSLATE_NOOP(
        "kiosk", "Circle your left arm counter-clockwise"
    ),
    "arm_roll": QT_TRANSLATE_NOOP("kiosk", "Roll your arms round each other"),
    "air_drums": QT_TRANSLATE_NOOP("kiosk", "Play the air drums"),
    "air_guitar": QT_TRANSLATE_NOOP("kiosk", "Play the air guitar"),
    "other_gestures": QT_TRANSLATE_NOOP("kiosk", "Make up a gesture"),
}
NEARLY, ON_THE_WAY = 0.6, 0.1


def gesture_name(gesture: str) -> str:
    """What a gesture is called."""
    return _say(NAMES.get(gesture, readable(gesture)))


def wish(gesture: str | None) -> str:
    """What a visitor is asked to do."""
    if gesture is None:
        return QCoreApplication.translate("kiosk", "Wave to the camera")
    return _say(WISHES.get(gesture, readable(gesture)))


def what_this_is() -> str:
    return QCoreApplication.translate("kiosk", "A spiking neural network watches, event by event")


def watch() -> str:
    """Over a performance where nobody can be seen."""
    return QCoreApplication.translate("kiosk", "Watch")


def how_it_sees() -> str:
    return QCoreApplication.translate("kiosk", "An event camera sees only what moves")


def try_something() -> str:
    return QCoreApplication.translate("kiosk", "Try a gesture")


def votes(share: float) -> str:
    """The part 0..1 of the network's votes that a gesture has."""
    return QCoreApplication.translate("kiosk", "{0} % of the votes").format(round(100 * share))


def how_to_play() -> str:
    return QCoreApplication.translate("kiosk", "Hold a gesture for a second, or tap, to play")


def what_dots_are() -> str:
    return QCoreApplication.translate("kiosk", "Each bright dot is a neuron firing")


def number_of(number: int, asked: int) -> str:
    return QCoreApplication.translate("kiosk", "{0} of {1}").format(number, asked)


def cheer(nearness: float) -> str:
    """To somebody who tries, 0..1 near to the gesture that was asked for."""
    if nearness >= NEARLY:
        return QCoreApplication.translate("kiosk", "Nearly there!")
    if nearness >= ON_THE_WAY:
        return QCoreApplication.translate("kiosk", "Keep going")
    return QCoreApplication.translate("kiosk", "Just like the figure")


def hit() -> str:
    return QCoreApplication.translate("kiosk", "Well done!")


def in_seconds(seconds: float) -> str:
    return QCoreApplication.translate("kiosk", "in {0} seconds").format(f"{seconds:.1f}")


def points(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate("kiosk", "1 point")
    return QCoreApplication.translate("kiosk", "{0} points").format(count)


def hits_of(hits: int, asked: int) -> str:
    return QCoreApplication.translate("kiosk", "{0} of {1} gestures").format(hits, asked)


def missed() -> str:
    return QCoreApplication.translate("kiosk", "Never mind")


def what_comes(is_last: bool) -> str:
    """After a gesture that was missed."""
    if is_last:
        return QCoreApplication.translate("kiosk", "That was the last one")
    return QCoreApplication.translate("kiosk", "On to the next one")


def praise(hits: int, asked: int) -> str:
    """At the end of a round."""
    if hits and hits >= asked:
        return QCoreApplication.translate("kiosk", "Perfect!")
    if 2 * hits >= asked:
        return QCoreApplication.translate("kiosk", "Well played!")
    return QCoreApplication.translate("kiosk", "Thank you for playing")


def best_of_day(best: int) -> str:
    return QCoreApplication.translate("kiosk", "Best of the day: {0}").format(best)


def new_best() -> str:
    return QCoreApplication.translate("kiosk", "The best of the day!")


def camera_rests() -> str:
    return QCoreApplication.translate("kiosk", "The camera is resting")


def one_moment() -> str:
    return QCoreApplication.translate("kiosk", "One moment, please")


def _say(text: str) -> str:
    return QCoreApplication.translate("kiosk", text)
