from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.booth import pin as pin_module
from app.booth.pin import hash_pin, is_hash, is_pin, matches

PIN = "271828"


@pytest.fixture(scope="module")
def stored() -> str:
    return hash_pin(PIN)


def test_a_pin_matches_its_own_hash_alone(stored: str) -> None:
    assert matches(PIN, stored)
    assert not any(matches(other, stored) for other in ("271829", "27182", "2718288", "", "abcd"))


def test_the_hash_tells_neither_the_pin_nor_that_two_are_the_same(stored: str) -> None:
    assert PIN not in stored
    assert hash_pin(PIN) != stored


@pytest.mark.parametrize("text", ["123", "1234567890123", "12a4", "", " 1234", "1234\n", "١٢٣٤"])
def test_a_pin_is_four_to_twelve_digits(text: str) -> None:
    assert not is_pin(text)
    with pytest.raises(ValueError, match="4 to 12 digits"):
        hash_pin(text)


def test_parameters_come_from_the_hash(stored: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pin_module, "COST", 2**10)
    assert matches(PIN, stored)
    assert matches(PIN, hash_pin(PIN))


@pytest.mark.parametrize(
    "broken",
    [
        "", "1234", "scrypt", "scrypt$16384$8$1$00$00", "scrypt$0$8$1$" + "0" * 32 + "$" + "0" * 64,
        "scrypt$16383$8$1$" + "0" * 32 + "$" + "0" * 64,
        "scrypt$999999$8$1$" + "0" * 32 + "$" + "0" * 64,
        "scrypt$16384$99$9$" + "0" * 32 + "$" + "0" * 64,
        "scrypt$16384$8$1$" + "0" * 33 + "$" + "0" * 64,
    ],
)  # fmt: skip
def test_nothing_matches_what_is_no_hash(broken: str) -> None:
    assert not is_hash(broken)
    assert not matches("1234", broken)


@settings(deadline=None, max_examples=200)
@given(st.text(), st.text(alphabet="0123456789", min_size=4, max_size=12))
def test_any_text_in_place_of_a_hash_is_refused(text: str, pin: str) -> None:
    assert not matches(pin, text)


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_a_hash_with_a_sign_changed_does_not_match(stored: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(stored) - 1))
    sign = data.draw(st.sampled_from("0123456789abcdef$"))
    changed = stored[:place] + sign + stored[place + 1 :]
    assert changed == stored or not matches(PIN, changed)
