"""How families of networks ("systems" in their files) and their models are spelled for people."""

from __future__ import annotations

from models.sizes import KNOWN

FAMILY_NAMES = {**{family: known.name for family, known in KNOWN.items()}, "nir": "NIR graph"}


def family_name(family: str) -> str:
    """``decolle`` becomes ``DECOLLE``; a family that is not known keeps its own name."""
    return FAMILY_NAMES.get(family, family)


def model_name(name: str, family: str) -> str:
    """``decolle`` of the family ``decolle`` becomes ``DECOLLE``, any other ``name`` ``Name``."""
    named = family_name(family)
    return named if name.casefold() == named.casefold() else name[:1].upper() + name[1:]
