"""Settings of a camera that have proved themselves, by model. Knows no dv-processing.

On a DVS128 they are the "fast" and the "slow" biases that jAER brings along for it. A DVXplorer has
thresholds of contrast from 0 to 17, 9 unless told otherwise. On a DAVIS, its own filters are set,
whose unit is 250 µs, as biases differ from chip to chip.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

USUAL_CONTRAST = 9


class Purpose(Enum):
    """What a preset is for."""

    DEFAULT = "default"  # what the camera does by itself
    SENSITIVE = "sensitive"  # weak contrast, as in dim light
    FAST = "fast"
    CALM = "calm"  # less noise


@dataclass(frozen=True, slots=True)
class Preset:
    """``biases`` are set as they stand, each ``NAME=VALUE``; everything else stays as it is."""

    purpose: Purpose
    biases: tuple[str, ...] = ()


def _contrast(threshold: int) -> tuple[str, ...]:
    return f"ContrastThresholdOn={threshold}", f"ContrastThresholdOff={threshold}"


_FAST_DVS128 = (
    "CAS=1992", "INJGND=1108364", "REQPD=16777215", "PUX=8159221", "DIFF_OFF=132", "REQ=309590",
    "REFR=969", "PUY=16777215", "DIFF_ON=209996", "DIFF=13125", "FOLL=271", "PR=217",
)  # fmt: skip
_SLOW_DVS128 = (
    "CAS=54", "INJGND=1108364", "REQPD=16777215", "PUX=8159221", "DIFF_OFF=132", "REQ=159147",
    "REFR=6", "PUY=16777215", "DIFF_ON=482443", "DIFF=30153", "FOLL=51", "PR=3",
)  # fmt: skip
_AS_IT_IS = Preset(Purpose.DEFAULT)
_PRESETS = {
    "DVS128": (
        Preset(Purpose.FAST, _FAST_DVS128),
        Preset(Purpose.CALM, _SLOW_DVS128),
    ),
    "DVX": (
        Preset(Purpose.SENSITIVE, _contrast(5)),
        Preset(Purpose.CALM, _contrast(13)),
    ),
    "DAVIS": (Preset(Purpose.CALM, ("BackgroundActivityFilter=8", "RefractoryPeriodFilter=4")),),
}


def presets_for(model: str, names: frozenset[str]) -> tuple[Preset, ...]:
    """The presets of a model of which a camera can set everything, as ``names`` say it can."""
    family = next((kind for kind in _PRESETS if model.startswith(kind)), None)
    known = _PRESETS[family] if family is not None else ()
    return (_AS_IT_IS, *(preset for preset in known if _names(preset) <= names))


def _names(preset: Preset) -> set[str]:
    return {bias.partition("=")[0] for bias in preset.biases}
