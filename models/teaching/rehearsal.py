"""What a taught network must not forget: hidden spikes of known gestures and of nothing, kept.

The spikes are those of one hidden part exactly, so a file says which network's they are.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.atomic import replacing
from models.model_file import DEFAULT_CHECKPOINT, Weights, checksum
from models.spec import ModelError
from models.teaching.lesson import Shown

REHEARSAL = DEFAULT_CHECKPOINT.with_name("default_rehearsal.npz")
# Whatever numpy and zipfile raise at bytes that are not what was written.
DAMAGE = (
    OSError, ValueError, KeyError, EOFError, NotImplementedError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
READ_OUT = ("projections.4.", "neurons.4.")


def hidden_part(weights: Weights) -> str:
    """A checksum over all of a network that comes before its read-out."""
    return checksum({n: array for n, array in weights.items() if not n.startswith(READ_OUT)})


def save_rehearsal(path: Path, weights: Weights, looks: Sequence[Shown]) -> None:
    """Write looks at known gestures, by the network with these weights.

    Raises:
        OSError: the file cannot be written.
    """
    spikes = [np.nonzero(look.hidden) for look in looks]
    counts = [np.bincount(ticks, minlength=len(look.hidden)) for (ticks, _), look in
              zip(spikes, looks, strict=True)]  # fmt: skip
    with replacing(path) as partial, open(partial, "wb") as file:
        np.savez_compressed(
            file,
            network=np.array(hidden_part(weights)),
            hidden=np.array(looks[0].hidden.shape[1]),
            lengths=np.array([len(look.hidden) for look in looks], np.int32),
            counts=np.concatenate(counts).astype(np.uint16),
            places=np.concatenate([places for _, places in spikes]).astype(np.uint16),
            labels=np.concatenate([look.labels for look in looks]).astype(np.int8),
        )


def load_rehearsal(path: Path, weights: Weights) -> list[Shown]:
    """The looks in a file, which must be by the network with these weights.

    Raises:
        ModelError: there is no such file, it is damaged, or another network's.
    """
    try:
        with np.load(path) as data:
            network, hidden, lengths, counts, places, labels = (
                data[name]
                for name in ("network", "hidden", "lengths", "counts", "places", "labels")
            )
    except DAMAGE as error:
        raise ModelError(f"expected what a network rehearses in {path}: {error}") from error
    if str(network) != hidden_part(weights):
        raise ModelError(
            f"expected a network that {path.name} was made with, got another one: make it anew "
            "with teach --rehearse"
        )
    spikes = np.zeros((len(counts), int(hidden)), np.uint8)
    spikes[np.repeat(np.arange(len(counts)), counts), places] = 1
    ends = np.cumsum(lengths)[:-1]
    parts = zip(np.split(spikes, ends), np.split(labels, ends), strict=True)
    return [Shown(part, known.astype(np.int64)) for part, known in parts]
