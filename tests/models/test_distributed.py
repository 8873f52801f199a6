"""Training by two processes: one result in both, written by the first, fed from both."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import multiprocessing

from models.data.performer_set import WHOLE, Share, load_session, render_set
from models.data.sources import Tell
from models.networks.catalogue import FAMILIES
from models.networks.conv_lif import ConvLif
from models.training.distributed import World, join_world
from models.training.make_model import Places, Watchers, make_model
from models.training.train import Progress, Trainer
from tests.commands.test_train import write_sessions
from tests.models.tiny_systems import SIZES, noise_session, tiny_recipe

# Runs as (rank, folder) in each of two processes.
Work = Callable[[int, Path], None]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _work_as(rank: int, port: int, folder: Path, work: Work) -> None:
    """What torchrun sets up for a process of its own."""
    torch.set_num_threads(1)
    os.environ.update(
        RANK=str(rank), LOCAL_RANK=str(rank), WORLD_SIZE="2", LOCAL_WORLD_SIZE="2",
        MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port),
    )  # fmt: skip
    work(rank, folder)


def in_two_processes(folder: Path, work: Work) -> None:
    multiprocessing.spawn(_work_as, (free_port(), folder, work), nprocs=2)


def train_all(rank: int, folder: Path) -> None:
    """Train a tiny network of every system; leave its weights behind."""
    with join_world("cpu") as world:
        assert (world.rank, world.size, world.leads) == (rank, 2, rank == 0)
        for system in FAMILIES:
            run = folder / f"{system}-{rank}"
            reports: list[Progress] = []
            trainer = Trainer(tiny_recipe(system), run, world)
            network = trainer.run([noise_session(seed) for seed in range(3)], reports.append)
            assert len(reports) == 7
            torch.save([network.state_dict(), trainer.network.state_dict()], run / "weights.pt")


def test_every_system_ends_with_the_same_weights_in_both(tmp_path: Path) -> None:
    in_two_processes(tmp_path, train_all)
    for system in FAMILIES:
        first, second = (tmp_path / f"{system}-{rank}" for rank in range(2))
        for ours, theirs in zip(
            torch.load(first / "weights.pt"),
            torch.load(second / "weights.pt"),
            strict=True,
        ):
            for name, value in ours.items():
                assert torch.equal(value, theirs[name]), (system, name)
        assert (first / "state.pt").exists()
        assert not (second / "state.pt").exists()
        # Batches of its own in the second process make it another network than one trains alone.
        alone = Trainer(tiny_recipe(system), tmp_path / f"{system}-alone")
        weights = alone.run([noise_session(seed) for seed in range(3)], lambda p: None).state_dict()
        together = torch.load(first / "weights.pt")[0]
        assert any(not torch.equal(value, together[name]) for name, value in weights.items())


class WrittenSessions:
    """Sessions that lie in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def paths(
        self, split: str, count: int, workers: int, tell: Tell, share: Share = WHOLE
    ) -> list[Path]:
        return sorted(self._folder.glob(f"*/{split}/*.npz"))[:count]


def make_eedn(rank: int, folder: Path) -> None:
    places = Places(
        WrittenSessions(folder / "data"), folder / "run", folder / f"{rank}.safetensors"
    )
    told: list[Progress] = []
    watchers = Watchers(lambda *_: None, told.append)
    spec = make_model("eedn", replace(tiny_recipe("eedn"), min_count=5), places, watchers)
    assert (spec is not None) == bool(told) == (rank == 0)
    assert spec is None or spec.min_count == 5


def test_only_the_first_process_reports_and_writes(tmp_path: Path) -> None:
    write_sessions(tmp_path / "data", "train", 2)
    write_sessions(tmp_path / "data", "val", 1)
    in_two_processes(tmp_path, make_eedn)
    assert {p.name for p in tmp_path.iterdir()} == {"data", "run", "0.safetensors"}


def test_one_process_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    with join_world("cpu") as world:
        assert world == World(torch.device("cpu"))
        network = ConvLif(SIZES["conv_lif"])
        assert world.wrap(network) is network
        world.agree(network)
        assert not world.any_says(False)
        assert world.any_says(True)


def render_a_share(rank: int, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    paths = render_set(folder / "data", "val", 3, 1, lambda *n: told.append(n), Share(rank, 2))
    assert told[-1] == ((2, 2), (1, 1))[rank]
    assert all(path.exists() for path in paths[rank::2])


def test_two_processes_render_into_one_cache(tmp_path: Path) -> None:
    in_two_processes(tmp_path, render_a_share)
    told: list[tuple[int, int]] = []
    paths = render_set(tmp_path / "data", "val", 3, 1, lambda *n: told.append(n))
    assert told == [(3, 3)]
    assert {path.name for path in (tmp_path / "data").rglob("*.npz")} == {p.name for p in paths}
    assert all(len(load_session(path).t_ms) for path in paths)
