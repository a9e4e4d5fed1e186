"""Which sorts of talking a text names."""

import pytest

from coach.drift.channels import sorts_of


@pytest.mark.parametrize(
    ("channel", "sorts"),
    [
        ("video call", {"video"}),
        ("Zoom calls", {"video"}),
        ("phone call", {"phone"}),
        ("a call", {"phone"}),
        ("WhatsApp call", {"chat", "phone"}),
        ("video call or phone", {"video", "phone"}),
        ("the old mill", set()),
    ],
)
def test_a_call_is_by_telephone_unless_it_is_pictured(channel, sorts):
    assert sorts_of(channel) == sorts
