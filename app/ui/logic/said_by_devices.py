"""What cameras, servers, the performer and the processes that host them say; see ``heard``."""

from __future__ import annotations

from app.ui.logic.language import QT_TRANSLATE_NOOP

SAID_BY_DEVICES = (
    QT_TRANSLATE_NOOP("window", "the camera {0}"),
    QT_TRANSLATE_NOOP("window", "the server {0}"),
    QT_TRANSLATE_NOOP("window", "the event server {0}"),
    QT_TRANSLATE_NOOP("window", "performer, {0}"),
    QT_TRANSLATE_NOOP(
        "window",
        "there is no event camera connected: plug one into a USB port, or try another cable",
    ),
    QT_TRANSLATE_NOOP("window", "there is no event camera with serial number {0}, only {1}"),
    QT_TRANSLATE_NOOP(
        "window",
        "there is an event camera at {0}, but this user may not open it: “{1} doctor” tells "
        "which permission rule is missing",
    ),
    QT_TRANSLATE_NOOP(
        "window",
        "the camera {0} does not say how large its sensor is (--sensor says it)",
    ),
    QT_TRANSLATE_NOOP("window", "cannot look for cameras: {0}"),
    QT_TRANSLATE_NOOP("window", "cannot open the camera {0}: {1}"),
    QT_TRANSLATE_NOOP("window", "USB has not answered within {0} s: unplug what hangs"),
    QT_TRANSLATE_NOOP("window", "the search for cameras broke off"),
    QT_TRANSLATE_NOOP("window", "{0} broke off: {1}"),
    QT_TRANSLATE_NOOP("window", "{0} is gone"),
    QT_TRANSLATE_NOOP("window", "it is being opened again"),
    QT_TRANSLATE_NOOP("window", "{0} has sent no events for {1} s"),
    QT_TRANSLATE_NOOP("window", "{0} came back with {1} pixels instead of {2}"),
    QT_TRANSLATE_NOOP("window", "{0} is live: it cannot go to another time"),
    QT_TRANSLATE_NOOP("window", "the performer is live: it cannot go to another time"),
    QT_TRANSLATE_NOOP("window", "the performer cannot act: {0}"),
    QT_TRANSLATE_NOOP("window", "the source sets its clock back again and again, by ages"),
    QT_TRANSLATE_NOOP("window", "expected a bias such as diff_on=500 or On=4:200, got {0}"),
    QT_TRANSLATE_NOOP("window", "expected a bias that this camera has ({0}), got {1}"),
    QT_TRANSLATE_NOOP("window", "none at all"),
    QT_TRANSLATE_NOOP("window", "the bias {0} cannot be {1}: {2}"),
    QT_TRANSLATE_NOOP("window", "out of range"),
    QT_TRANSLATE_NOOP("window", "expected {0}, for the bias {1}, got {2}"),
    QT_TRANSLATE_NOOP("window", "expected {0} out of {1}, got {2}"),
    QT_TRANSLATE_NOOP("window", "expected 0 to {0}, for the bias {1}, got {2}"),
    QT_TRANSLATE_NOOP("window", "a whole number"),
    QT_TRANSLATE_NOOP("window", "coarse and fine, such as 4:200"),
    QT_TRANSLATE_NOOP(
        "window",
        "the server {0} does not say how large its sensor is, and sends no events that could "
        "tell it (--sensor says it)",
    ),
    QT_TRANSLATE_NOOP("window", "the server {0} sends something other than events"),
    QT_TRANSLATE_NOOP("window", "the event server {0} is not an event server"),
    QT_TRANSLATE_NOOP("window", "the event server {0} does not answer"),
    QT_TRANSLATE_NOOP("window", "the event server {0} hung up before it said anything"),
    QT_TRANSLATE_NOOP("window", "the event server {0} cannot be reached: {1}"),
    QT_TRANSLATE_NOOP("window", "cannot serve at {0}: {1}"),
    QT_TRANSLATE_NOOP("window", "expected an IP address such as 127.0.0.1, got {0}"),
    QT_TRANSLATE_NOOP("window", "expected an IP address and a port such as {0}, {1}"),
    QT_TRANSLATE_NOOP("window", "got nothing"),
    QT_TRANSLATE_NOOP("window", "got {0}"),
    QT_TRANSLATE_NOOP("window", "expected a port within 1..65535, got {0}"),
    QT_TRANSLATE_NOOP("window", "{0} cannot be opened: its process crashed at its start"),
    QT_TRANSLATE_NOOP("window", "{0} cannot be opened: its process did not answer at its start"),
    QT_TRANSLATE_NOOP("window", "{0} cannot be opened: its reader crashed"),
    QT_TRANSLATE_NOOP("window", "{0} cannot be opened: its reader did not answer for {1} s"),
    QT_TRANSLATE_NOOP("window", "{0} is damaged: its reader crashed while opening it"),
    QT_TRANSLATE_NOOP("window", "{0} asks for more memory than {1}"),
    QT_TRANSLATE_NOOP("window", "{0} is slow: waiting for its drive"),
    QT_TRANSLATE_NOOP("window", "{0} is slow: waiting until it is set up"),
    QT_TRANSLATE_NOOP("window", "{0} is opened anew: {1}"),
    QT_TRANSLATE_NOOP("window", "{0} cannot be read near {1} s: {2}"),
    QT_TRANSLATE_NOOP("window", "{0} has been closed"),
    QT_TRANSLATE_NOOP("window", "the reader crashed"),
    QT_TRANSLATE_NOOP("window", "the reader stopped answering"),
    QT_TRANSLATE_NOOP(
        "window",
        "processes cannot share memory here ({0}): make /dev/shm writable, with {1} MB free (in"
        " a container, --shm-size=64m)",
    ),
)
