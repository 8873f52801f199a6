"""What is done to the booth."""

from __future__ import annotations

import random
import signal
import time
from dataclasses import dataclass

import psutil

from tests.soak.peer import Peer
from tests.soak.place import Failure
from tests.soak.sight import STILL_S, Sight

SIGNALS = {"killed": signal.SIGKILL, "stopped": signal.SIGSTOP}
TARGETS = ("kiosk", "source", "peer", "tree")
_FIND_LIMIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Fault:
    """``target`` is "kiosk", "source", "peer" or "tree"; ``kind`` "killed" or "stopped"."""

    target: str
    kind: str

    @property
    def ends_kiosk(self) -> bool:
        return self.target in ("kiosk", "tree")


def faults(number: int, chance: random.Random) -> list[Fault]:
    """So many, every kind as often, in an order by chance."""
    every = [Fault(target, kind) for target in TARGETS for kind in SIGNALS]
    found: list[Fault] = []
    while len(found) < number:
        found += chance.sample(every, len(every))
    return found[:number]


def strike(fault: Fault, supervisor: int, sight: Sight, peer: Peer, chance: random.Random) -> float:
    """Do it; from when on (monotonic) the booth should recognise again."""
    number = SIGNALS[fault.kind]
    if fault.target == "peer":
        return peer.fail(number, chance)
    if fault.target == "tree":
        victims = psutil.Process(supervisor).children(recursive=True)
    elif fault.target == "source":
        victims = [_source(sight, peer)]
    else:
        victims = [psutil.Process(sight.kiosk)]
    struck_s = time.monotonic()
    for victim in victims:
        try:
            victim.send_signal(number)
        except psutil.NoSuchProcess:
            continue  # its parent was struck before it
    return struck_s


def first_look_s(fault: Fault, back_s: float) -> float:
    """Before that what was on its way may still be recognised."""
    return back_s if fault.target == "peer" else back_s + STILL_S


def _source(sight: Sight, peer: Peer) -> psutil.Process:
    """The kiosk's child that has the connection to the peer."""
    end_s = time.monotonic() + _FIND_LIMIT_S
    while time.monotonic() < end_s:
        for child in psutil.Process(sight.kiosk).children(recursive=True):
            if any(one.raddr and one.raddr.port == peer.port for one in _connections(child)):
                return child
        time.sleep(0.05)
    raise Failure("no process of the kiosk is connected to the event server")


def _connections(process: psutil.Process) -> list:
    try:
        return process.net_connections("tcp")
    except psutil.Error:
        return []
