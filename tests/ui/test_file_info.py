"""What the window tells about a recording."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.events import Resolution
from app.pipeline.filtering import FilterReport
from app.pipeline.overview import Overview
from app.sources.contract import FileSpec, SourceError
from app.sources.formats.aedat4_writer import Aedat4Writer
from app.sources.formats.facts import FileFacts, file_facts
from app.ui.file_info_dialog import FileInfoDialog
from app.ui.logic.file_rows import file_rows, size_in_words
from tests.recognition.streams import random_events
from tests.ui.conftest import Desk
from tests.ui.fakes import CAMERA, RECORDING, snapshot

FACTS = FileFacts("AEDAT 4.0", 24_100_000, "LZ4", "DVXplorer_1")


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "a.aedat4"
    with Aedat4Writer(path, Resolution(16, 16), camera="DVS 7") as writer:
        writer.write(random_events(500, 100_000))
    return path


def overview(**fields: object) -> Overview:
    counts = np.ones((2, 4), np.int64)
    counts[1, 2] = 9
    return replace(Overview(1_000_000, 4_000_000, 1_000_000, counts, 4, is_whole=True), **fields)


def said(**fields: object) -> dict[str, str]:
    return dict(file_rows("a.aedat4", FACTS, RECORDING, overview(**fields)))


def test_a_file_that_we_wrote(recording: Path) -> None:
    facts = file_facts(recording)
    assert (facts.format, facts.compression, facts.camera) == ("AEDAT 4.0", "Zstandard", "DVS 7")
    assert facts.size_bytes == recording.stat().st_size


def test_other_formats_and_damage(tmp_path: Path) -> None:
    old = tmp_path / "old.aedat"
    old.write_bytes(b"#!AER-DAT2.0\r\n" + bytes(80))
    assert file_facts(old) == FileFacts("AEDAT 2.0", 94)
    cut = tmp_path / "cut.aedat4"
    cut.write_bytes(b"#!AER-DAT4.0\r\n\xff\xff")
    assert file_facts(cut).compression is None
    (tmp_path / "text.txt").write_text("hello")
    with pytest.raises(SourceError, match=r"text\.txt"):
        file_facts(tmp_path / "text.txt")


def test_everything_is_told() -> None:
    rows = said()
    assert rows["Events"] == "16: 12 ON (75 %), 4 OFF"
    assert rows["Mean rate"] == "4 /s"
    assert rows["Peak rate"] == "10 /s over 1000 ms"
    assert rows["Damage"] == "none found"
    assert rows["Size"] == "24.1 MB"
    assert rows["Streams"] == "one"


def test_what_is_not_known_yet_is_said() -> None:
    assert "so far (50 %" in said(is_whole=False, counted=2)["Events"]
    rows = dict(file_rows("a", FACTS, RECORDING, None))
    assert rows["Events"] == "not counted yet"
    assert rows["Damage"] == "none found so far"


def test_the_peak_rate_is_over_a_time_that_is_read_easily() -> None:
    assert said(bin_us=2_999)["Peak rate"].endswith(" over 3 ms")
    assert said(bin_us=125)["Peak rate"].endswith(" over 0.125 ms")


def test_a_crop_is_not_taken_for_the_sensor(desk: Desk, recording: Path) -> None:
    desk.window.open(FileSpec(str(recording)))
    cut = replace(RECORDING, resolution=Resolution(65, 33))
    desk.show(snapshot(info=cut, filters=FilterReport(Resolution(128, 128))))
    desk.window.actions_by_name["file_info"].trigger()
    (dialog,) = desk.window.findChildren(FileInfoDialog)
    assert "128x128 pixels" in dialog.text()


def test_damage_is_told() -> None:
    assert said(note="damaged places skipped: 2")["Damage"] == "Damaged places skipped: 2"
    assert said(is_whole=False, failure="it hung")["Damage"] == "It hung"


def test_the_stream_that_plays_is_marked() -> None:
    info = replace(RECORDING, streams=("left", "right"), stream="right")
    assert dict(file_rows("a", FACTS, info, None))["Streams"] == "left, right (playing)"


@pytest.mark.parametrize(("size", "words"), [(812, "812 bytes"), (3_400_000_000, "3.4 GB")])
def test_sizes(size: int, words: str) -> None:
    assert size_in_words(size) == words


def test_the_dialog_grows_with_what_is_known(desk: Desk, recording: Path) -> None:
    desk.window.open(FileSpec(str(recording)))
    desk.show(snapshot())
    desk.window.actions_by_name["file_info"].trigger()
    (dialog,) = desk.window.findChildren(FileInfoDialog)
    assert "not counted yet" in dialog.text()
    desk.window.views.seek.overview = overview()
    dialog.refresh()
    assert "12 ON" in dialog.text()
    assert str(recording) in dialog.text()


def test_a_live_source_has_no_file(desk: Desk) -> None:
    desk.window.open(FileSpec("a.aedat4"))
    desk.show(snapshot())
    action = desk.window.actions_by_name["file_info"]
    assert action.isEnabled()
    desk.window.player.spec = None
    desk.show(snapshot(info=CAMERA))
    assert not action.isEnabled()


def test_a_name_longer_than_a_line_loses_its_middle(qtbot) -> None:
    name = "a_recording_of_a_second_session_" * 6 + "take_2.aedat4"
    dialog = FileInfoDialog(lambda: [("File", f"/folder/{name}"), ("Size", "3 kB")])
    qtbot.addWidget(dialog)
    (_, shown), (_, size) = dialog._labels
    assert shown.text().startswith("/folder/a_rec")
    assert shown.text().endswith("take_2.aedat4")
    assert "…" in shown.text()
    assert shown.toolTip() == f"/folder/{name}"
    assert (size.text(), size.toolTip()) == ("3 kB", "")
    assert dialog.sizeHint().width() < 780
