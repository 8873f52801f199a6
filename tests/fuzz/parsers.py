"""What is read beside recordings: labels, settings, models, graphs and a server's greeting."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import nir
import numpy as np

from app.settings import Settings
from app.settings_file import load
from app.sources.contract import SourceError
from app.sources.devices.probe import ServerProbe
from models.data.dvs_gesture.archive import list_trials
from models.data.dvs_gesture.findings import DataSetError
from models.data.dvs_gesture.labels import GestureLabel, read_labels, settle_labels, write_labels
from models.description import spec_of
from models.graph.child import read_values
from models.graph.contents import graph_of
from models.graph.ours import check_unchanged, is_ours, read_ours
from models.graph.packing import packed, unpacked
from models.graph.reading import check_finite, read_graph
from models.graph.session import GraphSession
from models.live import open_network
from models.model_file import CHECKPOINTS, load_model, load_spec
from models.sizes import check_sizes
from models.spec import ModelError, TickEvents
from tests.fuzz.readers import check_sentence
from tests.models.test_graph import WEIGHT, flat, graph, lif, whole_network

SMALL = CHECKPOINTS / "small.safetensors"
BUNDLED = {name: name for name in ("eedn", "slayer", "decolle", "c3d")} | {"conv_lif": "default"}


def greetings(folder: Path) -> list[bytes]:
    """What an event server sends first."""
    return [b"\x20\0\0\0\0\0\0\0IOHE" + bytes(range(60)), b"HTTP/1.1 400 Bad Request\r\n\r\n"]


@cache
def _listening() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


def take_greeting(path: Path) -> bool:
    """Let a server send the bytes and hang up."""
    server = _listening()

    def greet() -> None:
        peer, _ = server.accept()
        with peer:
            peer.sendall(path.read_bytes()[:4096])

    greeter = threading.Thread(target=greet)
    greeter.start()
    try:
        probe = ServerProbe("127.0.0.1", server.getsockname()[1])
        while not probe.poll(0.5):
            pass
    except SourceError:
        return False
    finally:
        greeter.join()
    return True


def labels(folder: Path) -> list[bytes]:
    """Label files as the data set has them, and as spreadsheets leave them."""
    write_labels(folder / "a_labels.csv", [GestureLabel(i, 10 * i, 10 * i + 9) for i in range(11)])
    whole = (folder / "a_labels.csv").read_bytes()
    return [whole, b"\xef\xbb\xbf" + whole.replace(b",", b"; ").replace(b"\n", b"\r\n") + b"\r\n"]


def take_labels(path: Path) -> bool:
    """Read a label file and settle its labels."""
    try:
        found = read_labels(path)
    except DataSetError:
        return False
    with suppress(ValueError):  # of two gestures at the same time, as it says
        settle_labels(found)
    return True


def trials(folder: Path) -> list[bytes]:
    """A list of recordings."""
    return [b"user01_fluorescent.aedat\nuser02_led.aedat\n"]


def take_trials(path: Path) -> bool:
    """Read the lists of a data set's folder."""
    try:
        return bool(list_trials(path.parent)[0])
    except DataSetError:
        return False


def settings(folder: Path) -> list[bytes]:
    """Settings as they are written, all of them and few."""
    return [Settings().model_dump_json(indent=2).encode(), b'{"theme": "dark", "kiosk": {}}']


def take_settings(path: Path) -> bool:
    """Read a settings file, whose notes are fit for a terminal."""
    loaded = load(path)
    assert all(note.isprintable() for note in loaded.notes), "a note that a terminal obeys"
    return not loaded.is_broken


def models(folder: Path) -> list[bytes]:
    """A bundled model."""
    return [SMALL.read_bytes()]


def take_model(path: Path) -> bool:
    """List a model, and run one that opens for some ticks."""
    for read in (load_spec, load_model):
        try:
            read(path)
        except ModelError as error:
            check_sentence(str(error))
    return _runs(path)


def _runs(path: Path) -> bool:
    try:
        network = open_network(path)
    except ModelError as error:
        check_sentence(str(error))
        return False
    network.run(TickEvents.silence(network.spec.input_shape))
    return True


def descriptions(folder: Path) -> list[bytes]:
    """What models say of themselves."""
    return [json.dumps(asdict(_bundled(system)[0])).encode() for system in BUNDLED]


def take_description(path: Path) -> bool:
    """Let a description be that of a file with all checksums and a bundled model's tensors."""
    try:
        spec = spec_of(json.loads(path.read_bytes()))
    except ModelError as error:
        check_sentence(str(error))
        return False
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return False
    _, weights = _bundled(spec.system if spec.system in BUNDLED else "conv_lif")
    try:
        check_sizes(spec, weights)
    except ModelError as error:
        check_sentence(str(error))
        return False
    return True


@cache
def _bundled(system: str) -> Any:
    return load_model(CHECKPOINTS / f"{BUNDLED[system]}.safetensors")


def _graphs() -> list[Any]:
    return [graph(flat(), nir.Linear(WEIGHT), lif()), whole_network()]


def nir_files(folder: Path) -> list[bytes]:
    """NIR files of two sizes."""
    content = []
    for each in _graphs():
        nir.write(folder / "a.nir", each)
        content.append((folder / "a.nir").read_bytes())
    return content


def take_nir(path: Path) -> bool:
    """Read a NIR file as its own process does, hand it over and run what opens."""
    try:
        values = unpacked(packed(read_values(path)))
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError):
        return False  # which ``models.graph.child`` answers
    except (OSError, MemoryError, RecursionError):
        return False
    return _run_graph(values)


def take_nir_apart(path: Path) -> bool:
    """Read a NIR file as the program does, in a process of its own with bounds."""
    try:
        read_graph(path)
    except ModelError:
        return False
    return True


def _run_graph(values: Any) -> bool:
    try:
        found = graph_of(values)
        check_finite(found)
        if is_ours(found):
            check_unchanged(found)
            check_sizes(*read_ours(found))
            return True
        session = GraphSession(found, "a", whole=True)
    except ModelError as error:
        check_sentence(str(error))
        return False
    for _ in range(3):
        session.run(TickEvents.silence(session.spec.input_shape))
    session.skip(10_000)
    return True


def graphs(folder: Path) -> list[bytes]:
    """Graphs as text, so that damage leaves their form alone more often."""
    return [json.dumps(each.to_dict(), default=np.ndarray.tolist).encode() for each in _graphs()]


def take_graph(path: Path) -> bool:
    """Run a graph out of lists of numbers."""
    try:
        values = _arrays(json.loads(path.read_bytes()))
    except (ValueError, RecursionError, OverflowError):
        return False  # no text of this form
    return _run_graph(values) if isinstance(values, dict) else False


def _arrays(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _arrays(part, name) for name, part in value.items()}
    if isinstance(value, str) or key == "edges":
        return value
    array = np.array(value)
    return array if array.dtype.kind in "biuf" else np.zeros(0)
