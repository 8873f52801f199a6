"""How the systems and their models are spelled for people, wherever they are named."""

from __future__ import annotations

from models.sizes import KNOWN

SYSTEM_NAMES = {**{system: known.name for system, known in KNOWN.items()}, "nir": "NIR graph"}


def system_name(system: str) -> str:
    """``decolle`` becomes ``DECOLLE``; a system that is not known keeps its own name."""
    return SYSTEM_NAMES.get(system, system)


def model_name(name: str, system: str) -> str:
    """``decolle`` of the system ``decolle`` becomes ``DECOLLE``, any other ``name`` ``Name``."""
    named = system_name(system)
    return named if name.casefold() == named.casefold() else name[:1].upper() + name[1:]
