from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_layers import ROOT, imports_of

FILES = sorted((ROOT / "app/ui/logic").glob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_logic_knows_no_qt(path: Path) -> None:
    ours = "app.ui.logic", "app.ui.logic.words", "app.ui.logic.figures"
    for module in imports_of(path):
        assert module.split(".")[0] not in ("PySide6", "pyqtgraph")
        assert not module.startswith("app.ui") or module.startswith(ours), module
