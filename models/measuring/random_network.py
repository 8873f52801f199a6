"""Networks like the default one that have learnt nothing, of other sizes, for measuring speed."""

from __future__ import annotations

import math
from dataclasses import asdict, replace

import numpy as np
import torch

from models.engine.session import EngineSession
from models.networks.conv_lif import ConvLif, ConvLifParameters
from models.networks.projection import WEIGHT_STEP
from models.spec import ModelSpec, TickEvents

ROUNDS_TO_TUNE = 9
MOST = 2.0**6  # times the width of the first guess at a layer's weights
SEED = 15


def enlarged(network: ConvLif, chart: str, factor: int) -> ConvLif:
    """A network of random weights, so many times as wide or with so many times the side."""
    sizes = network.sizes
    if chart == "width":
        one, two, three = (factor * channels for channels in sizes.channels)
        sizes = replace(
            sizes,
            channels=(one, two, three),
            hidden=factor * sizes.hidden,
            population=factor * sizes.population,
        )
    else:
        sizes = replace(sizes, side=factor * sizes.side)
    return randomised(network, sizes)


def randomised(network: ConvLif, sizes: ConvLifParameters) -> ConvLif:
    """Weights as wide as the bundled ones for the number of inputs; leaks and drives of theirs."""
    torch.manual_seed(SEED)
    other = ConvLif(sizes)
    other.finish(1.0)
    with torch.no_grad():
        for (old, lif), (new, new_lif) in zip(network.layers(), other.layers(), strict=True):
            inputs = new.op.weight[0].numel()
            new.op.weight.normal_(0.0, 1 / math.sqrt(inputs))
            times = len(new_lif.log_tau) // len(lif.log_tau)
            new_lif.log_tau.copy_(lif.log_tau.repeat(times))
            new.drive.copy_(old.drive.repeat(times))
    return other


def enlarged_spec(network: ConvLif, like: ModelSpec) -> ModelSpec:
    """The description of a network of other sizes."""
    side = network.sizes.side
    return replace(like, input_shape=(2, side, side), parameters=asdict(network.sizes))


def tune(network: ConvLif, spec: ModelSpec, wanted: list[float], ticks: TickEvents) -> None:
    """Make each layer's weights larger or smaller, layer by layer, until it fires as ``wanted``,
    in spikes of a neuron a tick. They stay whole multiples of the step that keeps sums exact."""
    for index, (projection, _) in enumerate(network.layers()):
        shape = projection.op.weight.detach().clone()
        low, high = 1 / MOST, MOST
        for _ in range(ROUNDS_TO_TUNE):
            factor = math.sqrt(low * high)
            set_weights(projection.op.weight, shape * factor)
            session = EngineSession(spec, weights_of(network), whole=True)
            if firing(session, ticks)[index] < wanted[index]:
                low = factor
            else:
                high = factor


@torch.no_grad()
def set_weights(weight: torch.Tensor, wanted: torch.Tensor) -> None:
    """The nearest multiples of ``WEIGHT_STEP``."""
    weight.copy_(torch.round(wanted / WEIGHT_STEP) * WEIGHT_STEP)


def firing(session: EngineSession, ticks: TickEvents) -> list[float]:
    """Spikes of a neuron a tick, by layer."""
    session.reset()
    return [float(layer.spikes.mean()) for layer in session.run(ticks).layers]


def weights_of(network: ConvLif) -> dict[str, np.ndarray]:
    """As a model file has them."""
    return {name: value.detach().numpy() for name, value in network.state_dict().items()}
