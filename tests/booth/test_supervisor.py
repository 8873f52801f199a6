"""The supervisor as a process, with kiosks that do what kiosks do."""

from __future__ import annotations

import csv
import json
import os
import signal
import socket
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from app.booth.run_log import BURST_BYTES
from tests.booth.conftest import LIMIT_S, Booth, wait_until
from tests.soak.census import shared_names

Start = Callable[..., Booth]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the supervisor needs POSIX")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")


@pytest.mark.parametrize(
    ("kiosk", "reason"),
    [
        ("breaks", "ended with code 3: it broke in the middle"),
        ("aborts", "was ended by SIGABRT: the display is gone"),
        ("stops", "hung: was stopped"),
        ("hangs", "hung: no sign of life for 1 s"),
        ("freezes", "hung: decided nothing for 1.2 s"),
        ("mute", "did not start within 2 s"),
    ],
)
def test_a_kiosk_that_ends_or_hangs_is_started_again(start: Start, kiosk: str, reason: str) -> None:
    booth = start(kiosk)
    first = booth.kiosk
    booth.wait_for_reason(reason)
    assert booth.kiosk != first
    assert not first.is_running()
    assert reason in booth.log


def test_a_killed_kiosk_is_started_again(start: Start) -> None:
    booth = start("well")
    first = booth.kiosk
    first.kill()
    booth.wait_for_reason("was ended by SIGKILL")
    assert booth.kiosk != first


def test_a_kiosk_without_a_camera_is_left_alone(start: Start) -> None:
    booth = start("searches")
    first = booth.kiosk
    wait_until(lambda: (booth.status and booth.status.waiting == "source") or booth.log)
    with pytest.raises(psutil.TimeoutExpired):
        first.wait(1.5)
    assert booth.reasons == []


def test_a_kiosk_that_was_left_ends_the_supervisor_too(start: Start) -> None:
    assert start("left").process.wait(LIMIT_S) == 0


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)]
)
def test_a_signal_is_passed_on(start: Start, number: int, code: int) -> None:
    booth = start("well", grace_s=60.0)
    kiosk = booth.kiosk
    assert booth.end(number) == code
    assert not kiosk.is_running()
    assert booth.status is not None
    assert not booth.status.is_running
    assert booth.reasons == []


def test_a_kiosk_that_ignores_the_signal_is_killed(start: Start) -> None:
    booth = start("stubborn", grace_s=0.3)
    kiosk = booth.kiosk
    wait_until(lambda: kiosk.cpu_times().user > 0)
    assert booth.end() == 143
    assert not kiosk.is_running()


def test_a_second_signal_has_no_patience(start: Start) -> None:
    booth = start("stubborn", grace_s=600.0)
    kiosk = booth.kiosk
    wait_until(lambda: kiosk.num_ctx_switches().voluntary > 5)
    booth.process.send_signal(signal.SIGTERM)
    with pytest.raises(psutil.TimeoutExpired):
        kiosk.wait(0.5)
    assert booth.end() == 143
    assert not kiosk.is_running()


def test_an_executable_that_is_not_there(start: Start) -> None:
    booth = start("well", command=("/nowhere/kiosk",))
    booth.wait_for_reason("could not be started: [Errno 2] No such file or directory")
    wait_until(lambda: booth.status.restarts >= 2)
    assert booth.end() == 143


def test_noise_harms_neither_the_beats_nor_the_disk(start: Start) -> None:
    booth = start("floods")
    kiosk = booth.kiosk
    with pytest.raises(psutil.TimeoutExpired):
        kiosk.wait(1.0)
    assert booth.reasons == []
    assert 1000 < sum(path.stat().st_size for path in booth.logs.iterdir()) < 2 * BURST_BYTES


def test_counts_outlive_the_kiosk_and_the_supervisor(start: Start) -> None:
    booth = start("plays")
    wait_until(lambda: "best today: 120" in booth.log)
    assert "best today: None" in booth.log
    booth.end()
    status = booth.status
    assert (status.visitors, status.rounds, status.best) == (status.rounds, status.rounds, 120)
    assert status.hits == {"arm_roll": status.rounds}
    assert status.misses == {"air_drums": status.rounds}
    assert status.dropped >= 4
    again = start("plays")
    wait_until(
        lambda: again.status.pid == again.process.pid and again.status.rounds > status.rounds
    )
    again.end()
    with open(again.state / "days.csv", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["rounds"] == row["hits arm_roll"] == str(again.status.rounds)


@linux_only
def test_nothing_is_left_of_a_killed_kiosk(start: Start) -> None:
    """A child in another session and stopped, a folder and a semaphore."""
    booth = start("parent")
    wait_until(lambda: "[" in booth.log)
    line = next(line for line in booth.log.splitlines() if "[" in line)
    pid, semaphore, scratch = json.loads(line[line.index("[") :])
    child = psutil.Process(pid)
    assert child.status() == psutil.STATUS_STOPPED
    assert Path(scratch, "left").exists()
    booth.kiosk.kill()
    booth.wait_for_reason("was ended by SIGKILL")
    assert not child.is_running()
    assert not Path(semaphore).exists()
    assert not Path(scratch).exists()


@linux_only
def test_a_stopped_source_does_not_outlive_a_killed_kiosk(start: Start) -> None:
    """Its reader would wait for ever to be continued, with 16 MiB and two names in /dev/shm."""
    command = (sys.executable, "-m", "tests.booth.hosting_kiosk")
    booth = start("well", start_s=LIMIT_S, command=command)
    wait_until(lambda: "its source: " in booth.log)
    source = psutil.Process(int(booth.log.partition("its source: ")[2].split()[0]))
    assert source.status() == psutil.STATUS_STOPPED
    names = shared_names([booth.kiosk])
    assert len(names) >= 2
    booth.kiosk.kill()
    booth.wait_for_reason("was ended by SIGKILL")
    assert not source.is_running()
    assert not any(Path(name).exists() for name in names)


@linux_only
def test_a_killed_supervisor_takes_the_kiosk_with_it(start: Start) -> None:
    booth = start("well")
    kiosk = booth.kiosk
    booth.process.kill()
    kiosk.wait(LIMIT_S)


def test_only_one_at_a_time(start: Start) -> None:
    booth = start("well")
    kiosk = booth.kiosk
    second = start("well")
    assert second.process.wait(LIMIT_S) == 2
    assert b"the kiosk runs already" in second.process.stderr.read()
    assert kiosk.is_running()
    booth.end()
    third = start("left")
    assert third.process.wait(LIMIT_S) == 0


def test_without_a_place_to_write_the_booth_plays_on(start: Start, tmp_path: Path) -> None:
    obstacle = tmp_path / "file"
    obstacle.touch()
    booth = start("breaks", state_folder=str(obstacle / "state"), log_folder=str(obstacle / "log"))
    first = booth.kiosk
    wait_until(lambda: not first.is_running() and booth.children())
    booth.end()
    told = booth.process.stderr.read().decode()
    assert told.count("the booth's records are not kept") == 1
    assert "no log is written" in told
    assert "the kiosk ended with code 3" in told


def test_too_much_memory(start: Start) -> None:
    booth = start("well", memory_mb=1)
    first = booth.kiosk
    booth.wait_for_reason("MB in use, more than 1 MB")
    assert not first.is_running()


@linux_only
def test_systemd_is_told(start: Start) -> None:
    name = f"spikehand-test-{uuid.uuid4()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(f"\0{name}")
        systemd.settimeout(LIMIT_S)
        booth = start("well", environment={"NOTIFY_SOCKET": f"@{name}", "WATCHDOG_USEC": "200000"})
        heard: list[str] = []
        while "READY=1" not in heard or heard.count("WATCHDOG=1") < 3:
            heard.append(systemd.recv(4096).decode())
        assert "NOTIFY_SOCKET" not in booth.kiosk.environ()
        booth.end()
        while heard[-1] != "STOPPING=1":
            heard.append(systemd.recv(4096).decode())
    assert "STATUS=0 visitors and 0 rounds today, 0 restarts" in heard


def test_a_trace_tells_of_every_beat(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "trace"
    booth = start("breaks", environment={"SPIKEHAND_KIOSK_TRACE": str(path)})
    booth.wait_for_reason("code 3")
    booth.end()
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    pid = lines[0]["started"]
    beats = [line for line in lines if line.get("kiosk") == pid]
    assert [line["decisions"] for line in beats] == [10 * (1 + n) for n in range(len(beats))]
    assert {
        "t": lines[len(beats) + 1]["t"],
        "ended": "ended with code 3: it broke in the middle",
    } in lines


def test_bad_words_are_refused(start: Start) -> None:
    booth = start("well", memory_mb=-1)
    assert booth.process.wait(LIMIT_S) == 2
    assert b"expected memory_mb in whole megabytes, got -1" in booth.process.stderr.read()
