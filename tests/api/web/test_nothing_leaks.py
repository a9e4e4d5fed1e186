"""What one side keeps to itself is on no page of the other.

Byte for byte the pages are as if it were not there.
"""

import pytest

from tests.api.web.browser import Browser
from tests.api.web.conftest import two_people
from tests.api.world import canary

SHARED = "- Ben will send the budget draft to the board by 5 June 2026.\nWe spoke of the plan.\n"
PAGES = {
    "mentor": (
        "before",
        "sessions",
        "agreement",
        "agreement/write",
        "left",
        "data",
        "search?q=plan",
    ),
    "mentee": ("prepare", "before", "sessions", "agreement", "left", "data", "search?q=plan"),
}


def pages(two, side: str, session_id: str) -> dict[str, str]:
    """Every page of a side, without the tokens of forms.

    The record last, once all of them are in it.
    """
    browser: Browser = two.side(side)
    places = [f"{two.base}/{each}" for each in PAGES[side]]
    places += ["/", f"{two.base}/sessions/{session_id}", f"{two.base}/data/export"]
    told = {each: _plain(browser.page(each)) for each in places}
    assert two.world.parts.coach.record.settle(timeout_seconds=30)
    return {**told, "record": _plain(browser.page(f"{two.base}/data/record"))}


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_what_one_side_does_in_private_changes_no_page_of_the_other(side, fresh_world):
    two, word = two_people(fresh_world), canary("mine")
    other = {"mentor": "mentee", "mentee": "mentor"}[side]
    session_id = two.pair.session("tool", SHARED)["session"]["id"]
    place, mine = f"{two.base}/sessions/{session_id}", two.side(side)
    two.pair.get(side, "/commitments")  # told to both: a key reads lists
    pages(two, side, session_id)
    before = pages(two, other, session_id)

    for text in (f"- {word} will ring the bank by 1 June 2026.", f"I am worried about {word}."):
        mine.send(place, f"{place}/notes", text=text, visibility="me")
    mine.send(
        place,
        f"{place}/understood",
        **{"new.action": f"Ring {word}", "new.owner": side, "new.visibility": "me"},
    )
    fact = next(each for each in two.pair.get(side, "/facts").json() if word in each["text"])
    mine.send(place, f"{place}/understood", **{f"fact.{fact['id']}.{fact['kind']}": "insight"})
    mine.send(f"{two.base}/before", f"{two.base}/want", text=f"Ask {word}", visibility="me")
    for promise in two.pair.get(side, "/commitments").json():
        if word in promise["action"]:
            where = f"{two.base}/promises/{promise['id']}"
            mine.send(f"{two.base}/before", where, word="dropped")

    assert word in pages(two, side, session_id)[place]
    after = pages(two, other, session_id)
    assert word not in "".join(after.values())
    assert after == before


def _plain(page: str) -> str:
    """A page without the tokens of its forms, which differ each time."""
    return "\n".join(line for line in page.splitlines() if 'name="csrf"' not in line)
