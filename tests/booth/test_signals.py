from __future__ import annotations

import os
import select
import signal

import pytest

from app.booth.signals import Signals

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the supervisor needs POSIX")


def send(number: int) -> None:
    os.kill(os.getpid(), number)


def test_signals_wait_in_their_order_until_they_are_asked_for() -> None:
    with Signals() as signals:
        assert signals.caught() == []
        send(signal.SIGHUP)
        send(signal.SIGCHLD)
        send(signal.SIGTERM)
        send(signal.SIGTERM)
        assert select.select([signals], [], [], 10)[0]
        caught = signals.caught()
        assert set(caught) == {signal.SIGHUP, signal.SIGTERM}
        assert caught.count(signal.SIGTERM) == 2
        assert signals.caught() == []


def test_an_ended_child_wakes_and_is_none_of_them() -> None:
    with Signals() as signals:
        send(signal.SIGCHLD)
        assert select.select([signals], [], [], 10)[0]
        assert signals.caught() == []


def test_all_is_as_before_afterwards() -> None:
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
    before = [signal.getsignal(number) for number in numbers]
    with Signals():
        assert [signal.getsignal(number) for number in numbers] != before
    assert [signal.getsignal(number) for number in numbers] == before


def test_a_hangup_that_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Signals() as signals:
            send(signal.SIGHUP)
            assert signals.caught() == []
    finally:
        signal.signal(signal.SIGHUP, before)
