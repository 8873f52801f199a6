from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
import pytest

from app.events import EventBatch, Resolution
from app.sources.contract import (
    CameraSpec,
    FileSpec,
    NetworkSpec,
    PerformerSpec,
    SourceError,
    SourceSpec,
)
from app.sources.formats.aedat4_writer import Aedat4Writer
from app.sources.hosting import patience
from app.sources.hosting.host import HostedSource
from app.sources.hosting.process import ChildProcess
from app.sources.opening import Opener, load_opener
from tests.sources import fakes
from tests.sources.making import in_batches, random_events

ROOT = Path(__file__).resolve().parents[2]
FILE = FileSpec("tape.aedat4")
Loader = Callable[[SourceSpec], Opener]


@pytest.fixture
def hosting() -> Iterator[Callable[..., HostedSource]]:
    """Hosts sources and closes them in the end."""
    hosted: list[HostedSource] = []

    def host(spec: SourceSpec, load: Loader) -> HostedSource:
        hosted.append(HostedSource(spec, load))
        return hosted[-1]

    yield host
    for source in hosted:
        source.close()


def first(source: HostedSource, wanted: Callable[[EventBatch], bool]) -> EventBatch:
    return next(batch for batch in source.batches() if wanted(batch))


def played(source: HostedSource) -> tuple[list[int], str]:
    """How many events came in each batch before the source failed, and its complaint."""
    counts: list[int] = []
    try:
        counts.extend(len(batch.events) for batch in source.batches())
    except SourceError as error:
        return counts, str(error)
    raise AssertionError("the source did not fail")


def has_events(batch: EventBatch) -> bool:
    return len(batch.events) > 0


def child_pids() -> set[int]:
    named = psutil.Process().children(recursive=True)
    return {child.pid for child in named if "spawn_main" in " ".join(child.cmdline())}


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "RECORDING", patience.Patience(open_s=0.5, silent_s=0.6))


@pytest.mark.usefixtures("short_patience")
def test_a_hung_recording_is_killed_and_says_where(hosting: Callable[..., HostedSource]) -> None:
    source = hosting(FILE, fakes.load_hanging).open()
    before = child_pids()
    began_s = time.monotonic()
    delivered, complaint = played(source)
    assert time.monotonic() - began_s < 10  # with another try
    assert [count for count in delivered if count] == [10, 10]
    assert complaint == (
        "the recording tape.aedat4 cannot be read near 1.24 s: the reader stopped answering"
    )
    assert len(before) == 1
    assert not child_pids() & before


def test_a_failed_recording_goes_on_failing(hosting: Callable[..., HostedSource]) -> None:
    source = hosting(FILE, fakes.load_failing)
    with pytest.raises(SourceError, match=r"^the tape is torn$"):
        list(source.batches())
    with pytest.raises(SourceError, match=r"^the tape is torn$"):
        list(source.batches())
    with pytest.raises(SourceError, match=r"^the tape is torn$"):
        source.seek(0)


def test_a_crashed_recording_says_where(hosting: Callable[..., HostedSource]) -> None:
    delivered, complaint = played(hosting(FILE, fakes.load_crashing))
    assert [count for count in delivered if count] == [10, 10]
    assert complaint.endswith("cannot be read near 0.50 s: the reader crashed")


@pytest.mark.usefixtures("short_patience")
def test_a_hang_while_opening_ends_in_time(hosting: Callable[..., HostedSource]) -> None:
    with pytest.raises(SourceError, match=r"its reader did not answer for 0.5 s$"):
        hosting(FILE, fakes.load_hanging_at_open).open()
    assert not child_pids()


def test_a_crash_at_the_start_is_reported(hosting: Callable[..., HostedSource]) -> None:
    with pytest.raises(SourceError, match="its process crashed at its start"):
        hosting(FILE, fakes.load_crashing_at_start).open()


def test_a_performer_is_slow_on_a_busy_machine_and_never_hangs() -> None:
    lively = patience.patience_with(NetworkSpec("127.0.0.1", 7777))
    waits = patience.patience_with(PerformerSpec())
    assert waits == patience.RECORDING
    assert waits.open_s > lively.open_s
    assert waits.silent_s > lively.silent_s


def test_slow_imports_are_waited_for(
    hosting: Callable[..., HostedSource], short_patience: None
) -> None:
    source = hosting(FILE, fakes.load_slowly).open()
    assert sum(len(batch.events) for batch in source.batches()) == 10


@pytest.mark.parametrize("load", [fakes.load_hanging, fakes.load_flood, fakes.load_long_recording])
def test_closing_ends_in_time(hosting: Callable[..., HostedSource], load: Loader) -> None:
    source = hosting(FILE, load)
    first(source, has_events)
    time.sleep(0.1)
    began_s = time.monotonic()
    source.close()
    source.close()
    assert time.monotonic() - began_s < 1
    assert not child_pids()
    assert list(source.batches()) == []


def test_closing_from_another_thread_ends_the_batches(
    hosting: Callable[..., HostedSource],
) -> None:
    source = hosting(FILE, fakes.load_hanging).open()
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(lambda: list(source.batches()))
        time.sleep(0.3)
        source.close()
        assert len(reading.result(timeout=0.5)) == 2


def test_closing_while_opening_ends_the_opening(hosting: Callable[..., HostedSource]) -> None:
    source = hosting(FILE, fakes.load_hanging_at_open)
    with ThreadPoolExecutor() as pool:
        opening = pool.submit(source.open)
        time.sleep(0.5)
        source.close()
        with pytest.raises(SourceError):
            opening.result(timeout=0.5)
    assert not child_pids()
    with pytest.raises(SourceError, match="has been closed"):
        source.open()


def test_a_recording_larger_than_the_ring_loses_nothing(
    hosting: Callable[..., HostedSource],
) -> None:
    source = hosting(FILE, fakes.load_long_recording)
    batches = []
    for batch in source.batches():
        if len(batches) == 3:
            time.sleep(0.3)  # a slow reader
        batches.append(batch.events)
    expected = np.concatenate([random_events(100_000, span_us=1000, start_us=s * 1000)
                               for s in range(20)])  # fmt: skip
    assert np.array_equal(np.concatenate(batches), expected)


def test_a_full_ring_makes_a_live_source_drop_and_count(
    hosting: Callable[..., HostedSource],
) -> None:
    source = hosting(CameraSpec(), fakes.load_flood).open()
    fitting = 256 * 1000  # 3000 batches of 1000 events, but only 256 slots
    end_s = time.monotonic() + 30
    while source.lost_events < 3_000_000 - fitting and time.monotonic() < end_s:
        time.sleep(0.05)
    assert source.lost_events == 3_000_000 - fitting
    taken = [batch for batch, _ in zip(source.batches(), range(256), strict=False)]
    assert sum(len(batch.events) for batch in taken) == fitting
    assert all(batch.gap_us == 0 for batch in taken)
    assert source.info.lost_events == 3_000_000 - fitting


def test_what_was_lost_before_a_new_start_counts(
    hosting: Callable[..., HostedSource],
) -> None:
    source = hosting(CameraSpec(), fakes.load_flood_that_ends).open()
    end_s = time.monotonic() + 30
    while source.lost_events < 44_000 and time.monotonic() < end_s:
        time.sleep(0.02)
    batches = source.batches()
    assert sum(len(next(batches).events) for _ in range(256)) == 256_000
    next(batch for batch in batches if batch.restarted)
    assert source.info.lost_events >= 44_000


def test_the_batch_after_drops_tells_the_gap(
    hosting: Callable[..., HostedSource], tmp_path: Path
) -> None:
    source = hosting(CameraSpec(str(tmp_path / "looked")), fakes.load_flood_and_more).open()
    end_s = time.monotonic() + 30
    while source.lost_events < 44_000 and time.monotonic() < end_s:
        time.sleep(0.02)
    assert source.lost_events == 44_000  # 300 batches of 1000 events, but only 256 slots
    batches = filter(has_events, source.batches())
    taken = [next(batches) for _ in range(256)]
    assert all(batch.gap_us == 0 for batch in taken)
    (tmp_path / "looked").touch()
    after = next(batches)
    assert after.gap_us == after.events["t"][0] - taken[-1].events["t"][-1]
    assert after.gap_us > 44 * 1000 - 1000


def test_a_live_source_that_hangs_is_started_anew(hosting: Callable[..., HostedSource]) -> None:
    source = hosting(CameraSpec(), fakes.load_live_that_hangs)
    stream = source.batches()
    began = next(batch for batch in stream if has_events(batch))
    assert not began.restarted
    silences = 0
    for batch in stream:
        if has_events(batch):
            break
        silences += 1
    assert batch.restarted
    assert batch.gap_us == pytest.approx((batch.arrived_s - began.arrived_s) * 1e6, abs=10)
    assert batch.gap_us > 2_000_000
    assert silences >= 20


def test_a_camera_may_come_back_with_another_sensor(
    hosting: Callable[..., HostedSource], tmp_path: Path
) -> None:
    source = hosting(CameraSpec(str(tmp_path / "seen")), fakes.load_another_sensor)
    sizes = []
    stream = source.batches()
    while len(sizes) < 2:
        if has_events(batch := next(stream)):
            sizes.append((source.info.resolution, batch.restarted))
    assert sizes == [(Resolution(128, 128), False), (Resolution(256, 128), True)]


def test_a_killed_child_of_a_live_source_is_replaced(
    hosting: Callable[..., HostedSource],
) -> None:
    source = hosting(CameraSpec(), fakes.load_process_number)
    old = int(first(source, has_events).events["t"][0])
    os.kill(old, signal.SIGKILL)
    batch = first(source, has_events)
    assert batch.restarted
    assert int(batch.events["t"][0]) != old
    assert not psutil.pid_exists(old)


def kill(source: HostedSource) -> int:
    """Kill the reader, and tell which process it was."""
    pid = pid_of(source)
    os.kill(pid, signal.SIGKILL)
    return pid


def pid_of(source: HostedSource) -> int:
    pid = source._running_child()._process.pid
    assert pid is not None
    return pid


def real_recording(folder: Path) -> tuple[FileSpec, np.ndarray]:
    """Many packets, many events of the same time, and some packets that begin amid them."""
    events = random_events(400_000, span_us=20_000)
    path = folder / "tape.aedat4"
    with Aedat4Writer(path, Resolution(128, 128)) as writer:
        for part in in_batches(events, 700):
            writer.write(part)
    return FileSpec(str(path)), events


def test_a_recording_goes_on_at_the_very_event_where_its_reader_was_killed(
    hosting: Callable[..., HostedSource], tmp_path: Path
) -> None:
    spec, events = real_recording(tmp_path)
    source = hosting(spec, load_opener).open()
    parts, readers = [], []
    for batch in source.batches():
        parts.append(batch.events)
        assert not batch.restarted
        if has_events(batch) and len(readers) < 3 and pid_of(source) not in readers:
            readers.append(kill(source))
    assert len(set(readers)) == 3  # the ring holds less than half of it
    assert np.array_equal(np.concatenate(parts), events)
    assert source.info.note is None


def test_a_reader_killed_after_a_seek_or_at_the_end_is_replaced_as_well(
    hosting: Callable[..., HostedSource], tmp_path: Path
) -> None:
    spec, events = real_recording(tmp_path)
    source = hosting(spec, load_opener).open()
    assert sum(len(batch.events) for batch in source.batches()) == len(events)
    for t_us in (0, 15_000):
        kill(source)
        source.seek(t_us)
        kill(source)
        batches = [batch for batch in source.batches() if has_events(batch) or batch.restarted]
        assert batches[0].restarted
        assert not any(batch.restarted for batch in batches[1:])
        assert np.array_equal(
            np.concatenate([batch.events for batch in batches]), events[events["t"] >= t_us]
        )


@pytest.mark.slow
def test_a_slow_drive_is_waited_for_and_told(hosting: Callable[..., HostedSource]) -> None:
    source = hosting(FILE, fakes.load_slow_drive)
    notes, count = [], 0
    for batch in source.batches():
        count += len(batch.events)
        if not notes or notes[-1] != source.info.note:
            notes.append(source.info.note)
    assert count == 20
    waiting = "the recording tape.aedat4 is slow: waiting for its drive"
    assert notes == [None, waiting, None]


def test_a_late_look_does_not_count_as_silence() -> None:
    child = ChildProcess(FILE, fakes.load_slowly)
    try:
        assert not child.has_fallen_silent(0.3)
        time.sleep(0.5)  # this very process might have been stopped
        assert not child.has_fallen_silent(0.3)
    finally:
        child.stop(grace_s=0)


SCRIPT = textwrap.dedent(
    """
    from app.sources.contract import CameraSpec
    from app.sources.hosting.host import HostedSource
    from tests.sources import fakes

    if __name__ == "__main__":
        source = HostedSource(CameraSpec(), fakes.{load}).open()
        print(source._child._process.pid, flush=True)
        for batch in source.batches():
            print(len(batch.events), flush=True)
    """
)


def parent_and_child(folder: Path, load: str) -> tuple[subprocess.Popen[str], int]:
    """Another program that hosts a source, and the process that it does so in."""
    script = folder / "plain.py"
    script.write_text(SCRIPT.format(load=load))
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.stdout.readline()  # some events
    return parent, child


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + 12
    while not is_so():
        assert time.monotonic() < deadline_s
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="needs the death signal of Linux")
def test_nothing_stays_of_a_parent_that_is_killed_while_its_child_is_stopped(
    tmp_path: Path,
) -> None:
    parent, child = parent_and_child(tmp_path, "load_process_number")
    everyone = [psutil.Process(child), *psutil.Process(parent.pid).children()]
    maps = psutil.Process(child).memory_maps()
    semaphores = [Path(each.path) for each in maps if "/sem." in each.path]
    assert len(semaphores) == 2
    assert len(everyone) == 3  # the child twice, and who cleans up after both
    os.kill(child, signal.SIGSTOP)
    parent.kill()
    parent.communicate(timeout=12)
    wait_until(lambda: not any(each.is_running() for each in everyone))
    assert not any(path.exists() for path in semaphores)
    assert [path.name for path in tmp_path.iterdir()] == ["plain.py"]


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
@pytest.mark.parametrize(
    ("load", "number"),
    [
        ("load_flood", signal.SIGINT),
        ("load_flood", signal.SIGKILL),
        pytest.param("load_live_that_hangs", signal.SIGKILL, marks=pytest.mark.slow),
    ],
)
def test_no_child_outlives_its_parent(tmp_path: Path, load: str, number: int) -> None:
    parent, child = parent_and_child(tmp_path, load)
    # As Ctrl+C does, tell the whole group; a kill meets the parent alone.
    (os.killpg if number == signal.SIGINT else os.kill)(parent.pid, number)
    _, complaint = parent.communicate(timeout=12)
    wait_until(lambda: not psutil.pid_exists(child))
    assert [path.name for path in tmp_path.iterdir()] == ["plain.py"]
    if number == signal.SIGINT:
        assert complaint.count("Traceback") == 1  # the parent's own KeyboardInterrupt


def test_the_child_imports_neither_torch_nor_qt(
    hosting: Callable[..., HostedSource], tmp_path: Path
) -> None:
    script = tmp_path / "imports.py"
    script.write_text(
        "import sys\nimport app.sources.hosting.child\n"
        "from app.sources.opening import load_opener\n"
        "from app.sources.contract import *\n"
        "for spec in (FileSpec('x'), NetworkSpec('127.0.0.1', 1), CameraSpec()):\n"
        "    load_opener(spec)\n"
        "print(*(name for name in ('torch', 'PySide6') if name in sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == ""


def test_a_camera_has_time_to_be_set_up_again_and_it_shows(
    hosting: Callable[..., HostedSource],
) -> None:
    source = hosting(CameraSpec(), fakes.load_slow_camera)
    process = None
    notes: set[str | None] = set()
    for batch in source.batches():
        assert source._child is not None
        process = process or source._child
        notes.add(source.info.note)
        if batch.restarted:
            break
    assert source._child is process  # it was not killed in the middle
    assert "DVS128_0279 is gone; it is being opened again" in notes
    assert any(
        note and note.endswith("the camera is slow: waiting until it is set up") for note in notes
    )
