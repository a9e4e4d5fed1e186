import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.agreement import keys

BASE_62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


def test_a_key_says_what_it_is_and_carries_256_bits():
    key, parsed = keys.mint()

    kind, scope, public_id, secret, checksum = key.split("_")
    assert (kind, scope) == ("msc", "live")
    assert (public_id, secret) == parsed
    assert [len(part) for part in (public_id, secret, checksum)] == [8, 43, 6]
    assert set(public_id + secret + checksum) <= set(BASE_62)


def test_a_minted_key_parses_to_its_parts():
    key, parsed = keys.mint()

    assert keys.parse(key) == parsed


def test_no_two_keys_are_alike():
    minted = [keys.mint() for _ in range(50)]

    assert len({parsed.public_id for _, parsed in minted}) == 50
    assert len({parsed.secret for _, parsed in minted}) == 50


@given(at=st.integers(min_value=9, max_value=66), other=st.sampled_from(BASE_62))
def test_one_wrong_letter_is_noticed_without_asking_the_store(at, other):
    key, _ = keys.mint()
    mistyped = key[:at] + other + key[at + 1 :]

    assert (keys.parse(mistyped) is None) == (mistyped != key)


@given(at=st.integers(min_value=9, max_value=65))
def test_two_letters_in_the_wrong_order_are_noticed(at):
    key, _ = keys.mint()
    swapped = key[:at] + key[at + 1] + key[at] + key[at + 2 :]

    assert (keys.parse(swapped) is None) == (swapped != key)


@given(st.text(max_size=90))
def test_any_other_text_is_no_key(text):
    assert keys.parse(text) is None


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda key: key + "\n", id="a newline behind it"),
        pytest.param(lambda key: " " + key, id="a blank before it"),
        pytest.param(lambda key: key[:-1], id="cut off"),
        pytest.param(lambda key: key.lower(), id="in lower case"),
        pytest.param(lambda key: key.replace("msc", "abc"), id="another kind"),
        pytest.param(lambda key: key.replace("_", "-"), id="other separators"),
    ],
)
def test_a_key_is_taken_only_to_the_letter(changed):
    key, _ = keys.mint()

    assert keys.parse(changed(key)) is None


def test_a_fingerprint_needs_the_pepper():
    _, parsed = keys.mint()

    fingerprint = keys.fingerprint(b"pepper", parsed.secret)

    assert fingerprint == keys.fingerprint(b"pepper", parsed.secret)
    assert fingerprint != keys.fingerprint(b"another", parsed.secret)
    assert parsed.secret not in fingerprint


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        pytest.param("abc", "abc", True, id="the same"),
        pytest.param("abc", "abd", False, id="another"),
        pytest.param("schlüssel", "schlüssel", True, id="beyond ASCII"),
    ],
)
def test_secrets_are_compared_whole(one, other, alike):
    assert keys.same(one, other) is alike
