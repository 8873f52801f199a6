"""Axonal delays: spikes on their way from one layer to synapses of the next."""

from __future__ import annotations

import torch

# So many ticks are appended to a delay line before it is moved to new memory.
LINE_ROOM = 256


def deliver(
    x: torch.Tensor, underway: torch.Tensor | None, delays: tuple[int, ...]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Spikes (T, B, C, ...) and those under way (D, B, C, ...) -> what arrives, what is left.

    The arrivals (T B, K C, ...) of the K successive ``delays``, in steps and none longer than D,
    lie side by side. Maps stay channels last if they are.
    """
    longest, steps, batch = max(delays), len(x), x.shape[1]
    # As maps of one long batch, as only those keep their order in memory when they are joined.
    maps = x.flatten(0, 1)
    if not longest:
        return maps, x[:0]
    if underway is None:
        first = torch.zeros_like(maps[:batch])
        before = [first] * longest
    else:
        before = [underway.flatten(0, 1)]
    line = torch.cat([*before, maps])
    begins = [batch * (longest - d) for d in delays]
    arrived = torch.cat([line[begin : begin + steps * batch] for begin in begins], 1)
    return arrived, line[steps * batch :].unflatten(0, (longest, batch))


def stream_line(
    x: torch.Tensor, underway: torch.Tensor | None, longest: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Spikes under way (D, ...) and new ones (T, ...) in a row, and its last D.

    The row grows in place while its memory has room, since moving hundreds of ticks of spikes at
    every tick took a third of a tick's time.
    """
    if underway is None:
        underway = x.new_zeros((longest, *x.shape[1:]))
    step, end = x[0].numel(), underway.storage_offset() + underway.numel()
    room = underway.untyped_storage().nbytes() // underway.element_size() - end
    if room < x.numel():
        roomy = x.new_empty((longest + len(x) + LINE_ROOM, *x.shape[1:]))
        roomy[:longest] = underway
        underway, end = roomy[:longest], longest * step
    line = underway.as_strided(
        (longest + len(x), *x.shape[1:]), x.contiguous().stride(), end - longest * step
    )
    line[longest:] = x
    return line, line[len(x) :]


def stream_arrivals(
    x: torch.Tensor, underway: torch.Tensor | None, delays: tuple[int, ...]
) -> tuple[torch.Tensor, torch.Tensor]:
    """``deliver`` for one stream: what arrives lies side by side along axis 1."""
    longest = max(delays)
    if not longest:
        return x, x[:0]
    line, left = stream_line(x, underway, longest)
    arrived = [line[longest - d : longest - d + len(x)] for d in delays]
    return (torch.cat(arrived, 1) if len(arrived) > 1 else arrived[0]), left
