"""The bundled model on bundled and real recordings, through the whole pipeline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.commands.cli import cli
from models.data.gestures import CLASSES

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = ROOT / "assets" / "recordings"
REAL = ROOT.parent / "shared" / "recordings"
IBM = ("hand_clapping", "right_arm_clockwise", "arm_roll", "air_guitar")


def named(path: Path) -> str | None:
    """The gesture that ``recognize`` sums a recording up as."""
    result = CliRunner().invoke(cli, ["recognize", str(path), "--json"])
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])["gesture"]


def test_every_gesture_is_bundled_with_its_truth() -> None:
    for number, name in enumerate(CLASSES, 1):
        labels = (BUNDLED / f"{name}_7_labels.csv").read_text().split()
        assert labels == ["class,startTime_usec,endTime_usec", f"{number},0,3000000"]
        assert (BUNDLED / f"{name}_7.aedat4").stat().st_size < 1_000_000


@pytest.mark.parametrize("name", CLASSES)
def test_bundled_recordings_are_named_rightly(name: str) -> None:
    assert named(BUNDLED / f"{name}_7.aedat4") == name


@pytest.mark.skipif(not REAL.is_dir(), reason="no shared/recordings beside this")
@pytest.mark.parametrize("name", IBM)
def test_real_clips_of_the_data_set_are_named_rightly(name: str) -> None:
    assert named(REAL / f"ibm_{name}.aedat") == name


@pytest.mark.skipif(not REAL.is_dir(), reason="no shared/recordings beside this")
@pytest.mark.parametrize("distance", ["near", "far"])
def test_real_waves_of_another_laboratory_are_named_rightly(distance: str) -> None:
    assert named(REAL / f"otherlab_right_hand_wave_{distance}.aedat4") == "right_hand_wave"
