"""The pipeline on real recordings, through the child process that reads them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.pipeline.pipeline import Pipeline
from app.pipeline.snapshot import PipelineState, Snapshot
from app.recognition.decision import Recognition
from app.settings import Settings
from app.sources.contract import FileSpec
from app.sources.hosting.host import HostedSource
from tests.recognition.streams import CountingNetwork

RECORDINGS = Path(__file__).resolve().parents[2] / ".." / "shared" / "recordings"
FILE = RECORDINGS / "ibm_hand_clapping.aedat"
OPENS_WITHIN_S = 60.0  # a busy machine takes its time to start a process

real = pytest.mark.skipif(not FILE.exists(), reason=f"needs {FILE.name} in shared/recordings")


def play(path: Path, speed: float | None) -> tuple[list[tuple[object, ...]], Snapshot]:
    rows: list[tuple[object, ...]] = []

    def note(recognitions: list[Recognition]) -> None:
        rows.extend((r.t_us, r.winner, r.gesture, r.share) for r in recognitions)

    pipeline = Pipeline(
        lambda: HostedSource(FileSpec(str(path))), lambda: CountingNetwork(32), Settings(),
        on_recognitions=note, speed=speed,
    )  # fmt: skip
    pipeline.start()
    assert pipeline.wait(OPENS_WITHIN_S)
    snapshot = pipeline.take()
    assert pipeline.stop()
    return rows, snapshot


@real
def test_a_real_recording_gives_the_same_decisions_twice_and_at_any_pace() -> None:
    rows, snapshot = play(FILE, speed=None)
    assert (snapshot.state, snapshot.failure) == (PipelineState.FINISHED, None)
    assert snapshot.stats.events == 63_471
    assert len(rows) == 1_450
    assert play(FILE, speed=10.0)[0] == rows


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    _, snapshot = play(tmp_path / "nothing.aedat4", speed=None)
    assert snapshot.state is PipelineState.FAILED
    assert snapshot.failure is not None
    assert "nothing.aedat4" in snapshot.failure


def test_stop_ends_a_source_that_is_just_being_opened(tmp_path: Path) -> None:
    pipeline = Pipeline(
        lambda: HostedSource(FileSpec(str(tmp_path / "nothing.aedat4"))),
        lambda: CountingNetwork(32),
        Settings(),
    )
    pipeline.start()
    began_s = time.monotonic()
    assert pipeline.stop(3.0)
    assert time.monotonic() - began_s < 3.0
    assert pipeline.take().failure is None
