"""The window, the kiosk and what follows a stream run where torch cannot be imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLIP = sorted((ROOT / "assets" / "recordings").glob("*.aedat4"))[0]
BLOCKED = "import sys; sys.modules['torch'] = None; "
MAIN = BLOCKED + "import runpy; runpy.run_path('main.py', run_name='__main__')"
WINDOW = BLOCKED + "import app.ui.launch, app.ui.main_window, app.ui.kiosk.window"


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True
    )


@pytest.mark.parametrize("model", ["default", "c3d"])
def test_recognize(model: str) -> None:
    path = ROOT / "models" / "checkpoints" / f"{model}.safetensors"
    done = run(MAIN, "recognize", str(CLIP), "--model", str(path))
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_record_from_a_recording(tmp_path: Path) -> None:
    done = run(MAIN, "record", str(CLIP), str(tmp_path / "copy.aedat4"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "copy.aedat4").stat().st_size


def test_the_window_and_the_kiosk() -> None:
    done = run(WINDOW)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["export", "convert"])
def test_the_packed_program_says_what_it_leaves_out(command: str, tmp_path: Path) -> None:
    model = ROOT / "models" / "checkpoints" / "default.safetensors"
    out = str(tmp_path / "new.nir")
    words = ["--format", "nir", "--out", out] if command == "export" else [out]
    done = run(f"{BLOCKED} sys.frozen = True; {MAIN}", command, str(model), *words)
    assert done.returncode == 2
    assert "this needs torch, which the packed program leaves out" in done.stderr


def test_the_block_works() -> None:
    assert "ModuleNotFoundError" in run(BLOCKED + "import torch").stderr
