"""The packed program as a stranger starts it: no Python, no environment, no checkout around it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "dist" / "spikehand"
PROGRAM = FOLDER / "spikehand"
CLIP = ROOT / "assets" / "recordings" / "air_drums_7.aedat4"
MOST_BYTES = 500e6
START_S = 90.0  # the first start compiles

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.skipif(not PROGRAM.exists(), reason="./run.sh package makes what is tested here"),
]


def environment(home: Path, **more: str) -> dict[str, str]:
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", **more}


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), *words],
        env=environment(home),
        cwd=home,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.parametrize("model", ["default", "c3d"])
def test_it_names_the_gesture_of_a_recording(tmp_path: Path, model: str) -> None:
    clip = shutil.copy(CLIP, tmp_path)
    path = FOLDER / "_internal" / "models" / "checkpoints" / f"{model}.safetensors"
    done = run(tmp_path, "recognize", clip, "--model", str(path))
    assert done.returncode == 0, done.stderr
    assert "air drums" in done.stdout


def test_what_it_compiled_is_kept(tmp_path: Path) -> None:
    assert run(tmp_path, "recognize", str(CLIP)).returncode == 0
    assert list((tmp_path / ".cache" / "spikehand").rglob("*.nbc"))
    assert not (tmp_path / ".cache" / "numba").exists()  # which holds only for one folder


def test_what_reads_nir_runs_as_a_process_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "bad.nir").write_text("no graph")
    done = run(tmp_path, "recognize", str(CLIP), "--model", str(tmp_path / "bad.nir"))
    assert done.returncode == 2
    assert "it is damaged, or no HDF5 file" in done.stderr


def test_training_says_where_it_is_to_be_had(tmp_path: Path) -> None:
    done = run(tmp_path, "train", "--out", str(tmp_path / "new.safetensors"))
    assert done.returncode == 2
    assert "run it from a checkout of the source" in done.stderr


def test_it_is_small_enough() -> None:
    sizes = [path.lstat().st_size for path in FOLDER.rglob("*") if path.is_file()]
    assert sum(sizes) < MOST_BYTES


@pytest.fixture
def screen() -> Iterator[str]:
    """A display of its own."""
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        pytest.skip("needs Xvfb and xdotool")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-noreset", "-screen", "0", "1280x800x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as number:
        yield f":{number.readline().strip()}"
    server.terminate()
    server.wait(10)


def windows(display: str) -> list[str]:
    """Titles of the windows that are shown."""
    done = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "Spikehand"],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


def test_the_kiosk_opens_and_is_left(tmp_path: Path, screen: str) -> None:
    process = subprocess.Popen(
        [str(PROGRAM), "kiosk", str(CLIP)], env=environment(tmp_path, DISPLAY=screen), cwd=tmp_path
    )
    try:
        give_up_s = time.monotonic() + START_S
        while process.poll() is None and time.monotonic() < give_up_s:
            if windows(screen):
                leave = ["xdotool", "key", "ctrl+shift+k"]
                subprocess.run(leave, env={**os.environ, "DISPLAY": screen}, check=True)
            time.sleep(1)
        assert process.poll() == 0
    finally:
        process.terminate()
        process.wait(20)
