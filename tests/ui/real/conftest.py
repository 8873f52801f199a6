"""One screen for all, a program in an empty home for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ui.real.desk import RealDesk, screen

TOOLS = ("Xvfb", "openbox", "xdotool")


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    with screen() as name:
        yield name


@pytest.fixture
def sit_down(display: str, tmp_path: Path) -> Iterator[Callable[..., RealDesk]]:
    """Starts the program with words of the command line."""
    desks: list[RealDesk] = []

    def start(*words: str) -> RealDesk:
        home = tmp_path / f"home{len(desks)}"
        home.mkdir()
        desks.append(RealDesk(display, home, *words))
        desks[-1].settle()
        return desks[-1]

    yield start
    for desk in desks:
        desk.end()
