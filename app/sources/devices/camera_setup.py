"""What is set on a camera when it is opened: nothing but events is sent, and biases as asked for.

All of it by the methods that dv-processing gives the camera's own class: the DVS128 has
``setBias``, a DAVIS biases of its chip in coarse and fine steps and three filters, a DVXplorer two
thresholds of contrast and the rate at which it is read out. Its documents name no ranges; it
refuses what does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.sources.contract import SourceError
from app.sources.devices.biases import parse_bias
from app.sources.dv_bridge import DV_ERRORS, sentence

# A DAVIS sends frames and all have an IMU; what nobody reads would take bandwidth from events.
_UNUSED = (
    "setFramesRunning", "setImuRunningAccelerometer", "setImuRunningGyroscope",
    "setImuRunningTemperature", "setDetectorRunning",
)  # fmt: skip
# Enumeration, method, how many numbers it takes, and the chips that have it, none for all.
_BIASES: tuple[tuple[str, str, int, tuple[str, ...] | None], ...] = (
    ("Bias", "setBias", 1, None),
    ("Davis346BiasCF", "setDavis346BiasCoarseFine", 2, ("DAVIS346",)),
    ("Davis346BiasVDAC", "setDavis346BiasVoltage", 1, ("DAVIS346",)),
    ("Davis240BiasCF", "setDavis240BiasCoarseFine", 2, ("DAVIS240A", "DAVIS240B", "DAVIS240C")),
    ("CDavisBiasCF", "setCDavisBiasCoarseFine", 2, ("CDAVIS",)),
    ("CDavisBiasVDAC", "setCDavisBiasVoltage", 1, ("CDAVIS",)),
)
_NUMBERS = (
    "ContrastThresholdOn", "ContrastThresholdOff", "BackgroundActivityFilter",
    "RefractoryPeriodFilter", "SkipFilter",
)  # fmt: skip
_WORDS = ("ReadoutFPS",)


@dataclass(frozen=True, slots=True)
class Knob:
    """Something that can be set to ``numbers`` numbers, or to one of ``words``."""

    name: str
    set: Callable[..., None]
    numbers: int = 1
    words: Mapping[str, Any] = field(default_factory=dict)

    def turn(self, value: str) -> None:
        """Set it.

        Raises:
            SourceError: the value does not fit.
        """
        try:
            self.set(*self._arguments(value))
        except (TypeError, *DV_ERRORS) as error:  # TypeError: beyond what the number may be
            reason = "out of range" if isinstance(error, TypeError) else sentence(error)
            raise SourceError(f"the bias {self.name} cannot be {value}: {reason}") from error

    def _arguments(self, value: str) -> list[Any]:
        if self.words:
            known = {_key(word): choice for word, choice in self.words.items()}
            if _key(value) in known:
                return [known[_key(value)]]
            raise SourceError(f"expected {self.name} out of {', '.join(self.words)}, got {value!r}")
        parts = value.split(":")
        if len(parts) == self.numbers and all(part.lstrip("-").isdigit() for part in parts):
            return [int(part) for part in parts]
        form = "coarse and fine, such as 4:200" if self.numbers == 2 else "a whole number"
        raise SourceError(f"expected {form}, for the bias {self.name}, got {value!r}")


def switch_off_unused(camera: Any) -> None:
    """Have the camera send events only. It may raise DV_ERRORS."""
    for method in _UNUSED:
        if hasattr(camera, method):
            getattr(camera, method)(False)


def set_biases(camera: Any, texts: tuple[str, ...]) -> None:
    """Set every ``NAME=VALUE``, in their order; capitals and underscores do not matter.

    Raises:
        SourceError: the camera has no such bias, or the value does not fit.
    """
    known = {_key(knob.name): knob for knob in knobs_of(camera)} if texts else {}
    for text in texts:
        name, value = parse_bias(text)
        if _key(name) not in known:
            names = ", ".join(knob.name for knob in known.values()) or "none at all"
            raise SourceError(f"expected a bias that this camera has ({names}), got {name!r}")
        known[_key(name)].turn(value)


def knobs_of(camera: Any) -> Iterator[Knob]:
    """What can be set on a camera of this class and chip."""
    kind = type(camera)
    chip = camera.getSensorModel().name if hasattr(kind, "getSensorModel") else None
    for enumeration, method, numbers, chips in _BIASES:
        if hasattr(kind, enumeration) and (chips is None or chip in chips):
            for name, member in getattr(kind, enumeration).__members__.items():
                yield Knob(name, _bound(getattr(camera, method), member), numbers)
    for name in _NUMBERS:
        if hasattr(kind, f"set{name}"):
            yield Knob(name, getattr(camera, f"set{name}"))
    for name in _WORDS:
        if hasattr(kind, f"set{name}"):
            words = type(getattr(camera, f"get{name}")()).__members__
            yield Knob(name, getattr(camera, f"set{name}"), words=words)


def _bound(method: Callable[..., None], member: Any) -> Callable[..., None]:
    return lambda *numbers: method(member, *numbers)


def _key(name: str) -> str:
    return name.replace("_", "").casefold()
