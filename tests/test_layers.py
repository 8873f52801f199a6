"""The import table of the rooms, enforced on the source text itself."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A heavy library may be named only in its own room.
OWNER = {
    "dv_processing": ("app/sources/devices", "app/sources/dv_bridge.py", "app/sources/formats"),
    "zstandard": ("app/sources/formats",),
    "lz4": ("app/sources/formats",),
    "h5py": ("app/sources/formats/hdf5_file.py", "models/graph/child.py"),
    "av": ("app/pipeline/film.py",),
    "PySide6": ("app/ui",),
    "pyqtgraph": ("app/ui",),
    "torch": ("models",),
    "numba": ("models/compiling.py", "models/engine", "models/neurons/lif_kernel.py"),
    "safetensors": ("models/model_file.py",),
    "matplotlib": (
        "app/commands/measuring/evaluate_charts.py", "app/commands/measuring/compare_charts.py",
        "app/commands/measuring/bench_charts.py",
    ),
    "threading": ("app/pipeline",),
    "_thread": ("app/pipeline",),
    "queue": ("app/pipeline",),
}  # fmt: skip

# Which rooms of our own a room may import, besides itself.
MAY_IMPORT = {
    "app/events.py": set(),
    "app/__init__.py": set(),
    "app/lenient.py": set(),
    "app/file_lock.py": set(),
    "app/places.py": set(),
    "app/settings.py": set(),
    "app/settings_file.py": {
        "app/settings.py", "app/lenient.py", "app/file_lock.py", "app/places.py",
        "models/atomic.py",
    },
    "app/booth": {"models/atomic.py"},  # the supervisor must stay small
    "app/sources": {
        "app/events.py", "app/settings.py", "models/data/performer", "models/interrupts.py",
    },
    "app/recognition": {"app/events.py", "app/settings.py", "models"},
    "app/filters": {"app/events.py", "app/settings.py", "models/compiling.py"},
    "app/pipeline": {
        "app/events.py", "app/settings.py", "app/sources", "app/recognition", "app/filters",
        "models",
    },
    "app/ui": {
        "app/events.py", "app/lenient.py", "app/places.py", "app/settings.py",
        "app/settings_file.py", "app/sources", "app/recognition", "app/filters", "app/pipeline",
        "app/booth", "models",
    },
    # Measures all rooms, in processes of its own.
    "app/bench": {
        "app/events.py", "app/settings.py", "app/sources", "app/recognition", "app/pipeline",
        "models",
    },
    "app/commands": {
        "app/events.py", "app/places.py", "app/settings.py", "app/settings_file.py", "app/sources",
        "app/recognition", "app/filters", "app/pipeline", "app/booth", "app/bench", "models",
    },
    "models": set(),
    "main.py": {"app/settings.py", "app/sources", "app/commands", "app/booth", "app/ui"},
}  # fmt: skip

# Inside ``models/``: what a ring may import, besides itself and the plain files at the root.
MODEL_RINGS = {
    "models/spec.py": set(),
    "models/naming.py": {"models/sizes.py"},
    "models/interrupts.py": set(),
    "models/atomic.py": set(),
    "models/compiling.py": set(),
    "models/description.py": {"models/spec.py"},
    "models/sizes.py": {"models/spec.py", "models/model_file.py"},
    "models/model_file.py": {"models/atomic.py", "models/spec.py", "models/description.py"},
    "models/probe.py": set(),
    "models/mirrored.py": {"models/spec.py", "models/probe.py"},
    "models/live.py": {
        "models/spec.py", "models/model_file.py", "models/mirrored.py", "models/sizes.py",
        "models/engine", "models/networks", "models/graph",
    },
    "models/prepare.py": {
        "models/spec.py", "models/model_file.py", "models/engine", "models/data/performer",
        "models/neurons",
    },
    "models/neurons": {"models/compiling.py"},
    "models/networks": {
        "models/spec.py", "models/model_file.py", "models/mirrored.py", "models/neurons",
    },
    "models/engine": {
        "models/spec.py", "models/probe.py", "models/model_file.py", "models/compiling.py",
    },
    # The performer compiles its frames and pixels as the engine does.
    "models/data": {
        "models/atomic.py", "models/compiling.py", "models/interrupts.py",
    },
    "models/learning": {"models/neurons", "models/networks", "models/data/gestures.py"},
    "models/measuring": {
        "models/spec.py", "models/networks", "models/engine", "models/data/gestures.py",
    },
    "models/training": {
        "models/atomic.py", "models/spec.py", "models/model_file.py", "models/networks",
        "models/learning", "models/data", "models/measuring",
    },
    "models/teaching": {
        "models/atomic.py", "models/compiling.py", "models/spec.py", "models/model_file.py",
        "models/sizes.py", "models/engine",
    },
    "models/graph": {"models/spec.py", "models/description.py", "models/data/gestures.py"},
    "models/exporting": {
        "models/atomic.py", "models/spec.py", "models/graph", "models/neurons", "models/networks",
    },
}  # fmt: skip


def room_of(path: str) -> str:
    """The room a repository path lies in, most specific first."""
    for room in sorted(MAY_IMPORT, key=len, reverse=True):
        if path == room or path.startswith(room + "/"):
            return room
    return path


def source_files() -> list[Path]:
    return sorted([*ROOT.glob("app/**/*.py"), *ROOT.glob("models/**/*.py"), ROOT / "main.py"])


def imports_of(path: Path) -> list[str]:
    """Every module a file imports, at any depth in the file, as dotted names."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def own_path(module: str) -> str | None:
    """The repository path of one of our modules, or none for a foreign one."""
    parts = module.split(".")
    for end in range(len(parts), 0, -1):
        base = "/".join(parts[:end])
        if (ROOT / f"{base}.py").is_file():
            return f"{base}.py"
        if (ROOT / base / "__init__.py").is_file():
            return base
    return None


@pytest.mark.parametrize("path", source_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_keep_to_the_table(path: Path) -> None:
    here = path.relative_to(ROOT).as_posix()
    room = room_of(here)
    for module in imports_of(path):
        top = module.split(".")[0]
        if top in OWNER:
            assert any(here.startswith(owner) for owner in OWNER[top]), f"{here} imports {module}"
        target = own_path(module)
        if target is None or target == "app" or room_of(target) == room:
            continue
        allowed = MAY_IMPORT.get(room, set())
        assert any(target == a or target.startswith(a + "/") for a in allowed), (
            f"{here} ({room}) imports {module}"
        )


def test_every_source_file_has_a_room() -> None:
    for path in source_files():
        here = path.relative_to(ROOT).as_posix()
        if path.name == "__init__.py" and path.stat().st_size < 200:
            continue
        assert room_of(here) in MAY_IMPORT, f"{here} lies outside every room"


def test_the_table_catches_a_trespasser() -> None:
    assert own_path("app.pipeline.board.Board") == "app/pipeline/board.py"
    assert room_of("app/recognition/decision.py") == "app/recognition"
    assert "app/pipeline" not in MAY_IMPORT["app/recognition"]


@pytest.mark.parametrize("room", ["models/engine/", "models/data/performer/"])
def test_what_runs_without_torch_imports_none(room: str) -> None:
    files = [path for path in source_files() if room in path.as_posix()]
    assert files
    for path in files:
        assert not [name for name in imports_of(path) if name.split(".")[0] == "torch"], path


def ring_of(path: str) -> str | None:
    """The ring inside ``models/`` that a repository path lies in."""
    return next((ring for ring in MODEL_RINGS if path == ring or path.startswith(f"{ring}/")), None)


@pytest.mark.parametrize("path", sorted((ROOT / "models").glob("**/*.py")), ids=lambda p: p.stem)
def test_imports_inside_the_models_go_one_way(path: Path) -> None:
    here = path.relative_to(ROOT).as_posix()
    if here == "models/__init__.py":
        return
    ring = ring_of(here)
    assert ring is not None, f"{here} lies in no ring"
    for target in filter(None, map(own_path, imports_of(path))):
        if target != "models" and ring_of(target) != ring:
            allowed = MODEL_RINGS[ring]
            assert any(target == a or target.startswith(a + "/") for a in allowed), (
                f"{here} ({ring}) imports {target}"
            )


def test_no_module_imports_itself_in_a_circle() -> None:
    imports = {
        path.relative_to(ROOT).as_posix(): {
            target for name in imports_of(path) if (target := own_path(name))
        }
        for path in source_files()
        if "models" in path.relative_to(ROOT).parts
    }
    left = dict(imports)
    while leaves := [file for file, targets in left.items() if not targets & left.keys() - {file}]:
        for leaf in leaves:
            del left[leaf]
    assert not left, f"these import each other: {sorted(left)}"


def test_nothing_in_the_models_hides_an_import_behind_type_checking() -> None:
    hidden = [
        path
        for path in (ROOT / "models").glob("**/*.py")
        if "typing.TYPE_CHECKING" in imports_of(path)
    ]
    assert not hidden
