"""The table of the settings' names and of what they are for."""

from __future__ import annotations

from app.ui.logic.language import QT_TRANSLATE_NOOP

# By path: a name, and what it is for.
# fmt: off
WORDS = {
    "vote.window_ms": (
        QT_TRANSLATE_NOOP("window", "Window"),
        QT_TRANSLATE_NOOP("window", "Winners of so many milliseconds are counted")),
    "vote.min_share": (
        QT_TRANSLATE_NOOP("window", "Least share"),
        QT_TRANSLATE_NOOP("window", "The leading class needs this part of all votes given")),
    "vote.min_count": (
        QT_TRANSLATE_NOOP("window", "Least votes"),
        QT_TRANSLATE_NOOP("window", "The leading class needs so many votes; by itself: as "
                          "many as the model was made for")),
    "vote.warm_up_ms": (
        QT_TRANSLATE_NOOP("window", "Warm-up"),
        QT_TRANSLATE_NOOP("window", "So long after a beginning nothing is decided")),
    "recognition.model": (
        QT_TRANSLATE_NOOP("window", "Model"),
        QT_TRANSLATE_NOOP("window", "A model file; empty: the default. Also in the "
                          "Recognition menu")),
    "recognition.compare": (
        QT_TRANSLATE_NOOP("window", "Compared with"),
        QT_TRANSLATE_NOOP("window", "A second model file beside it; empty: none")),
    "recognition.opened": (
        QT_TRANSLATE_NOOP("window", "Opened models"),
        QT_TRANSLATE_NOOP("window", "Your own model files in the Recognition menu")),
    "stream.slice_ms": (
        QT_TRANSLATE_NOOP("window", "Slice"),
        QT_TRANSLATE_NOOP("window", "Events are handed on in pieces of this length")),
    "stream.backlog_ms": (
        QT_TRANSLATE_NOOP("window", "Largest backlog"),
        QT_TRANSLATE_NOOP("window", "A live stream that is so far behind loses its oldest events")),
    "stream.region": (
        QT_TRANSLATE_NOOP("window", "Region"),
        QT_TRANSLATE_NOOP("window", "What the networks see: x, y, width, height in pixels; "
                          "empty: the largest square")),
    "camera.biases": (
        QT_TRANSLATE_NOOP("window", "Biases"),
        QT_TRANSLATE_NOOP("window", "Set on every camera that is opened, each NAME=VALUE, "
                          "with commas between")),
    "camera.own": (
        QT_TRANSLATE_NOOP("window", "Biases of one camera"),
        QT_TRANSLATE_NOOP("window", "Set after those, each SERIAL:NAME=VALUE, with commas "
                          "between")),
    "filters.hot": (
        QT_TRANSLATE_NOOP("window", "Hot pixels"),
        QT_TRANSLATE_NOOP("window", "Leave out pixels that fire all the time while their "
                          "neighbours are still")),
    "filters.hot_hz": (
        QT_TRANSLATE_NOOP("window", "Rate of a hot pixel"),
        QT_TRANSLATE_NOOP("window", "It fires at least so often in a second")),
    "filters.refractory": (
        QT_TRANSLATE_NOOP("window", "Refractory period"),
        QT_TRANSLATE_NOOP("window", "Let each pixel rest after an event")),
    "filters.refractory_us": (
        QT_TRANSLATE_NOOP("window", "Rest of a pixel"),
        QT_TRANSLATE_NOOP("window", "So long after an event a pixel is not heard")),
    "filters.background": (
        QT_TRANSLATE_NOOP("window", "Background activity"),
        QT_TRANSLATE_NOOP("window", "Leave out events that no neighbour supports")),
    "filters.background_us": (
        QT_TRANSLATE_NOOP("window", "Age of support"),
        QT_TRANSLATE_NOOP("window", "A neighbour supports an event if it had one at most so "
                          "long before")),
    "filters.background_neighbours": (
        QT_TRANSLATE_NOOP("window", "Supporting neighbours"),
        QT_TRANSLATE_NOOP("window", "So many of the eight pixels around must support an event")),
    "filters.polarity": (
        QT_TRANSLATE_NOOP("window", "Polarity"),
        QT_TRANSLATE_NOOP("window", "Which changes are seen: to brighter (on), to darker "
                          "(off) or both")),
    "filters.crop": (
        QT_TRANSLATE_NOOP("window", "Crop"),
        QT_TRANSLATE_NOOP("window", "x, y, width, height in pixels; empty: everything. Left "
                          "out where it does not fit")),
    "filters.flip": (
        QT_TRANSLATE_NOOP("window", "Flip"),
        QT_TRANSLATE_NOOP("window", "A picture flipped left and right is a mirror's: a right "
                          "hand looks like a left one")),
    "filters.rotate": (
        QT_TRANSLATE_NOOP("window", "Rotate"),
        QT_TRANSLATE_NOOP("window", "Degrees clockwise")),
    "filters.downscale": (
        QT_TRANSLATE_NOOP("window", "Downscale"),
        QT_TRANSLATE_NOOP("window", "Squares of so many pixels across become one")),
    "playback.speed": (
        QT_TRANSLATE_NOOP("window", "Speed"),
        QT_TRANSLATE_NOOP("window", "How many times real time a recording plays; by itself: "
                          "as fast as possible")),
    "playback.loop": (
        QT_TRANSLATE_NOOP("window", "Loop"),
        QT_TRANSLATE_NOOP("window", "Begin again at the end of a recording")),
    "display.language": (
        QT_TRANSLATE_NOOP("window", "Language"),
        QT_TRANSLATE_NOOP("window", "Of this window")),
    "display.theme": (
        QT_TRANSLATE_NOOP("window", "Theme"),
        QT_TRANSLATE_NOOP("window", "Colours of the window")),
    "display.palette": (
        QT_TRANSLATE_NOOP("window", "Event colours"),
        QT_TRANSLATE_NOOP("window", "Of the event picture")),
    "display.accumulation": (
        QT_TRANSLATE_NOOP("window", "Event picture"),
        QT_TRANSLATE_NOOP("window", "How events become a picture")),
    "display.fading_ms": (
        QT_TRANSLATE_NOOP("window", "Fading"),
        QT_TRANSLATE_NOOP("window", "How long an event is seen")),
    "display.span_ms": (
        QT_TRANSLATE_NOOP("window", "Span of time"),
        QT_TRANSLATE_NOOP("window", "Shown by a picture of constant time")),
    "display.span_events": (
        QT_TRANSLATE_NOOP("window", "Span of events"),
        QT_TRANSLATE_NOOP("window", "Shown by a picture of constant count")),
    "display.overlay": (
        QT_TRANSLATE_NOOP("window", "Overlay"),
        QT_TRANSLATE_NOOP("window", "Source, time and rate in the picture's corner")),
    "display.save_decision": (
        QT_TRANSLATE_NOOP("window", "Decision in saved pictures"),
        QT_TRANSLATE_NOOP("window", "Write what was recognised into what is saved")),
    "display.rate_hz": (
        QT_TRANSLATE_NOOP("window", "Pictures a second"),
        QT_TRANSLATE_NOOP("window", "At most; fewer spare the processor")),
    "kiosk.source": (
        QT_TRANSLATE_NOOP("window", "Source"),
        QT_TRANSLATE_NOOP("window", "camera[:SERIAL], network:IP:PORT, performer, or a file")),
    "kiosk.monitor": (
        QT_TRANSLATE_NOOP("window", "Screen"),
        QT_TRANSLATE_NOOP("window", "By its name; empty: the first")),
    "kiosk.language": (
        QT_TRANSLATE_NOOP("window", "Language of the booth"),
        QT_TRANSLATE_NOOP("window", "What visitors read")),
    "kiosk.mirror": (
        QT_TRANSLATE_NOOP("window", "Mirror"),
        QT_TRANSLATE_NOOP("window", "Show visitors as a mirror would")),
    "kiosk.gestures": (
        QT_TRANSLATE_NOOP("window", "Gestures"),
        QT_TRANSLATE_NOOP("window", "Asked for in a round, with commas between")),
    "kiosk.round_length": (
        QT_TRANSLATE_NOOP("window", "Round"),
        QT_TRANSLATE_NOOP("window", "Gestures asked for in a round")),
    "kiosk.difficulty": (
        QT_TRANSLATE_NOOP("window", "Difficulty"),
        QT_TRANSLATE_NOOP("window", "How surely a gesture must be recognised")),
    "kiosk.ask_s": (
        QT_TRANSLATE_NOOP("window", "Time for a gesture"),
        QT_TRANSLATE_NOOP("window", "In a round")),
    "kiosk.still_s": (
        QT_TRANSLATE_NOOP("window", "Stillness"),
        QT_TRANSLATE_NOOP("window", "After which nobody is there")),
    "kiosk.cursor_s": (
        QT_TRANSLATE_NOOP("window", "Pointer"),
        QT_TRANSLATE_NOOP("window", "Idle time after which it is hidden")),
    "kiosk.inhibit_screensaver": (
        QT_TRANSLATE_NOOP("window", "No screen saver"),
        QT_TRANSLATE_NOOP("window", "While the booth runs")),
    "kiosk.memory_mb": (
        QT_TRANSLATE_NOOP("window", "Memory"),
        QT_TRANSLATE_NOOP("window", "Above this the booth is started anew")),
    "kiosk.restart_at": (
        QT_TRANSLATE_NOOP("window", "Nightly restart"),
        QT_TRANSLATE_NOOP("window", "A time of day such as 04:00; empty: never")),
    "kiosk.pin": (
        QT_TRANSLATE_NOOP("window", "PIN"),
        QT_TRANSLATE_NOOP("window", "Set with the command: {0} kiosk --set-pin")),
    "recent_files": (
        QT_TRANSLATE_NOOP("window", "Recent files"),
        QT_TRANSLATE_NOOP("window", "In the File menu")),
}
# fmt: on
