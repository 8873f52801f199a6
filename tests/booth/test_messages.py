from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.booth.messages import (
    LONGEST_LINE,
    Beat,
    Hit,
    Message,
    Miss,
    Note,
    Round,
    Visitor,
    Welcome,
    decode,
    encode,
)

COUNT = st.integers(0, 2**53)
MESSAGES = st.one_of(
    st.builds(Beat, COUNT, st.none() | st.text(), COUNT, COUNT, COUNT, st.booleans()),
    st.builds(Hit, st.text(), COUNT),
    st.builds(Miss, st.text()),
    st.builds(Round, COUNT, COUNT, COUNT),
    st.builds(Note, st.text()),
    st.builds(Visitor),
    st.builds(Welcome, st.none() | COUNT),
)


@given(MESSAGES)
def test_what_is_encoded_is_decoded(message: Message) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode(line) == message


@given(st.binary(max_size=200))
def test_noise_is_no_message(noise: bytes) -> None:
    assert decode(noise) is None


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b"[]",
        b"17",
        b'"beat"',
        b'{"kind": "beat"}',
        b'{"kind": ["beat"], "decisions": 1}',
        b'{"kind": "beat", "decisions": "1"}',
        b'{"kind": "beat", "decisions": true}',
        b'{"kind": "beat", "decisions": 1.5}',
        b'{"kind": "beat", "decisions": 1, "waiting": 5}',
        b'{"kind": "beat", "decisions": 1, "playing": 1}',
        b'{"kind": "beat", "decisions": 1, "colour": "red"}',
        b'{"kind": "hit", "gesture": null, "after_ms": 5}',
        b"[" * LONGEST_LINE,
    ],
)
def test_what_is_almost_a_message_is_none(line: bytes) -> None:
    assert decode(line) is None
