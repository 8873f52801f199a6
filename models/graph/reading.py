"""A NIR file as a graph; what is in it is read in a process that may die of it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np

from models.description import printable
from models.graph.contents import Graph, graph_of
from models.graph.packing import unpacked
from models.spec import ModelError

MOST_BYTES = 1_000_000_000
LIMIT_S = 90.0
MOST_SAID = 200
READER_ENDED = "it is damaged, its reader took too long or died of it"
HOME = Path(__file__).resolve().parents[2]


def read_graph(path: Path) -> Graph:
    """The graph in a NIR file.

    Raises:
        ModelError: the file is missing, damaged or too large, or holds something else.
    """
    if not path.exists():
        raise ModelError(f"expected a model file, but {path} does not exist")
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise ModelError(f"expected a NIR file of at most {MOST_BYTES} bytes, got {path}")
    command = [sys.executable, "-m", "models.graph.child", str(path.resolve())]
    try:
        done = subprocess.run(
            command, cwd=HOME, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT_S
        )
        if done.returncode == 0:
            return graph_of(unpacked(done.stdout))
    except subprocess.TimeoutExpired as error:
        raise ModelError(f"cannot read the NIR file {path}: it took too long") from error
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise ModelError(f"cannot read the NIR file {path}: {error}") from error
    said = done.stderr.decode(errors="replace") if done.returncode == 2 else READER_ENDED
    raise ModelError(f"cannot read the NIR file {path}: {printable(said)[:MOST_SAID]}")


def check_finite(graph: Graph) -> None:
    """Refuse a graph some of whose values are no numbers.

    Raises:
        ModelError: so it is.
    """
    for name, node in graph.nodes.items():
        for key, value in node.values.items():
            array = np.asarray(value)
            if array.dtype.kind == "f" and not np.isfinite(array).all():
                raise ModelError(
                    f"the node {printable(name)} holds values that are no numbers, "
                    f"in {printable(key)}"
                )
