"""A machine that lacks what every program takes for granted: one sentence, with what to do."""

from __future__ import annotations

import errno
import logging
import os
import tempfile
from pathlib import Path

import pytest

from app import places, settings_file
from app.booth.leftovers import make_scratch, sweep_scratch
from app.commands import places_checks
from app.commands.errors import BadInput, place_at_fault, writing_to
from app.commands.kiosk import _kept_in, state_folder
from app.commands.logs import log_path, set_up_logging
from app.settings import Settings
from app.settings_file import SettingsError
from app.sources.contract import FileSpec, SourceError
from app.sources.hosting.host import HostedSource
from app.sources.hosting.ring import RingMemory
from models.data import side_by_side

NO_HOME = "this account has no home folder: set HOME to a folder that it can write"


@pytest.fixture
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a number without an account: Python leaves the tilde as it is."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)


@pytest.fixture
def no_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "gettempdir", refuse)


@pytest.fixture
def no_shared_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> RingMemory:
        raise OSError(errno.EROFS, "Read-only file system", "/dev/shm/pym-1-abc")

    monkeypatch.setattr(RingMemory, "allocate", refuse)


@pytest.mark.usefixtures("no_home")
def test_without_a_home_the_settings_are_the_defaults_and_one_note_says_so() -> None:
    loaded = settings_file.load()
    assert loaded.settings == Settings()
    assert loaded.notes == (f"no settings are kept, as {NO_HOME}",)
    with pytest.raises(SettingsError, match=f"^no settings are kept, as {NO_HOME}$"):
        settings_file.save(Settings())


@pytest.mark.usefixtures("no_home")
def test_without_a_home_nothing_is_logged_or_kept() -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        set_up_logging()
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    with pytest.raises(places.NoHomeError):
        log_path()
    assert _kept_in(state_folder) is None
    assert place_at_fault(places.NoHomeError()) == NO_HOME


@pytest.mark.usefixtures("no_home")
def test_the_doctor_finds_that_there_is_no_home() -> None:
    finding = places_checks.check_places(None)[0]
    assert (finding.name, finding.status) == ("home", "problem")
    assert finding.detail.startswith("this account has no home folder")
    assert finding.remedy == "set HOME to a folder that it can write"


@pytest.mark.usefixtures("no_temporary_folder")
def test_no_temporary_folder(tmp_path: Path) -> None:
    finding = places_checks.check_temporary()
    assert (finding.status, finding.remedy) == (
        "problem", "set TMPDIR to a folder that can be written",
    )  # fmt: skip
    with pytest.raises(BadInput, match=r"^there is no folder for temporary files: set TMPDIR to"):
        _write_by_way_of_a_temporary_file(tmp_path)


def _write_by_way_of_a_temporary_file(folder: Path) -> None:
    with writing_to(folder), tempfile.TemporaryDirectory(dir=tempfile.gettempdir()):
        pass


@pytest.mark.usefixtures("no_shared_memory")
def test_no_memory_that_processes_can_share() -> None:
    with pytest.raises(SourceError) as caught:
        HostedSource(FileSpec("hand.aedat4")).open()
    assert str(caught.value) == (
        "processes cannot share memory here (Read-only file system): make /dev/shm writable, "
        "with 9 MB free (in a container, --shm-size=64m)"
    )
    finding = places_checks.check_shared_memory()
    assert finding.status == "problem"
    assert finding.remedy is not None
    assert "--shm-size" in finding.remedy


def test_no_memory_that_a_pool_of_processes_can_share(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(side_by_side, "ProcessPoolExecutor", refuse)
    with pytest.raises(OSError) as caught:  # noqa: PT011 - told apart by what is said of it
        next(side_by_side.in_order(abs, [(1,), (2,)], 2))
    assert place_at_fault(caught.value) == (
        "processes cannot share memory here (Read-only file system): give the machine a /dev/shm "
        "that can be written (a container: --shm-size=64m)"
    )


@pytest.mark.usefixtures("no_temporary_folder")
def test_the_booth_does_without_a_temporary_folder() -> None:
    sweep_scratch()
    assert make_scratch() is None


def test_a_machine_with_all_of_it(tmp_path: Path) -> None:
    found = places_checks.check_places(tmp_path / "settings.json")
    assert [each.name for each in found] == ["settings", "log", "temporary files", "shared memory"]
    assert all(each.status == "ok" for each in found)
