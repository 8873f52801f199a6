"""The operator's PIN, kept as a salted scrypt hash in one line of text."""

from __future__ import annotations

import hashlib
import hmac
import os
import re

SHORTEST, LONGEST = 4, 12
COST, BLOCK, LANES = 2**14, 8, 1  # 16 MiB and about 50 ms a try
SALT_BYTES, KEY_BYTES = 16, 32
# A settings file must not be able to ask for gigabytes or hours.
MOST_COST, MOST_BLOCK, MOST_LANES = 2**16, 16, 4

_STORED = re.compile(
    r"scrypt\$(\d{1,6})\$(\d{1,2})\$(\d)\$([0-9a-f]{32,128})\$([0-9a-f]{64})", re.ASCII
)


def is_pin(text: str) -> bool:
    """Whether ``text`` may be a PIN: 4 to 12 digits."""
    return re.fullmatch(rf"[0-9]{{{SHORTEST},{LONGEST}}}", text) is not None


def hash_pin(pin: str) -> str:
    """``scrypt$COST$BLOCK$LANES$SALT$KEY``, with a salt of its own.

    Raises:
        ValueError: it is not 4 to 12 digits.
    """
    if not is_pin(pin):
        raise ValueError(f"expected a PIN of {SHORTEST} to {LONGEST} digits, got {len(pin)} signs")
    salt = os.urandom(SALT_BYTES)
    key = _derive(pin, salt, COST, BLOCK, LANES)
    return f"scrypt${COST}${BLOCK}${LANES}${salt.hex()}${key.hex()}"


def is_hash(stored: str) -> bool:
    """Whether a PIN can be compared with this at all."""
    return _parts(stored) is not None


def matches(pin: str, stored: str) -> bool:
    """Whether ``stored`` was made of ``pin``; nothing matches what is no hash."""
    parts = _parts(stored)
    if parts is None or not is_pin(pin):
        return False
    cost, block, lanes, salt, key = parts
    return hmac.compare_digest(_derive(pin, salt, cost, block, lanes), key)


def _parts(stored: str) -> tuple[int, int, int, bytes, bytes] | None:
    found = _STORED.fullmatch(stored)
    if found is None or len(found[4]) % 2:
        return None
    cost, block, lanes = int(found[1]), int(found[2]), int(found[3])
    fits = 2 <= cost <= MOST_COST and 1 <= block <= MOST_BLOCK and 1 <= lanes <= MOST_LANES
    if not fits or cost & (cost - 1):
        return None
    return cost, block, lanes, bytes.fromhex(found[4]), bytes.fromhex(found[5])


def _derive(pin: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    most_memory = 256 * cost * block * lanes + 2**20
    return hashlib.scrypt(
        pin.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=most_memory, dklen=KEY_BYTES
    )
