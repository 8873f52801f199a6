"""The default network made larger, without a change in what it does, to be taught on from there."""

from __future__ import annotations

import copy
from dataclasses import replace

import torch

from models.networks.conv_lif import ConvLif, ConvLifParameters

# How far the synapses of new neurons are from those that they begin as.
NEW_SPREAD = 0.5


def grow(network: ConvLif, sizes: ConvLifParameters) -> ConvLif:
    """The same function in a network that is wider or has further delays.

    New neurons hear roughly what one of the old ones hears, so that they fire, but reach nobody
    yet; nor do the synapses of further delays (as in Chen et al., Net2Net, ICLR 2016, but that
    nothing is taken from the old ones).

    Raises:
        ValueError: the sizes are smaller or differ in something else, or the delays do not begin
            as before, or neurons are added while there is normalisation.
    """
    _check(network, sizes)
    larger = ConvLif(sizes)
    for index, ((old, _), (new, _)) in enumerate(
        zip(network.layers(), larger.layers(), strict=True)
    ):
        new.norm = copy.deepcopy(old.norm)
        _copy_layer(index, network, larger)
    return larger


def _check(network: ConvLif, sizes: ConvLifParameters) -> None:
    mine = network.sizes
    alike = replace(sizes, delays_ms=mine.delays_ms, channels=mine.channels, hidden=mine.hidden)
    widths = zip((*mine.channels, mine.hidden), (*sizes.channels, sizes.hidden), strict=True)
    more = [new - old for old, new in widths]
    begins = all(
        new[: len(old)] == old for old, new in zip(mine.delays_ms, sizes.delays_ms, strict=True)
    )
    folded = all(projection.norm is None for projection, _ in network.layers())
    if alike != mine or not begins or min(more) < 0 or (max(more) > 0 and not folded):
        raise ValueError(f"expected {mine}, folded, with more neurons or delays, got {sizes}")


@torch.no_grad()
def _copy_layer(index: int, network: ConvLif, larger: ConvLif) -> None:
    """Give a layer of the larger network what the other's has, and its further neurons a part."""
    (old, old_lif), (new, new_lif) = network.layers()[index], larger.layers()[index]
    width = len(old_lif.log_tau)
    further = torch.randint(width, (len(new_lif.log_tau) - width,))
    like = torch.cat([torch.arange(width), further])
    synapses = _by_source(network.sizes, index, old.op.weight)[like]
    synapses[width:] *= 1 + NEW_SPREAD * torch.randn_like(synapses[width:])
    _, sets, sources, _ = synapses.shape
    new.op.weight.zero_()
    _by_source(larger.sizes, index, new.op.weight)[:, :sets, :sources] = synapses
    new.drive.copy_(old.drive[like])
    new_lif.log_tau.copy_(old_lif.log_tau[like])


def _by_source(p: ConvLifParameters, index: int, weight: torch.Tensor) -> torch.Tensor:
    """A layer's synapses (N, D, C, K): delays, and channels of the layer before, one by one."""
    channels = (2, *p.channels, p.hidden)[index]
    return weight.view(len(weight), len(p.delays_ms[index]), channels, -1)
