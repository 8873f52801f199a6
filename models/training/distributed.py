"""Training in one process or, started by torchrun, in several that share each optimiser step.

torchrun says in the environment which process of how many this is: RANK, WORLD_SIZE, LOCAL_RANK,
LOCAL_WORLD_SIZE, MASTER_ADDR and MASTER_PORT. Processes without a GPU speak over gloo, those with
one over NCCL.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import torch
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel

# Some wait while the others still render data.
PATIENCE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class World:
    """The process of number ``rank`` of ``size``, of which ``local_size`` are on this machine."""

    device: torch.device
    rank: int = 0
    size: int = 1
    local_size: int = 1

    @property
    def leads(self) -> bool:
        """Whether this is the one process that writes and reports."""
        return self.rank == 0

    def wrap(self, network: nn.Module) -> nn.Module:
        """The network with gradients averaged over all processes; alone, the network itself."""
        if self.size == 1:
            return network
        devices = [self.device.index] if self.device.type == "cuda" else None
        # Drives are not used before the normalisation is folded into them.
        return DistributedDataParallel(network, devices, find_unused_parameters=True)

    def agree(self, network: nn.Module) -> None:
        """Give all processes the first one's weights and statistics."""
        if self.size > 1:
            for value in network.state_dict().values():
                distributed.broadcast(value, 0)

    def any_says(self, yes: bool) -> bool:
        """Whether one of the processes says yes; each waits for all."""
        if self.size == 1:
            return yes
        flag = torch.tensor(int(yes), device=self.device)
        distributed.all_reduce(flag, distributed.ReduceOp.MAX)
        return bool(flag)


@contextmanager
def join_world(device: str) -> Iterator[World]:
    """This process among those that torchrun started on "cpu" or "cuda", else by itself."""
    size, local_rank = (
        int(os.environ.get("WORLD_SIZE", "1")),
        int(os.environ.get("LOCAL_RANK", "0")),
    )
    if size == 1:
        yield World(torch.device(device))
        return
    on_gpu = device == "cuda"
    if on_gpu:
        torch.cuda.set_device(local_rank)
    distributed.init_process_group("nccl" if on_gpu else "gloo", timeout=PATIENCE)
    try:
        yield World(
            torch.device("cuda", local_rank) if on_gpu else torch.device(device),
            distributed.get_rank(),
            size,
            int(os.environ.get("LOCAL_WORLD_SIZE", "1")),
        )
        # A thread of gloo that still has to give a tensor back when Python ends takes the process
        # down with it; while this waits for the others, the thread gets its turn.
        distributed.barrier()
    finally:
        distributed.destroy_process_group()
