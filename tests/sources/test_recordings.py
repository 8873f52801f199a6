"""Real recordings, where they are at hand."""

from __future__ import annotations

import numpy as np
import pytest

from app.events import Resolution
from app.sources.contract import FileSpec
from app.sources.hosting.host import HostedSource
from tests.sources.making import shared_recording

COUNTS = {
    "ibm_hand_clapping.aedat": 63_471,
    "ibm_right_arm_clockwise.aedat": 151_879,
    "ibm_arm_roll.aedat": 101_288,
    "ibm_air_guitar.aedat": 85_936,
    "otherlab_right_hand_wave_near.aedat4": 180_735,
    "otherlab_right_hand_wave_far.aedat4": 27_267,
    "davis346_scene.aedat4": 117_667,
}


@pytest.mark.parametrize("name", COUNTS)
def test_a_real_recording_is_read_in_full(name: str) -> None:
    with HostedSource(FileSpec(str(shared_recording(name)))) as source:
        info = source.info
        events = np.concatenate([batch.events for batch in source.batches()])
        assert len(events) == COUNTS[name]
        assert source.info.note is None
        is_davis = name.startswith("davis")
        assert info.resolution == (Resolution(346, 260) if is_davis else Resolution(128, 128))
        assert info.start_us == events["t"][0]
        assert (np.diff(events["t"]) >= 0).all()
        if name.startswith("ibm"):
            assert info.start_us == 80_000_000
            assert 1_449_000 < (info.duration_us or 0) < 1_450_000
