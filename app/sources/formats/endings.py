"""How the names of recordings end. Only dialogs and folders go by it: a reader looks inside."""

from __future__ import annotations

ENDINGS = (
    ".aedat4", ".aedat", ".aedat2", ".aedat3", ".raw", ".dat", ".h5", ".hdf5", ".npy", ".npz",
)  # fmt: skip
FORMATS = "AEDAT, Prophesee RAW or DAT, HDF5, NumPy"


def looks_like_recording(name: str) -> bool:
    """Whether a file's name ends as those of recordings do, in any case."""
    return name.lower().endswith(ENDINGS)
