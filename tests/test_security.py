"""Every promise of SECURITY.md has a test of that name."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def named_tests() -> list[tuple[str, str]]:
    """File and function; a name without a file belongs to the file before it."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    found, file = [], ""
    for named, test in re.findall(r"`([\w/.]*)::(\w+)`", text):
        file = named or file
        found.append((file, test))
    return found


def test_every_test_that_is_named_is_there() -> None:
    assert len(named_tests()) > 30
    for file, test in named_tests():
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, test


def test_every_promise_names_one() -> None:
    lines = (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| Promise")]
    assert rows
    assert all("::test_" in row for row in rows)
