"""The families of networks that the program knows, and how to build one of each.

A family is what model files and ``--system`` call a system; what recognises in the pipeline is a
system of its own, a network with a file. Nothing else needs to know which family it has before it:
training, sessions, model files and validation take whatever stands here. How each is taught stands
in ``models.learning.lessons``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from models.networks.c3d import C3d, C3dParameters
from models.networks.conv_lif import ConvLif, ConvLifParameters
from models.networks.conv_lif_growth import grow
from models.networks.decolle import Decolle, DecolleParameters
from models.networks.eedn import Eedn, EednParameters
from models.networks.slayer import Slayer, SlayerParameters
from models.spec import ModelError

# All of them are ``StreamingNetwork``s.
Network = ConvLif | Eedn | Slayer | Decolle | C3d


@dataclass(frozen=True, slots=True)
class Family:
    """Classes of a family: parameters, and the network built from them."""

    parameters: Callable[..., Any]
    network: Callable[[Any], Network]

    def build(self, parameters: Mapping[str, Any]) -> Network:
        """The untrained network of these parameters; lists are taken for tuples.

        Raises:
            TypeError, ValueError, RuntimeError: they do not fit.
        """
        return self.network(self.parameters(**{k: _frozen(v) for k, v in parameters.items()}))


def _frozen(value: Any) -> Any:
    """Lists, which is what tuples may come back as from a file, made tuples again."""
    return tuple(_frozen(part) for part in value) if isinstance(value, (list, tuple)) else value


FAMILIES: dict[str, Family] = {
    "conv_lif": Family(ConvLifParameters, ConvLif),
    "eedn": Family(EednParameters, Eedn),
    "slayer": Family(SlayerParameters, Slayer),
    "decolle": Family(DecolleParameters, Decolle),
    "c3d": Family(C3dParameters, C3d),
}


def family_of(name: str) -> Family:
    """The family of this name.

    Raises:
        ModelError: there is none.
    """
    if name not in FAMILIES:
        raise ModelError(f"expected a model of system {' or '.join(FAMILIES)}, got {name!r}")
    return FAMILIES[name]


def grown(network: Network, sizes: Any) -> Network:
    """The same function in a network of larger ``sizes``.

    Raises:
        ValueError: the network's system cannot grow, or not to these sizes.
    """
    if isinstance(network, ConvLif):
        return grow(network, sizes)
    raise ValueError(f"expected stages of equal sizes, got {sizes} after {network.sizes}")
