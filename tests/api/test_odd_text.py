"""Text is kept as it came, to the byte, and no page takes it for markup."""

import json
from html.parser import HTMLParser

import pytest

from tests.api.world import as_note

ODD = {
    "right to left": "שלום עולם \u202eevil\u202c مرحبا",
    "zero width": "in\u200bvis\u200cib\u200dle\u2060 \ufeffmark",
    "tag characters": "hello" + "".join(chr(0xE0000 + ord(sign)) for sign in "ignore this"),
    "variation selectors": "a\ufe0f\U000e0100b",
    "combining marks": "Z" + "\u0301\u0316" * 400 + "algo",
    "composed and not": "caf\u00e9 cafe\u0301",
    "homoglyphs": "pаypаl Αdmin",
    "controls": "a\x01\x1b[31mred\x7f\x80\x85\u2028\u2029b\x08",
    "line ends": "one\r\ntwo\rthree\n\n\tfour  \n",
    "noncharacters": "\ufffe\uffff\U0010ffff\ufffd",
    "emoji": "👩🏽‍💻 done 🏳️‍🌈",
    "templates": "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {% raw %} {{ ''.__class__.__mro__ }} %(x)s {0}",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>",
    "links": "[x](javascript:alert(1)) <a href='javascript:alert(1)'>x</a> ![i](https://e.example/p)",
    "attributes": '" onmouseover="alert(1)" x="',
    "closing tags": "</li></ul></title></style><iframe src=//e.example></iframe><!-- ]]>",
    "entities": "&lt;script&gt; &#60;b&#62; &amp;amp;",
    "SQL": "'; DROP TABLE notes; -- \" OR 1=1 /* %_ */",
    "Chroma": '{"$or": [{"visibility": "mentor"}, {"$ne": ""}]} $and $where_document $contains',
    "full text": 'NEAR("a" "b", 5) OR * NOT ^x -y "unbalanced',
    "langchain": '{"lc": 1, "type": "constructor", "id": ["langchain", "x"], "kwargs": {}}',
    "spreadsheet": "=cmd|'/C calc'!A0 @SUM(1) +1 -1",
    "paths": "../../etc/passwd C:\\x\\..\\y file:///etc/passwd %00 %2e%2e",
    "markdown": "# not a heading\n> nor a quote `code` **bold** | a | b |\n---\n1. x",
}


@pytest.mark.parametrize("name", ODD)
def test_a_note_is_returned_as_it_came(name, fresh_pair):
    notes = [as_note(ODD[name], format=form) for form in ("markdown", "text", "vtt", "srt")]

    made = fresh_pair.session("mentor", *notes)["session"]

    again = fresh_pair.get("mentee", f"/sessions/{made['id']}").json()
    assert again == made
    assert [note["text"] for note in made["notes"]] == [ODD[name]] * 4


def test_escapes_and_raw_signs_are_the_same_text(pair):
    body = {"held_on": "2026-06-01", "notes": [as_note("".join(ODD.values()))]}
    texts = []
    for escaped in (True, False):
        sent = json.dumps(body, ensure_ascii=escaped).encode()
        made = pair.send(
            "tool",
            "POST",
            "/sessions",
            content=sent,
            headers={"Content-Type": "application/json"},
        )
        texts.append(made.json()["session"]["notes"][0]["text"])

    assert texts == ["".join(ODD.values())] * 2


@pytest.mark.parametrize("name", ODD)
def test_every_text_field_is_returned_as_it_came(name, world):
    odd = ODD[name][:290]
    person = {"name": odd, "pronouns": odd, "email": odd}
    contract = {
        "effective_from": "2026-01-05",
        "goals": [{"id": odd, "statement": odd, "success_criteria": odd}],
        "roles": {"mentor": [odd], "mentee": [odd]},
        "channels": [odd],
        "feedback": {"every_sessions": 3, "method": odd},
        **dict.fromkeys(("point_a", "point_b", "confidentiality"), odd),
        "change_signs": [odd],
    }

    pair = world.pair(mentor=person, mentee=person)
    agreed = pair.send("mentor", "PUT", "/contract", json=contract).json()
    held = pair.session("mentor", channel=odd)["session"]
    prepared = pair.post("mentor", "/preparations", {"text": odd, "visibility": "shared"}).json()

    found = pair.get("mentee", "").json()
    assert (found["mentor"], found["mentee"]) == (person, person)
    assert pair.get("mentee", "/contract").json() == agreed
    for key, value in contract.items():
        assert _within(value, agreed[key])
    assert (held["channel"], prepared["text"]) == (odd, odd)


def _within(sent: object, got: object) -> bool:
    """Whether what was sent is in what came back, which may have more fields."""
    if isinstance(sent, dict):
        return isinstance(got, dict) and all(_within(sent[key], got[key]) for key in sent)
    if isinstance(sent, list):
        return len(sent) == len(got) and all(map(_within, sent, got))
    return sent == got


@pytest.mark.parametrize("name", ODD)
def test_a_search_takes_odd_text_for_words(name, fresh_pair):
    pair = fresh_pair
    shown = pair.note("mentee", "Shared words.")["id"]
    pair.note("mentor", f"We spoke of the kiln. {ODD[name]}", visibility="mentor")

    answer = pair.get("mentee", "/search", q=ODD[name][:2000])

    assert answer.status_code == 200
    hits = [each for hit in answer.json()["sessions"] for each in hit["passages"]]
    assert {each["citation"]["note_id"] for each in hits} <= {shown}


class _Page(HTMLParser):
    """Collects what could run, load or lead away."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def odd_pair(world):
    """A pair whose every word is odd, in forms that the reader picks up."""
    person = {"name": f"<b>{ODD['script']}</b>"[:300]}
    pair = world.pair(mentor=person, mentee=person)
    text = "\n".join(
        f"- Ben will {odd.splitlines()[0]} by 20 May 2026.\n"
        f"- I am worried that {odd.splitlines()[0]}"
        for odd in ODD.values()
    )
    pair.session("mentor", *ODD.values(), held_on="2026-05-04")
    pair.session("mentor", as_note(text), held_on="2026-05-06", channel=ODD["script"])
    wanted = {"text": ODD["script"] + ODD["links"], "visibility": "shared"}
    pair.post("mentor", "/preparations", wanted)
    return pair


@pytest.mark.parametrize("path", ["/brief", "/reflection"])
def test_a_page_holds_nothing_that_runs_or_leads_away(path, odd_pair):
    answer = odd_pair.send("mentee", "GET", path, headers={"Accept": "text/html"})
    page = _Page()
    page.feed(answer.text)

    assert answer.status_code == 200
    allowed = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "small", "ul"}
    assert page.tags <= allowed | {"li", "br"}
    assert {name for name, _ in page.attributes} <= {
        *("lang", "charset", "name", "content", "http-equiv", "class")
    }
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_page_shows_the_words_as_they_are(odd_pair):
    answer = odd_pair.send("mentee", "GET", "/brief", headers={"Accept": "text/html"})
    page = _Page()
    page.feed(answer.text)
    shown = odd_pair.get("mentee", "/brief").json()

    # What is promised stands once, as a promise.
    for section in (each for each in shown["sections"] if each["kind"] != "commitments"):
        for statement in section["statements"]:
            assert statement["text"] in page.text
    assert "49" not in page.text


@pytest.mark.parametrize("path", ["/brief", "/reflection"])
def test_markdown_holds_no_markup_of_the_notes(path, odd_pair):
    answer = odd_pair.send("mentee", "GET", path, headers={"Accept": "text/markdown"})

    assert answer.status_code == 200
    for sign in ("<script", "<img", "<svg", "<iframe", "<a ", "](javascript:", "](http", "![i]"):
        assert sign not in answer.text.replace("\\<", "").replace("\\]", "")
    assert "\r" not in answer.text
