"""Operations, sparsity and memory: by hand, and against the package of NeuroBench itself.

NeuroBench is not in requirements.txt, as it would bring a hundred megabytes that its metrics do
not use; tests/neurobench.txt says how to install it, and without it these comparisons are skipped.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from models.data.gestures import CLASSES
from models.measuring.footprint import (
    Footprint,
    FootprintMeter,
    parameter_bytes,
    parameter_count,
    state_bytes,
)
from models.networks.c3d import C3d, C3dParameters, Convolution
from models.networks.conv_lif import ConvLif, ConvLifParameters
from models.networks.decolle import Decolle, DecolleParameters
from models.networks.eedn import Eedn, EednParameters
from models.networks.slayer import Slayer, SlayerParameters
from models.networks.torch_session import TorchSession
from models.spec import ModelSpec, as_ticks

TICKS = 60
WITHOUT = "NeuroBench is not installed, see tests/neurobench.txt"


class Tiny(nn.Module):
    """A 2 x 2 kernel over the whole input, then three outputs; fires at 1, remembers nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(2, 1, 2)
        self.dense = nn.Linear(1, 3, bias=False)
        with torch.no_grad():
            self.conv.weight.fill_(1.0)
            self.conv.weight[0, 1, 1, 1] = 0.0
            self.conv.bias.zero_()
            self.dense.weight.copy_(torch.tensor([[1.0], [0.0], [-2.0]]))
        self.lost_ms: list[float] = []

    def plan(self, tick_ms: float) -> None:
        return None

    def stream(self, x: torch.Tensor, state: Any, plan: None) -> tuple[list[torch.Tensor], Any]:
        hidden = (self.conv(x) >= 1).float()
        output = (self.dense(hidden.flatten(1)) >= 1).float()
        return [hidden, output], (torch.zeros(2), torch.zeros(1, dtype=torch.uint8))

    def decay(self, state: Any, lost_ms: float, tick_ms: float) -> Any:
        self.lost_ms.append(lost_ms)
        return state


def three_ticks() -> np.ndarray:
    """One event at a weight and one at the zero weight; a pixel with two and one more; none."""
    counts = np.zeros((3, 2, 2, 2), np.float32)
    counts[0, 0, 0, 0] = counts[0, 1, 1, 1] = 1
    counts[1, 0, 0, 1], counts[1, 1, 0, 0] = 2, 1
    return counts


def test_a_tiny_network_by_hand() -> None:
    meter = FootprintMeter(Tiny(), 1.0)
    meter.run(three_ticks())
    # First layer: 1 AC in the first tick, 2 MACs in the second. The second layer gets a spike in
    # both, which meets 2 of its 3 weights.
    assert meter.result() == Footprint(
        ticks=3,
        accumulations=1 + 2 + 2,
        multiply_accumulations=2,
        dense=3 * (8 + 3),
        zeros=1 + (2 + 2 + 3),
        activations=3 + 9,
        state_bytes=9,
    )
    assert meter.result().activation_sparsity == pytest.approx(8 / 12)


def test_zeros_around_a_map_and_signed_inputs() -> None:
    class Padded(Tiny):
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(2, 1, 3, padding=1)

        def stream(self, x: torch.Tensor, state: Any, plan: None) -> tuple[list[torch.Tensor], Any]:
            return [torch.relu(self.conv(x))], None

    meter = FootprintMeter(Padded(), 1.0)
    counts = np.zeros((2, 2, 2, 2), np.float32)
    counts[0, 0, 0, 0], counts[1, 1, 1, 1] = -1, 0.5
    meter.run(counts)
    # On 2 x 2 pixels every output sees all four of both polarities.
    found = meter.result()
    assert (found.accumulations, found.multiply_accumulations, found.dense) == (4, 4, 2 * 4 * 8)


def test_pieces_do_not_matter_and_a_single_last_tick_is_left_out() -> None:
    counts = np.random.default_rng(0).poisson(0.3, (100, 2, 2, 2)).astype(np.float32)
    whole, pieces, longer = (FootprintMeter(Tiny(), 1.0) for _ in range(3))
    whole.run(counts)
    for start in range(0, 100, 7):
        pieces.run(counts[start : start + 7])
    longer.run(counts)
    longer.run(counts[:1])
    assert whole.result() == pieces.result() == longer.result()
    assert whole.result().ticks == 100


def test_a_gap_and_a_new_stream() -> None:
    network = Tiny()
    meter = FootprintMeter(network, 1.0)
    meter.skip(5_000)  # there is no state yet
    meter.run(three_ticks())
    meter.skip(7_000)
    meter.reset()
    meter.skip(9_000)
    assert network.lost_ms == [7.0]
    assert FootprintMeter(network, 1.0).result().activation_sparsity is None


def test_bytes() -> None:
    assert parameter_bytes(Tiny()) == 4 * (8 + 1 + 3)
    assert parameter_count(Tiny()) == 12
    nested = (torch.zeros(3), None, (torch.zeros(2, dtype=torch.float64), 5))
    assert state_bytes(nested) == 12 + 16


def conv_lif() -> ConvLif:
    """With delays of several lengths, and threshold crossings in all layers."""
    delays = ((0,), (0, 3), (0, 8), (0, 5, 9), (2,))
    sizes = ConvLifParameters(
        side=16, channels=(4, 6, 8), hidden=12, population=2, delays_ms=delays, gain_floor=1.0
    )
    network = ConvLif(sizes)
    network.finish(1.0)
    with torch.no_grad():
        for projection, _ in network.layers():
            projection.op.weight[0] = 0.0  # zeros that must not be counted
            projection.drive.fill_(0.05)
    return network.eval()


def slayer() -> Slayer:
    network = Slayer(SlayerParameters(side=16, pool=2, channels=(4, 6), hidden=10))
    with torch.no_grad():
        for op in (m for m in network.modules() if isinstance(m, nn.Conv2d | nn.Linear)):
            op.weight.abs_().mul_(4)
    network.finish(1.0)
    return network


def decolle() -> Decolle:
    sizes = DecolleParameters(
        side=16, channels=(4, 6), kernels=(5, 3), strides=(2, 1), pools=(1, 2), readout=20.0
    )
    network = Decolle(sizes)
    network.finish(1.0)
    return network


def eedn() -> Eedn:
    sizes = EednParameters(
        side=16,
        delays_ms=(0, 4),
        taus_ms=(10.0, 15.0),
        layers=((16, 3, 2, 2), (16, 2, 2, 4)),
        output_groups=2,
        population=4,
    )
    network = Eedn(sizes)
    network.finish(1.0)
    with torch.no_grad():
        for layer in network.layers():
            layer.threshold.fill_(1)
    return network


def c3d() -> C3d:
    channels = ((2,), (3,), (4, 4), (4, 4), (5, 5))
    sizes = C3dParameters(side=32, frame_ms=10, channels=channels, hidden=(6, 6), normalise=True)
    network = C3d(sizes)
    network.finish(1.0)
    return network


def some_counts(side: int) -> np.ndarray:
    """Events enough that a few pixels have two, in some ticks and not in all."""
    rng = np.random.default_rng(1)
    rates = rng.uniform(0.0, 0.06, (TICKS, 1, 1, 1)) * 256 / side**2
    return rng.poisson(rates, (TICKS, 2, side, side)).astype(np.float32)


def measured(network: Any, counts: np.ndarray) -> Footprint:
    meter = FootprintMeter(network, 1.0)
    for start in range(0, len(counts), 7):
        meter.run(counts[start : start + 7])
    return meter.result()


class Shown(nn.Module):
    """Passes neurons' outputs on, so that NeuroBench's hooks see them."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x


class LifNeurons(nn.Module):
    """LIF neurons written anew, one tick at a time."""

    def __init__(self, decay: torch.Tensor) -> None:
        super().__init__()
        self.decay = decay
        self.v: torch.Tensor | float = 0.0

    def forward(self, charge: torch.Tensor) -> torch.Tensor:
        u = self.v * self.decay + charge
        spikes = (u >= 1).float()
        self.v = u - spikes
        return spikes


class ConvLifAnew(nn.Module):
    """The default network put together from plain layers, with the delays as lists of spikes."""

    def __init__(self, network: ConvLif) -> None:
        super().__init__()
        self.sizes = network.sizes
        self.gains = lambda counts: network.gain(counts, None, 1.0)[0]
        layers = network.layers()
        self.ops = nn.ModuleList([copy.deepcopy(projection.op) for projection, _ in layers])
        self.neurons = nn.ModuleList([LifNeurons(neuron.decay(1.0)) for _, neuron in layers])
        self.drives = [projection.drive for projection, _ in layers]

    def forward(self, data: torch.Tensor) -> torch.Tensor:
        gains, outputs = self.gains(data[0][:, None]), []
        past: list[list[torch.Tensor]] = [[] for _ in self.ops]
        for tick, gain in enumerate(gains):
            x = data[:, tick]
            for index, (op, neurons) in enumerate(zip(self.ops, self.neurons, strict=True)):
                x = x.flatten(1) if index == 3 else x
                past[index].append(x)
                arrived = [
                    past[index][tick - d] if d <= tick else torch.zeros_like(x)
                    for d in self.sizes.delays_ms[index]
                ]
                charge = op(torch.cat(arrived, 1)) * (gain if index == 0 else 1.0)
                drive = self.drives[index].view(-1, *(1,) * (charge.dim() - 2))
                x = neurons(charge + drive)
            outputs.append(x)
        return torch.stack(outputs, 1)


class TickByTick(nn.Module):
    """A network of ours at one tick a call; ``read`` are layers that are not modules in it.

    Each is a layer of torch with the place of its input among the spiking layers.
    """

    def __init__(self, network: Any, read: Sequence[tuple[nn.Module, int]] = ()) -> None:
        super().__init__()
        self.network = network
        self.read = nn.ModuleList([op for op, _ in read])
        self.sources = [source for _, source in read]
        self.shown = Shown()

    def forward(self, data: torch.Tensor) -> torch.Tensor:
        plan, state, outputs = self.network.plan(1.0), None, []
        for tick in range(data.shape[1]):
            spikes, state = self.network.stream(data[0, tick : tick + 1], state, plan)
            for layer in spikes:
                self.shown(layer)
            for op, source in zip(self.read, self.sources, strict=True):
                x = spikes[source]
                op(x.flatten(1) if isinstance(op, nn.Linear) else x)
            outputs.append(spikes[-1])
        return torch.stack(outputs, 1)


class ClipByClip(nn.Module):
    """C3D put together from plain layers, over the clips that end with every frame."""

    def __init__(self, network: C3d) -> None:
        super().__init__()
        self.sizes = network.sizes
        layers: list[nn.Module] = []
        for module in network.clip.stages.modules():
            if isinstance(module, Convolution):
                layers += [module.op, nn.ReLU()]
            elif isinstance(module, nn.MaxPool3d):
                layers.append(module)
        self.layers = nn.Sequential(*layers, nn.Flatten(), *network.clip.dense)

    def forward(self, data: torch.Tensor) -> torch.Tensor:
        p = self.sizes
        frames = data[0].unflatten(0, (-1, p.frame_ms)).sum(1)
        film = torch.cat([frames.new_zeros((p.frames - 1, *frames.shape[1:])), frames])
        clips = [film[end - p.frames : end] for end in range(p.frames, len(film) + 1)]
        return torch.stack([self.layers(torch.log1p(c.transpose(0, 1)[None])) for c in clips], 1)


@torch.no_grad()
def neurobench_of(network: nn.Module, counts: np.ndarray) -> dict[str, float]:
    """What NeuroBench's own metrics say about one stream, which is one sample to them."""
    pytest.importorskip(
        "neurobench", reason="NeuroBench is not installed, see tests/neurobench.txt"
    )
    from neurobench.metrics.workload import ActivationSparsity, SynapticOperations
    from neurobench.models import TorchModel

    data = torch.from_numpy(counts)[None]
    model = TorchModel(network)
    for kind in (Shown, LifNeurons):
        model.add_activation_module(kind)
    model.register_hooks()
    predictions, batch = model(data), (data, torch.zeros(1))
    operations = SynapticOperations()(model, predictions, batch)
    return {**operations, "sparsity": ActivationSparsity()(model, predictions, batch)}


def assert_equal(ours: Footprint, theirs: dict[str, float]) -> None:
    assert ours.accumulations == theirs["Effective_ACs"]
    assert ours.multiply_accumulations == theirs["Effective_MACs"]
    assert ours.dense == theirs["Dense"]
    assert ours.activation_sparsity == theirs["sparsity"]
    # Nothing is proved by silence.
    assert 0 < ours.accumulations + ours.multiply_accumulations < ours.dense
    assert 0 < ours.zeros < ours.activations


def test_the_default_network_agrees_with_neurobench() -> None:
    torch.manual_seed(0)
    network, counts = conv_lif(), some_counts(16)
    ours = measured(network, counts)
    assert ours.accumulations > 0 < ours.multiply_accumulations
    assert_equal(ours, neurobench_of(ConvLifAnew(network), counts))


def test_slayer_agrees_with_neurobench() -> None:
    torch.manual_seed(0)
    network, counts = slayer(), some_counts(16)
    assert_equal(measured(network, counts), neurobench_of(TickByTick(network), counts))


def test_decolle_agrees_with_neurobench() -> None:
    torch.manual_seed(0)
    network, counts = decolle(), some_counts(16)
    weight = network.layers()[-1].readout_weight
    readout = nn.Linear(weight.shape[1], weight.shape[0])
    readout.weight.data = weight
    theirs = neurobench_of(TickByTick(network, [(readout, -2)]), counts)
    assert_equal(measured(network, counts), theirs)


def test_eedn_agrees_with_neurobench() -> None:
    torch.manual_seed(0)
    network, counts = eedn(), some_counts(16)
    read = []
    for place, layer in enumerate(network.layers()):
        s = layer.sizes
        op = nn.Conv2d(s.inputs, s.channels, s.kernel, s.stride, s.padding, groups=s.groups)
        op.weight.data = layer.weight.float()
        read.append((op, place))
    theirs = neurobench_of(TickByTick(network, read), counts)
    ours = measured(network, counts)
    assert_equal(ours, theirs)
    assert ours.multiply_accumulations == 0  # the cascade leaves nothing but spikes


def test_c3d_agrees_with_neurobench() -> None:
    torch.manual_seed(0)
    network, counts = c3d(), some_counts(32)
    ours = measured(network, counts)
    assert_equal(ours, neurobench_of(ClipByClip(network), counts))
    # Ours are six clips, and what the network tells counts the zeros around the maps as well.
    assert ours.dense < TICKS // 10 * network.multiply_accumulates()


def test_bytes_agree_with_neurobench() -> None:
    pytest.importorskip(
        "neurobench", reason="NeuroBench is not installed, see tests/neurobench.txt"
    )
    from neurobench.metrics.static import Footprint as Bytes
    from neurobench.models import TorchModel

    for network in (conv_lif(), slayer(), decolle(), eedn(), c3d()):
        assert parameter_bytes(network) == Bytes()(TorchModel(network))


def test_eedn_s_whole_numbers_were_learnt() -> None:
    finished, fresh = eedn(), Eedn(eedn().sizes)
    learnt = sum(p.numel() for p in fresh.parameters())
    assert parameter_count(finished) == learnt


@pytest.mark.parametrize("delayed", [False, True])
def test_a_session_counts_the_same_where_no_spike_is_under_way(delayed: bool) -> None:
    torch.manual_seed(0)
    network = conv_lif()
    if not delayed:
        sizes = replace(network.sizes, delays_ms=((0,),) * 5)
        network = ConvLif(sizes)
        network.finish(1.0)
    counts = np.minimum(some_counts(16), 1.0)
    spec = ModelSpec("t", "conv_lif", CLASSES, (2, 16, 16), parameters=asdict(network.sizes))
    said = int(TorchSession(network, spec).run(as_ticks(counts)).synaptic_operations.sum())
    found = measured(network, counts)
    total = found.accumulations + found.multiply_accumulations
    assert (said > total) if delayed else (said == total)
