"""How ids and states are spelled for people."""

from __future__ import annotations

from html import escape

from app.pipeline.snapshot import PipelineState
from app.sources.contract import SourceInfo

STATE_NAMES = {
    PipelineState.IDLE: "Ready",
    PipelineState.STARTING: "Starting",
    PipelineState.PLAYING: "Playing",
    PipelineState.PAUSED: "Paused",
    PipelineState.FINISHED: "Finished",
    PipelineState.FAILED: "Failed",
    PipelineState.STOPPED: "Stopped",
}
NO_NETWORK = "No network yet"
# Who looks at a person sees the arm turn the other way, as the pictures show it.
SENSE = "as the person sees it"
BROKEN = (PipelineState.FAILED, PipelineState.STOPPED)


def readable(class_id: str) -> str:
    """``right_arm_counter_clockwise`` becomes ``Right arm counter-clockwise``."""
    words = class_id.replace("counter_clockwise", "counter-clockwise").replace("_", " ").strip()
    return sentence(words)


def sense_of(class_id: str) -> str:
    """Whose sense of turning a class is named by, nothing where none turns."""
    sense = "Counter-clockwise" if class_id.endswith("_counter_clockwise") else "Clockwise"
    return f"{sense} {SENSE}" if class_id.endswith("clockwise") else ""


def presentable(name: str) -> str:
    """A file's name with a mark in place of each byte that is no text, which Qt would leave out."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def sentence(said: str) -> str:
    """``the file is empty`` becomes ``The file is empty``."""
    return said[:1].upper() + said[1:]


def wrapped(tip: str) -> str:
    """A long tooltip as Qt breaks it into lines."""
    return f"<p>{escape(tip)}</p>" if tip else ""


def waiting_for(loading: str) -> str:
    """What is being waited for, as a sentence: ``Loading the network …``."""
    verb = "Opening" if loading == "source" else "Loading"
    return f"{verb} the {loading} …"


def performing(info: SourceInfo) -> str:
    """What a source performs if it is the performer, who knows: ``Air drums``, or nothing."""
    if info.performing is None:
        return ""
    return "resting" if info.performing == "rest" else readable(info.performing)


def source_line(info: SourceInfo) -> str:
    """A source's name, and what it performs."""
    doing = performing(info)
    return f"{sentence(info.name)}  ·  now: {doing}" if doing else info.name


def short_source_line(info: SourceInfo) -> str:
    """The same where there is little room, so that what is performed is read at least."""
    doing = performing(info)
    return f"Performing: {doing}" if doing else info.name
