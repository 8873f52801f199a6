"""How the systems and their models are spelled for people, wherever they are named."""

from __future__ import annotations

SYSTEM_NAMES = {
    "conv_lif": "convolutional LIF",
    "eedn": "Eedn",
    "slayer": "SLAYER",
    "decolle": "DECOLLE",
    "c3d": "C3D",
    "nir": "NIR graph",
}


def system_name(system: str) -> str:
    """``decolle`` becomes ``DECOLLE``; a system that is not known keeps its own name."""
    return SYSTEM_NAMES.get(system, system)


def model_name(name: str, system: str) -> str:
    """``decolle`` of the system ``decolle`` becomes ``DECOLLE``, any other ``name`` ``Name``."""
    named = system_name(system)
    return named if name.casefold() == named.casefold() else name[:1].upper() + name[1:]
