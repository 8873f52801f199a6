"""How each system is taught: lessons by the system's name, as in ``models.networks.catalogue``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.learning.clip_loss import C3dLesson
from models.learning.eedn_lesson import EednLesson
from models.learning.lesson import Lesson
from models.learning.local_loss import DecolleLesson
from models.learning.rate_lesson import RateLesson
from models.learning.spike_count_loss import SlayerLesson

# A lesson is made from a network and the lesson's own parameters.
LESSONS: dict[str, Callable[[Any, Any], Lesson]] = {
    "conv_lif": RateLesson,
    "eedn": EednLesson,
    "slayer": SlayerLesson,
    "decolle": DecolleLesson,
    "c3d": C3dLesson,
}
