"""What is set on a camera when it is opened: nothing but events is sent, and biases as asked for.

All of it by the methods that dv-processing gives the camera's own class: the DVS128 has
``setBias``, a DAVIS biases of its chip in coarse and fine steps and three filters, a DVXplorer two
thresholds of contrast and the rate at which it is read out. Its documents name no ranges; it
refuses what does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import dv_processing as dv

from app.sources.contract import SourceError
from app.sources.devices.biases import parse_bias
from app.sources.devices.found import Adjustment, plain
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
_HIGHEST = {"ContrastThresholdOn": 17, "ContrastThresholdOff": 17}  # as the driver says, too late
_WORDS = {"ReadoutFPS": dv.io.camera.DVXplorer.ReadoutFPS}  # the DVXplorer Micro takes it, too


@dataclass(frozen=True, slots=True)
class Knob:
    """What sets an ``adjustment`` of an open camera."""

    adjustment: Adjustment
    set: Callable[..., None]

    @property
    def name(self) -> str:
        return self.adjustment.name

    def turn(self, value: str) -> None:
        """Set it.

        Raises:
            SourceError: the value does not fit.
        """
        parsed = self.adjustment.parse(value)
        try:
            self.set(*((parsed,) if isinstance(parsed, str) else parsed))
        except (TypeError, *DV_ERRORS) as error:  # TypeError: beyond what the number may be
            reason = "out of range" if isinstance(error, TypeError) else sentence(error)
            raise SourceError(f"the bias {self.name} cannot be {value}: {reason}") from error


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
    known = {plain(knob.name): knob for knob in knobs_of(camera)} if texts else {}
    for text in texts:
        name, value = parse_bias(text)
        if plain(name) not in known:
            names = ", ".join(knob.name for knob in known.values()) or "none at all"
            raise SourceError(f"expected a bias that this camera has ({names}), got {name!r}")
        known[plain(name)].turn(value)


def knobs_of(camera: Any) -> Iterator[Knob]:
    """What can be set on an open camera of this class and chip."""
    kind = type(camera)
    chip = camera.getSensorModel().name if hasattr(kind, "getSensorModel") else None
    for enumeration, method, numbers, chips in _BIASES:
        if hasattr(kind, enumeration) and (chips is None or chip in chips):
            for name, member in getattr(kind, enumeration).__members__.items():
                yield Knob(Adjustment(name, (numbers,)), _bound(getattr(camera, method), member))
    for name in _NUMBERS:
        if hasattr(kind, f"set{name}"):
            yield Knob(Adjustment(name, highest=_HIGHEST.get(name)), getattr(camera, f"set{name}"))
    for name, enumeration in _WORDS.items():
        if hasattr(kind, f"set{name}"):
            words = enumeration.__members__
            yield Knob(
                Adjustment(name, words=tuple(words)),
                _chosen(getattr(camera, f"set{name}"), words),
            )


def adjustments_of(kind: type) -> tuple[Adjustment, ...]:
    """What can be set on cameras of a class, before one is open; its chip may lack some biases."""
    counts: dict[str, tuple[int, ...]] = {
        name: (1,) for name in _NUMBERS if hasattr(kind, f"set{name}")
    }
    for enumeration, _, numbers, _ in _BIASES:
        if hasattr(kind, enumeration) and not enumeration.startswith("CDavis"):  # a rare chip
            for name in getattr(kind, enumeration).__members__:
                counts[name] = (*counts.get(name, ()), numbers)
    return (
        *(
            Adjustment(name, tuple(dict.fromkeys(kinds)), highest=_HIGHEST.get(name))
            for name, kinds in counts.items()
        ),
        *(
            Adjustment(name, words=tuple(enumeration.__members__))
            for name, enumeration in _WORDS.items()
            if hasattr(kind, f"set{name}")
        ),
    )


def _bound(method: Callable[..., None], member: Any) -> Callable[..., None]:
    return lambda *numbers: method(member, *numbers)


def _chosen(method: Callable[..., None], words: Mapping[str, Any]) -> Callable[..., None]:
    return lambda word: method(words[word])
