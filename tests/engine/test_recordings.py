"""The engine fires as the reference does on every recording that is there, real ones included."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.events import EventBatch, EventSlice, Resolution, join_events
from app.recognition.encoding import Encoder
from app.recognition.slicer import Slicer
from app.sources.contract import FileSpec
from app.sources.opening import open_source
from models.live import open_network
from models.model_file import CHECKPOINTS
from models.networks.torch_session import load_torch_session

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "recordings"
RECORDINGS = sorted([*(ROOT / "assets" / "recordings").glob("*.aedat4"), *REAL.glob("*.aedat*")])
MODELS = sorted(path for path in CHECKPOINTS.glob("*.safetensors") if path.stem != "c3d")
# Milliseconds in one piece; what does not fill one is left out.
PIECE_MS = 40


def pieces_of(path: Path, piece_ms: int = PIECE_MS) -> tuple[list[EventSlice], Resolution]:
    """The recording in pieces, and the size of its sensor."""
    with open_source(FileSpec(path)) as source:
        events = join_events([batch.events for batch in source.batches()])
        resolution = source.info.resolution
    return Slicer(piece_ms * 1000).push(EventBatch(events, 0.0)), resolution


@pytest.mark.slow
@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: path.stem)
@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_every_spike_is_the_same(model: Path, recording: Path) -> None:
    engine, reference = open_network(model, whole=True), load_torch_session(model)
    pieces, resolution = pieces_of(recording)
    encoder, spikes = Encoder(resolution, engine.spec.input_shape), 0
    for piece in pieces:
        ticks = encoder.encode(piece)
        ours, theirs = engine.run(ticks), reference.run(ticks)
        for mine, other in zip(ours.layers, theirs.layers, strict=True):
            np.testing.assert_array_equal(mine.spikes, other.spikes, mine.name)
        np.testing.assert_array_equal(ours.synaptic_operations, theirs.synaptic_operations)
        spikes += int(ours.layers[0].spikes.sum())
    assert spikes
