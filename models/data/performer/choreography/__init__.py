"""The eleven gestures, and what is none, as paths of both arms after measurements on real people.

Every gesture is drawn once in a person's own style (tempo, height, width, tilt) and then gives
both arms' poses at any array of times.
"""

from __future__ import annotations

from collections.abc import Callable

from models.data.gestures import CLASSES
from models.data.performer.body import LEFT, RIGHT
from models.data.performer.choreography.circles import circling
from models.data.performer.choreography.claps import clapping
from models.data.performer.choreography.idle import posing, resting, walking
from models.data.performer.choreography.instruments import drumming, strumming
from models.data.performer.choreography.near import near_posing, near_rest
from models.data.performer.choreography.near_gestures import (
    near_circling,
    near_clapping,
    near_drumming,
    near_rolling,
    near_strumming,
    near_waving,
)
from models.data.performer.choreography.near_play import near_other
from models.data.performer.choreography.others import other
from models.data.performer.choreography.rolls import rolling
from models.data.performer.choreography.style import Gesture, Path, Style
from models.data.performer.choreography.waves import waving

__all__ = ["FAMILIES", "IDLE", "Gesture", "Path", "Style", "draw_gesture"]

Maker = Callable[[Style], Gesture]

# What is no gesture at all.
IDLE = ("rest", "pose", "walk")
# What is done alike belongs to one family: a person has the same habits in both hands and ways.
FAMILIES = {
    "right_hand_wave": "wave",
    "left_hand_wave": "wave",
    **{name: "circle" for name in CLASSES if "clockwise" in name},
}


def _by_class(
    clap: Maker,
    wave: Callable[[Style, int], Gesture],
    circle: Callable[[Style, int, bool], Gesture],
    roll: Maker,
    drum: Maker,
    strum: Maker,
    none: Maker,
) -> dict[str, Maker]:
    """Makers by name, in the order of ``CLASSES``."""
    makers: tuple[Maker, ...] = (
        clap,
        lambda style: wave(style, RIGHT),
        lambda style: wave(style, LEFT),
        lambda style: circle(style, RIGHT, True),
        lambda style: circle(style, RIGHT, False),
        lambda style: circle(style, LEFT, True),
        lambda style: circle(style, LEFT, False),
        roll,
        drum,
        strum,
        none,
    )
    return dict(zip(CLASSES, makers, strict=True))


FAR: dict[str, Maker] = {
    **_by_class(clapping, waving, circling, rolling, drumming, strumming, other),
    "rest": resting,
    "pose": posing,
    "walk": walking,
}
NEAR: dict[str, Maker] = {
    **_by_class(
        near_clapping,
        near_waving,
        near_circling,
        near_rolling,
        near_drumming,
        near_strumming,
        near_other,
    ),
    "rest": near_rest,
    "pose": near_posing,
    "walk": near_posing,
}


def draw_gesture(name: str, style: Style) -> Gesture:
    """A gesture of class ``name``, or one of ``IDLE``, in a style of its own.

    Raises:
        ValueError: there is no such class.
    """
    makers = FAR if style.view_m is None else NEAR
    if name not in makers:
        raise ValueError(f"expected a gesture out of {', '.join(CLASSES)}, got {name!r}")
    return makers[name](style)
