from __future__ import annotations

from pathlib import Path

import pytest

from app.sources.bundled import GREETING, bundled_recordings, gesture_of, greeting
from models.data.gestures import CLASSES


@pytest.mark.parametrize(
    ("names", "first"),
    [
        ([], None),
        (["arm_roll_1", "air_drums_1"], "air_drums_1"),
        (["air_drums_1", GREETING, "right_hand_wave_2"], GREETING),
    ],
)
def test_the_greeting_or_else_the_first(tmp_path: Path, names: list[str], first: str) -> None:
    for name in names:
        (tmp_path / f"{name}.aedat4").touch()
        (tmp_path / f"{name}_labels.csv").touch()
    found = greeting(tmp_path)
    assert (Path(found.path).stem if found else None) == first


def test_every_gesture_is_bundled_and_one_of_them_greets() -> None:
    assert sorted(map(gesture_of, bundled_recordings())) == sorted(CLASSES)
    found = greeting()
    assert found is not None
    assert gesture_of(found) == "right_hand_wave"
