"""How ids and states are spelled for people."""

from __future__ import annotations

import re
from html import escape

from app.pipeline.snapshot import PipelineState
from app.sources.contract import SourceInfo
from app.ui.logic.language import QT_TRANSLATE_NOOP, translate

STATE_NAMES = {
    PipelineState.IDLE: QT_TRANSLATE_NOOP("window", "Ready"),
    PipelineState.STARTING: QT_TRANSLATE_NOOP("window", "Starting"),
    PipelineState.PLAYING: QT_TRANSLATE_NOOP("window", "Playing"),
    PipelineState.PAUSED: QT_TRANSLATE_NOOP("window", "Paused"),
    PipelineState.FINISHED: QT_TRANSLATE_NOOP("window", "Finished"),
    PipelineState.FAILED: QT_TRANSLATE_NOOP("window", "Failed"),
    PipelineState.STOPPED: QT_TRANSLATE_NOOP("window", "Stopped"),
}
NO_NETWORK = QT_TRANSLATE_NOOP("window", "No network yet")
LOADINGS = {
    "source": QT_TRANSLATE_NOOP("window", "Opening the source …"),
    "network": QT_TRANSLATE_NOOP("window", "Loading the network …"),
}
SPELLED = {
    "hidden": QT_TRANSLATE_NOOP("window", "hidden"),
    "output": QT_TRANSLATE_NOOP("window", "output"),
    "Default": QT_TRANSLATE_NOOP("window", "Default"),
    "Small": QT_TRANSLATE_NOOP("window", "Small"),
    "convolutional LIF": QT_TRANSLATE_NOOP("window", "convolutional LIF"),
    "NIR graph": QT_TRANSLATE_NOOP("window", "NIR graph"),
}
GESTURES = {
    "hand_clapping": QT_TRANSLATE_NOOP("window", "Hand clapping"),
    "right_hand_wave": QT_TRANSLATE_NOOP("window", "Right hand wave"),
    "left_hand_wave": QT_TRANSLATE_NOOP("window", "Left hand wave"),
    "right_arm_clockwise": QT_TRANSLATE_NOOP("window", "Right arm clockwise"),
    "right_arm_counter_clockwise": QT_TRANSLATE_NOOP("window", "Right arm counter-clockwise"),
    "left_arm_clockwise": QT_TRANSLATE_NOOP("window", "Left arm clockwise"),
    "left_arm_counter_clockwise": QT_TRANSLATE_NOOP("window", "Left arm counter-clockwise"),
    "arm_roll": QT_TRANSLATE_NOOP("window", "Arm roll"),
    "air_drums": QT_TRANSLATE_NOOP("window", "Air drums"),
    "air_guitar": QT_TRANSLATE_NOOP("window", "Air guitar"),
    "other_gestures": QT_TRANSLATE_NOOP("window", "Other gestures"),
}
BROKEN = (PipelineState.FAILED, PipelineState.STOPPED)


def readable(class_id: str) -> str:
    """``right_arm_counter_clockwise`` becomes ``Right arm counter-clockwise``."""
    if class_id in GESTURES:
        return translate("window", GESTURES[class_id])
    known, mine, number = class_id.partition(" (mine")
    if mine and known in GESTURES:
        mark = translate("window", "{0}, my way{1}")
        return mark.format(readable(known), number.removesuffix(")"))
    words = class_id.replace("counter_clockwise", "counter-clockwise").replace("_", " ").strip()
    return sentence(words)


def spelled(name: str) -> str:
    """The name of a model, a system or a layer, in other words where it is made of words."""
    return translate("window", SPELLED[name]) if name in SPELLED else name


def sense_of(class_id: str) -> str:
    """Whose sense of turning a class is named by, nothing where none turns."""
    # Who looks at a person sees the arm turn the other way, as the pictures show it.
    if class_id.endswith("_counter_clockwise"):
        return translate("window", "Counter-clockwise as the person sees it")
    if class_id.endswith("clockwise"):
        return translate("window", "Clockwise as the person sees it")
    return ""


def without_key(text: str) -> str:
    """The words of a menu without the key that stands for them: ``파일 열기(&O) …`` and others."""
    return re.sub(r"\(&.\)|&(?!&)", "", text).removesuffix(" …").replace("&&", "&")


def presentable(name: str) -> str:
    """A file's name with a mark in place of each byte that is no text, which Qt would leave out."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def sentence(said: str) -> str:
    """``the file is empty`` becomes ``The file is empty``; a name, as of a file, stays as it is."""
    word = said.split(" ", 1)[0].rstrip(",:;")
    return said[:1].upper() + said[1:] if word.isalpha() else said


def wrapped(tip: str) -> str:
    """A long tooltip as Qt breaks it into lines."""
    return f"<p>{escape(tip)}</p>" if tip else ""


def waiting_for(loading: str) -> str:
    """What is being waited for, as a sentence: ``Loading the network …``."""
    return translate("window", LOADINGS[loading])


def performing(info: SourceInfo) -> str:
    """What a source performs if it is the performer, who knows: ``Air drums``, or nothing."""
    if info.performing is None:
        return ""
    if info.performing == "rest":
        return translate("window", "resting")
    return readable(info.performing)


def source_line(info: SourceInfo) -> str:
    """A source's name, and what it performs."""
    doing = performing(info)
    if not doing:
        return info.name
    return translate("window", "{0}  ·  now: {1}").format(sentence(info.name), doing)


def short_source_line(info: SourceInfo) -> str:
    """The same where there is little room, so that what is performed is read at least."""
    doing = performing(info)
    return translate("window", "Performing: {0}").format(doing) if doing else info.name
