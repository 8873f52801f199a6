"""How many threads torch may use."""

from __future__ import annotations

import torch


def use_one_thread() -> None:
    """Keep torch to one thread in this process.

    The tensors of streaming and rendering are small: several threads would spend their time
    waiting for each other, and take the cores from the screen and the camera.
    """
    torch.set_num_threads(1)
