"""NIR files: our own are the very network again, and no file of anybody's does any harm."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import nir
import numpy as np
import pytest

from app.recognition.encoding import Encoder
from models.exporting.export import export_model
from models.graph.child import read_values
from models.graph.packing import packed, unpacked
from models.graph.reading import read_graph
from models.live import check_model, open_network
from models.model_file import CHECKPOINTS, load_spec
from models.networks.checkpoint import load_checkpoint
from models.spec import ModelError, TickEvents
from tests.engine.test_recordings import pieces_of
from tests.models.test_graph import FLAT, WEIGHT, flat, graph, lif

ROOT = Path(__file__).resolve().parents[2]
CLIP = sorted((ROOT / "assets" / "recordings").glob("*.aedat4"))[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    nir.write(tmp_path / "net.nir", graph(flat(), nir.Linear(WEIGHT), lif()))
    return tmp_path / "net.nir"


def recorded(ticks: int, shape: tuple[int, int, int]) -> TickEvents:
    """The first ticks of a bundled recording."""
    pieces, resolution = pieces_of(CLIP, ticks)
    return Encoder(resolution, shape).encode(pieces[0])


@pytest.mark.parametrize(
    "name",
    [
        "default",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("eedn", "slayer", "decolle")),
    ],
)
def test_what_was_exported_gives_the_same_spikes_tick_for_tick(name: str, tmp_path: Path) -> None:
    model = CHECKPOINTS / f"{name}.safetensors"
    export_model(model, "nir", tmp_path / "m.nir")
    ours, again = (open_network(file, whole=True) for file in (model, tmp_path / "m.nir"))
    spec = ours.spec
    assert again.spec.classes == spec.classes
    assert (again.spec.min_count, again.spec.mirror) == (spec.min_count, spec.mirror)
    ticks = recorded(400, spec.input_shape)
    one, other = ours.run(ticks), again.run(ticks)
    assert one.output.any()
    np.testing.assert_array_equal(one.output, other.output)
    for a, b in zip(one.layers, other.layers, strict=True):
        np.testing.assert_array_equal(a.spikes, b.spikes, a.name)


def test_a_changed_export_is_not_taken_for_the_network(tmp_path: Path) -> None:
    out = tmp_path / "m.nir"
    export_model(CHECKPOINTS / "small.safetensors", "nir", out)
    check_model(out)
    with h5py.File(out, "r+") as file:
        file["node/nodes/conv2_synapses_0/weight"][0, 0, 0, 0] += 0.5
    with pytest.raises(ModelError, match="the graph was changed since this program wrote it"):
        open_network(out)


def test_torch_commands_say_that_a_graph_can_only_be_run(path: Path) -> None:
    for load in (load_checkpoint, load_spec):
        with pytest.raises(ModelError, match=r"got the NIR graph .* which can only be run"):
            load(path)


def test_any_name_will_do(path: Path) -> None:
    assert open_network(path.rename(path.with_name("net.h5"))).spec.name == "net"


def test_neither_torch_nor_nir_is_needed(path: Path) -> None:
    code = (
        "import sys; sys.modules['torch'] = sys.modules['nir'] = None;"
        "from pathlib import Path; from models.live import open_network;"
        "print(open_network(Path(sys.argv[1])).spec.classes, 'h5py' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout == "('class 0', 'class 1') False\n", done.stderr


def nodes(file: h5py.File) -> Any:
    return file["node/nodes"]


def replaced(file: h5py.File, **options: Any) -> None:
    del nodes(file)["n1/weight"]
    nodes(file)["n1"].create_dataset("weight", **options)


def linked(file: h5py.File, link: Any) -> None:
    del nodes(file)["n1/weight"]
    nodes(file)["n1/weight"] = link


def in_circles(file: h5py.File) -> None:
    nodes(file)["n1/again"] = file["node"]


CRAFTED: dict[str, tuple[Callable[[h5py.File], None], str]] = {
    "no numbers": (lambda f: nodes(f)["n1/weight"].write_direct(np.full((2, 8), np.nan, "f4")),
                   "the node n1 holds values that are no numbers, in weight"),
    "terabytes": (lambda f: replaced(f, shape=(2**20, 2**20), dtype="f8", chunks=(64, 64)),
                  "it holds more than"),
    "a huge chunk": (lambda f: replaced(f, shape=(2, 8), dtype="f8", chunks=(2**14, 2**14),
                                        maxshape=(None, None)), "it holds more than"),
    "in another file": (lambda f: replaced(f, shape=(2, 8), dtype="f4",
                                           external=[("/etc/passwd", 0, 64)]), "in another file"),
    "a link to a file": (lambda f: linked(f, h5py.ExternalLink("/etc/passwd", "/")),
                         "it has no 'weight'"),
    "a soft link": (lambda f: linked(f, h5py.SoftLink("/node/nodes/n2/tau")), "it has no 'weight'"),
    "in circles": (in_circles, "its groups lie too deep|holds more than"),
    "complex": (lambda f: replaced(f, data=np.ones((2, 8)) * 1j), "is of the type complex128"),
    "compound": (lambda f: replaced(f, data=np.zeros(3, [("a", "f4")])), "is of the type"),
    "empty": (lambda f: replaced(f, data=h5py.Empty("f4")), "its weights"),
    "an array of kind": (lambda f: f["node/nodes/n1/type"].write_direct(np.array("LIF", "O")),
                         "the node 'n1' of the type LIF: it has no 'v_threshold'"),
    "no nodes": (lambda f: f["node"].__delitem__("nodes"), "'nodes' is amiss"),
    "another tree": (lambda f: f.__delitem__("node"), "it has no group 'node'"),
    "terminal": (lambda f: nodes(f).move("n1", "\x1b[2Jn1"), "expected edges between"),
}  # fmt: skip


@pytest.mark.parametrize("how", CRAFTED)
def test_a_crafted_file_gets_a_sentence(how: str, path: Path) -> None:
    craft, sentence = CRAFTED[how]
    with h5py.File(path, "r+") as file:
        craft(file)
    with pytest.raises(ModelError, match=sentence) as caught:
        open_network(path)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 600


def test_other_files_get_a_sentence(tmp_path: Path, path: Path) -> None:
    content = path.read_bytes()
    for name, damaged in {
        "empty": b"", "text": b"hello", "cut": content[:900], "magic": content[:8] + b"\xff" * 900,
    }.items():  # fmt: skip
        (tmp_path / f"{name}.nir").write_bytes(damaged)
        with pytest.raises(ModelError, match=r"cannot read the NIR file .*: it is damaged"):
            read_graph(tmp_path / f"{name}.nir")
    with pytest.raises(ModelError, match="does not exist"):
        open_network(tmp_path / "missing.nir")
    (tmp_path / "folder.nir").mkdir()
    os.mkfifo(tmp_path / "pipe.nir")
    for name in ("folder", "pipe"):
        with pytest.raises(ModelError, match="expected a NIR file of at most"):
            open_network(tmp_path / f"{name}.nir")


@pytest.mark.skipif(sys.platform == "win32", reason="a bound of the system's")
def test_a_reader_that_goes_round_for_ever_is_ended() -> None:
    code = "from models.graph import child; child.CPU_S = 1; child.limit()\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60)
    assert done.returncode == -signal.SIGXCPU


def test_a_reader_that_died_is_a_sentence(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "models" / "graph"
    fake.mkdir(parents=True)
    (fake / "child.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    monkeypatch.setattr("models.graph.reading.HOME", tmp_path)
    with pytest.raises(ModelError, match="took too long or died of it"):
        read_graph(path)


def test_a_reader_that_hangs_is_ended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.graph.reading.LIMIT_S", 0.001)
    with pytest.raises(ModelError, match="it took too long"):
        open_network(path)


def test_what_is_packed_is_unpacked(path: Path) -> None:
    values = read_values(path)
    again = unpacked(packed(values))
    assert again["nodes"]["n1"]["type"] == "Linear"
    assert again["edges"] == values["edges"] == [list(edge) for edge in graph(flat(), 0, 0).edges]
    np.testing.assert_array_equal(again["nodes"]["n1"]["weight"], WEIGHT)
    assert again["nodes"]["input"]["shape"].tolist() == FLAT.tolist()


def test_recognize_takes_a_graph(tmp_path: Path) -> None:
    small = CHECKPOINTS / "small.safetensors"
    export_model(small, "nir", tmp_path / "m.nir")
    block = "import sys; sys.modules['torch'] = None; import runpy; sys.argv = ['main.py'] + "
    lines = []
    for model in (small, tmp_path / "m.nir"):
        command = ["recognize", str(CLIP), "--model", str(model), "--seconds", "2"]
        code = f"{block}{command!r}; runpy.run_path('main.py', run_name='__main__')"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        lines.append([line for line in done.stdout.splitlines() if " s " in line])
    assert lines[0] == lines[1]
    assert len(lines[0]) > 1
