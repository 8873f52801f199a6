"""Steps by hand: AdamW's first one has the length of the rate, Muon's is the same every way."""

from __future__ import annotations

import torch
from torch import nn

from models.training.optimiser import Optimiser

RATE = 0.01


def layers() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(3, 6, 3), nn.Flatten(), nn.Linear(6, 4))


def learn(network: nn.Module, optimiser: Optimiser, seed: int) -> None:
    torch.manual_seed(seed)
    optimiser.set_rate(RATE)
    optimiser.zero_grad()
    network(torch.randn(8, 3, 3, 3)).square().sum().backward()
    optimiser.step()


def changes(network: nn.Module, optimiser: Optimiser) -> list[torch.Tensor]:
    before = [p.detach().clone() for p in network.parameters()]
    learn(network, optimiser, 1)
    return [p.detach() - b for p, b in zip(network.parameters(), before, strict=True)]


def test_the_first_step_of_adamw_is_as_long_as_the_rate_everywhere() -> None:
    network = layers()
    for change in changes(network, Optimiser(network, "adamw", 0.0)):
        assert torch.allclose(change.abs(), torch.full_like(change, RATE), rtol=1e-3)


def test_a_step_of_muon_is_about_as_long_in_every_direction() -> None:
    """Newton and Schulz's five steps bring singular values of 1/9 and more to 0.7 to 1.2."""
    network = layers()
    optimiser = Optimiser(network, "muon", 0.0)
    optimiser.set_rate(RATE)
    before = [p.detach().clone() for p in network.parameters()]
    for p in network.parameters():
        u, _, v = torch.linalg.svd(torch.randn(len(p), p[0].numel()), full_matrices=False)
        lengths = torch.logspace(0, -3, len(v), base=2)
        p.grad = (u * lengths @ v).reshape(p.shape)
    optimiser.step()
    for p, b in zip(network.parameters(), before, strict=True):
        step = (p.detach() - b).flatten(1) if p.dim() > 1 else p.detach() - b
        if p.dim() > 1:
            lengths = torch.linalg.svdvals(step / (RATE * 0.2 * max(step.shape) ** 0.5))
            assert float(lengths.min()) > 0.6
            assert float(lengths.max()) < 1.3
        else:
            assert torch.allclose(step.abs(), torch.full_like(step, RATE), rtol=1e-3)


def test_weights_decay_under_muon() -> None:
    """Without a gradient's direction nothing is left but the decay: w (1 - rate decay)."""
    network = layers()
    optimiser = Optimiser(network, "muon", 0.5)
    optimiser.set_rate(RATE)
    before = [p.detach().clone() for p in network.parameters()]
    for p in network.parameters():
        p.grad = torch.zeros_like(p)
    optimiser.step()
    for p, b in zip(network.parameters(), before, strict=True):
        assert torch.allclose(p, b * (1 - RATE * 0.5))


def test_old_gradients_are_forgotten() -> None:
    network = layers()
    optimiser = Optimiser(network, "muon", 0.0)
    learn(network, optimiser, 1)
    optimiser.zero_grad()
    assert all(p.grad is None for p in network.parameters())


def test_a_state_goes_on_with_the_same_steps() -> None:
    whole, broken = layers(), layers()
    first = Optimiser(whole, "muon", 0.01)
    second = Optimiser(broken, "muon", 0.01)
    learn(whole, first, 1)
    learn(broken, second, 1)
    again = Optimiser(broken, "muon", 0.01)
    again.load_state_dict(second.state_dict())
    learn(whole, first, 2)
    learn(broken, again, 2)
    for a, b in zip(whole.parameters(), broken.parameters(), strict=True):
        assert torch.equal(a, b)
