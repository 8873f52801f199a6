"""Damage to bytes, drawn at random: what disks, networks and people with bad intentions do."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

NUMBERS = (0, 1, -1, 2**7, 2**15, 2**16 - 1, 2**31 - 1, -(2**31), 2**32 - 1, 2**63 - 1, -(2**63))
WORDS = (
    b"NaN", b"-1", b"1e999", b"Infinity", b"null", b"true", b"[]", b"{}", b"[[", b'"', b",", b"\n",
    b"\r\n", b"\0", b"\x1b[2J", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80",
    b"999999999999999999",    b"-0.5", b"../..", b"%", b"#!END-HEADER\r\n", b"A" * 300, b"[" * 3000,
)  # fmt: skip
DIGITS = re.compile(rb"\d+")
MOST_BYTES = 200_000

Rng = np.random.Generator
Damage = Callable[[bytes, Rng], bytes]


def mutated(content: bytes, others: list[bytes], rng: Rng) -> bytes:
    """The content after a piece of damage, or up to eight; some of it out of ``others``."""
    for _ in range(min(int(rng.geometric(0.6)), 8)):
        if rng.random() < 0.05:
            content = _spliced(content, others[int(rng.integers(len(others)))], rng)
        else:
            content = DAMAGE[int(rng.integers(len(DAMAGE)))](content, rng)
    return content[:MOST_BYTES]


def _place(content: bytes, rng: Rng) -> int:
    """Anywhere, and half of the time near the beginning, where the structure is."""
    reach = len(content) if rng.random() < 0.5 else min(len(content), 600)
    return int(rng.integers(reach + 1))


def _length(rng: Rng) -> int:
    return int(2 ** rng.uniform(0, 10))


def _flip(content: bytes, rng: Rng) -> bytes:
    changed = bytearray(content)
    for _ in range(int(rng.integers(1, 5))):
        if changed:
            changed[_place(content, rng) % len(changed)] ^= 1 << int(rng.integers(8))
    return bytes(changed)


def _overwrite(content: bytes, rng: Rng) -> bytes:
    place, length = _place(content, rng), _length(rng)
    filled = bytes([int(rng.choice([0, 0x7F, 0x80, 0xFF]))]) * length
    noise = filled if rng.random() < 0.5 else rng.bytes(length)
    return content[:place] + noise + content[place + length :]


def _number(content: bytes, rng: Rng) -> bytes:
    size = int(rng.choice([2, 4, 8]))
    number = int(rng.choice(np.array(NUMBERS, object))) + int(rng.integers(-2, 3))
    order = "little" if rng.random() < 0.7 else "big"
    word = (number % 2 ** (8 * size)).to_bytes(size, order)  # type: ignore[arg-type]
    place = _place(content, rng)
    return content[:place] + word + content[place + size :]


def _cut(content: bytes, rng: Rng) -> bytes:
    place = _place(content, rng)
    return content[:place] + content[place + _length(rng) :]


def _end(content: bytes, rng: Rng) -> bytes:
    return content[: _place(content, rng)]


def _again(content: bytes, rng: Rng) -> bytes:
    place, length, to = _place(content, rng), _length(rng), _place(content, rng)
    return content[:to] + content[place : place + length] + content[to:]


def _insert(content: bytes, rng: Rng) -> bytes:
    place = _place(content, rng)
    return content[:place] + WORDS[int(rng.integers(len(WORDS)))] + content[place:]


def _digits(content: bytes, rng: Rng) -> bytes:
    """Another number where one is written out."""
    found = list(DIGITS.finditer(content[:20_000]))
    if not found:
        return content
    here = found[int(rng.integers(len(found)))]
    number = int(rng.choice(np.array(NUMBERS, object))) + int(rng.integers(-2, 3))
    return content[: here.start()] + str(number).encode() + content[here.end() :]


def _spliced(content: bytes, other: bytes, rng: Rng) -> bytes:
    return content[: _place(content, rng)] + other[_place(other, rng) :]


DAMAGE: tuple[Damage, ...] = (
    _flip, _flip, _overwrite, _number, _number, _cut, _end, _again, _insert, _digits,
)  # fmt: skip
