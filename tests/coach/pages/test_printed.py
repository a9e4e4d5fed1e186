"""The printed page shows each promise once, and calls overdue only what is said to be late."""

from datetime import date

import pytest

from coach.model.answers import Brief, BriefCommitments, OwnCommitments, Provenance, Section
from coach.model.citations import Citation
from coach.model.commitments import Commitment, CommitmentEvent
from coach.model.facts import Statement
from coach.pages.printed import action_shown, older, promises, sections

HELD_ON = date(2026, 3, 2)
CITED = Citation(
    session_id="s", held_on=HELD_ON, note_id="n", start=0, end=14, quote="write the draft"
)


def a_promise(name: str, **fields) -> Commitment:
    event = CommitmentEvent(
        session_id="s", held_on=HELD_ON, status="open", due=None, citation=CITED, by="embedded"
    )
    given = {"owner": "mentee", "action": name, "due": HELD_ON, "status": "overdue"}
    return Commitment(**{"id": name, **given, "made_in": CITED, "history": (event,), **fields})


def a_line(about: str) -> Statement:
    return Statement(id=about, text=about, kind="commitment", about=about, citations=(CITED,))


@pytest.mark.parametrize(
    ("because", "title"),
    [
        ("said", "Overdue"),
        ("silent", "Their day has passed and the notes are silent: what came of them?"),
        ("carried", "Their day has passed and a list still names them: how do they stand?"),
        (None, "Their day has passed and the notes are silent: what came of them?"),
    ],
    ids=str,
)
def test_what_nobody_said_to_be_late_is_asked_about(because, title):
    made = OwnCommitments(open=(), overdue=(a_promise("draft", overdue_because=because),))

    assert [(each.title, len(each.commitments)) for each in promises(made)] == [(title, 1)]


def test_a_promise_stands_once_on_the_page():
    open_one, old_one = a_promise("draft", status="open"), a_promise("call", status="done")
    brief = Brief(
        mentorship_id="pair",
        audience="mentor",
        as_of=HELD_ON,
        last_session=None,
        headline=None,
        sections=(
            Section(kind="last_time", title="From the notes", statements=(a_line("draft"),)),
            Section(
                kind="commitments",
                title="What is promised",
                statements=(a_line("draft"), a_line("call")),
            ),
        ),
        commitments=BriefCommitments(open=(open_one,), overdue=(), closed_since_last=()),
        questions=(),
        drift=(),
        not_found=(),
        provenance=Provenance(engine="embedded"),
    )

    assert [(each.kind, [s.id for s in each.statements]) for each in sections(brief)] == [
        ("last_time", ["draft"]),
        ("commitments", [old_one.id]),
    ]


@pytest.mark.parametrize(
    ("left_out", "line"),
    [
        (0, ""),
        (1, "One older promise is left out here: the notes do not say plainly how it stands."),
        (4, "4 older promises are left out here: the notes do not say plainly how they stand."),
    ],
)
def test_how_many_promises_are_left_out_is_told(left_out, line):
    assert older(OwnCommitments(open=(), overdue=(), not_told=left_out)) == line


@pytest.mark.parametrize(
    ("action", "due", "shown"),
    [
        ("book the hall on Thursday 12 March", date(2026, 3, 12), "book the hall"),
        ("book the hall (by 12 March)", date(2026, 3, 26), "book the hall"),
        ("book the hall, by Friday", date(2026, 3, 6), "book the hall"),
        ("book the hall by Friday and paint it", date(2026, 3, 6), None),
        ("come on Friday", date(2026, 3, 6), None),
        ("book the hall by Friday", None, None),
        ("Ben: “I'll have the hall by Friday”", date(2026, 3, 6), "Ben: “I'll have the hall”"),
    ],
)
def test_the_day_stands_beside_what_is_to_be_done_not_in_it(action, due, shown):
    assert action_shown(a_promise(action, due=due)) == (shown or action)


def test_of_many_that_the_notes_are_silent_about_the_latest_are_asked_for_and_the_rest_counted():
    many = tuple(a_promise(f"mend gate {n}", due=date(2026, 3, n)) for n in range(1, 8))

    (group,) = promises(OwnCommitments(open=(), overdue=many))

    assert group.title.endswith("(the latest 4 of 7)")
    assert [each.due.day for each in group.commitments] == [4, 5, 6, 7]


def test_what_is_said_to_be_late_is_told_however_much_it_is():
    many = tuple(
        a_promise(f"mend gate {n}", due=date(2026, 3, n), overdue_because="said")
        for n in range(1, 8)
    )

    (group,) = promises(OwnCommitments(open=(), overdue=many))

    assert (group.title, len(group.commitments)) == ("Overdue", 7)
