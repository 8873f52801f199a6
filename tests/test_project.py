"""What the project says of itself: one version, one list of dependencies."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from app import __version__
from app.commands.checks import read_pins

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = read_pins((ROOT / "requirements.txt").read_text(encoding="utf-8"))


def pinned(*, needed: bool) -> list[str]:
    return [f"{name}=={version}" for name, version, used in PINS if used is needed]


def test_both_lists_of_dependencies_are_one() -> None:
    assert PROJECT["dependencies"] == pinned(needed=True)
    assert PROJECT["optional-dependencies"]["dev"] == pinned(needed=False)


def test_the_change_log_knows_this_version() -> None:
    found = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert found[0] == "Unreleased"
    assert found[1] == __version__
