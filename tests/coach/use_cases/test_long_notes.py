"""What is read of notes that are too long, and what is said of it.

The work grows no faster than the notes do.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from coach.agreement.access import Principal
from coach.bootstrap import opened
from coach.commitments.timeline import commitments
from coach.engines.embedded.engine import EmbeddedEngine
from coach.model.history import History
from coach.model.readings import CommitmentSignal, FactSignal, OutcomeSignal, Reading
from coach.model.sessions import Session
from coach.notes.portions import Limits, both_ends, portion, shares
from coach.notes.sentences import units
from coach.pages.candidates import Known
from coach.pages.selection import brief_lines
from coach.ports import ReadingContext
from coach.questions.quotes import quotable
from coach.questions.selection import reflection_prompts
from coach.settings import Settings
from tests.builders import make_mentorship, make_note, make_session

DAY = date(2026, 3, 2)
CONTEXT = ReadingContext(make_mentorship(), DAY)
SMALL = Limits(characters=1000, sentences=6, passages=6)
MENTOR = Principal("k1", "mentor", "pair")
LATER = "I'll send the board paper to the council by Friday."


def bullets(count: int, text: str = "We talked about part {n} of the harbour plan") -> str:
    return "\n".join(f"- {text.format(n=n)}" for n in range(count))


# what is read


@pytest.mark.parametrize("count", [1, 5, 6])
def test_a_note_that_is_short_enough_is_read_whole(count):
    note = make_note(bullets(count))

    reading = EmbeddedEngine(limits=SMALL).read(note, CONTEXT)

    assert reading == EmbeddedEngine().read(note, CONTEXT)
    assert reading.unread_from is None


def test_of_a_note_that_is_too_long_the_beginning_and_the_end_are_read():
    note = make_note(f"{bullets(40)}\n- {LATER}")

    reading = EmbeddedEngine(limits=SMALL).read(note, CONTEXT)

    every = units(note)
    assert [note.text[each.start : each.end] for each in reading.of(CommitmentSignal)] == [LATER]
    assert reading.unread_from == every[3].start
    read = {each.start for each in every[:3] + every[-3:]}
    assert {each.start for each in reading.of(FactSignal)} <= read


@pytest.mark.parametrize("count", [100, 200, 400])
def test_above_the_most_a_note_costs_the_reader_the_same_however_long_it_is(count):
    seen: list[int] = []

    class Counted(EmbeddedEngine):
        def _read(self, note, context):
            scored = self._reader.scored
            self._reader.scored = lambda found, *rest: (
                seen.append(len(found)) or scored(found, *rest)
            )
            return super()._read(note, context)

    Counted(limits=SMALL).read(make_note(bullets(count)), CONTEXT)

    assert seen == [6]


@pytest.mark.parametrize(
    ("lengths", "read"),
    [
        pytest.param([10] * 6, 6, id="as many as may be"),
        pytest.param([10] * 7, 6, id="one too many"),
        pytest.param([400] * 3, 2, id="too long together"),
        pytest.param([2000], 1, id="one sentence is always read"),
        pytest.param([2000] * 9, 1, id="one of several"),
        pytest.param([], 0, id="nothing"),
    ],
)
def test_sentences_and_characters_are_both_counted(lengths, read):
    assert portion(lengths, SMALL) == read


def test_of_what_is_too_long_both_ends_are_taken():
    assert both_ends([1, 2, 3], most=3) == [1, 2, 3]
    assert both_ends([1, 2, 3, 4, 5, 6], most=5) == [1, 2, 3, 5, 6]
    assert both_ends([1, 2, 3], most=1) == [1]


def test_notes_that_are_read_at_once_share_what_one_may_have():
    short, long = make_note("Fine."), [make_note(bullets(50)) for _ in range(4)]

    given = shares([short, *long], Limits(characters=1000, sentences=50))

    assert sum(given.values()) == pytest.approx(1)
    assert given[short.id] < given[long[0].id] == pytest.approx(given[long[3].id])


def test_a_session_of_ordinary_notes_shares_nothing():
    notes = [make_note(bullets(20)) for _ in range(5)]

    assert set(shares(notes, Limits()).values()) == {1.0}


def test_what_one_side_keeps_for_itself_takes_nothing_from_what_is_shared():
    shared = make_note(bullets(5))
    private = make_note(bullets(500), visibility="mentor")

    assert shares([shared, private], SMALL)[shared.id] == shares([shared], SMALL)[shared.id]


# what is said of it


@pytest.fixture
def coach(tmp_path):
    settings = Settings(data_dir=tmp_path, most_sentences=6)
    with opened(settings, clock=lambda: datetime(2026, 3, 3, 9, tzinfo=UTC)) as parts:
        parts.store.add_mentorship(make_mentorship())
        yield parts.coach


def test_a_brief_tells_that_a_note_was_read_in_part_and_the_note_is_kept_whole(coach):
    text = bullets(30)

    report = coach.record_session(MENTOR, "pair", make_session(DAY, text))

    assert report.session.notes[0].text == text
    told = coach.brief(MENTOR, "pair").not_found
    assert "The middle of a long note of 2 March was not read, only its beginning and its end." in (
        told
    )


def test_a_brief_tells_nothing_of_the_kind_of_a_note_that_was_read_whole(coach):
    coach.record_session(MENTOR, "pair", make_session(DAY, bullets(6)))

    assert not [each for each in coach.brief(MENTOR, "pair").not_found if "long note" in each]


def test_words_in_the_middle_of_a_long_note_are_found_all_the_same(coach):
    middle = "- The lighthouse keeper rang"
    coach.record_session(
        MENTOR, "pair", make_session(DAY, f"{bullets(20)}\n{middle}\n{bullets(20)}")
    )

    (hit,) = coach.search(MENTOR, "pair", query="lighthouse", limit=5).sessions

    assert hit.passages[0].citation.quote in middle


def test_where_more_may_be_read_reading_again_reads_it(tmp_path):
    session = make_session(DAY, f"{bullets(20)}\n- {LATER}\n{bullets(20)}")
    with opened(Settings(data_dir=tmp_path, most_sentences=6)) as parts:
        parts.store.add_mentorship(make_mentorship())
        parts.coach.record_session(MENTOR, "pair", session)
        assert parts.coach.commitments(MENTOR, "pair") == ()

    with opened(Settings(data_dir=tmp_path)) as parts:
        assert parts.coach.reread() == 1
        assert parts.coach.reread() == 0
        (made,) = parts.coach.commitments(MENTOR, "pair")

    assert made.made_in.quote == LATER


# how much work it is


class Counting(frozenset):
    """A set of words that counts how often it is held against another."""

    held = 0

    def __and__(self, other):
        Counting.held += 1
        return frozenset(self) & other


def told(count: int, *, made: Callable[[int], str], outcomes: bool) -> tuple[Session, Reading]:
    """A session with so many promises, or as many words of what became of them."""
    text = "\n".join(made(n) for n in range(count))
    session = make_session(DAY + timedelta(days=7 * outcomes), text)
    ends = [0]
    for line in text.split("\n"):
        ends.append(ends[-1] + len(line) + 1)
    spans = [(start, end - 1) for start, end in pairwise(ends)]
    findings = tuple(
        FactSignal(start=start, end=end, kind="commitment", said_by="mentee")
        for start, end in spans
    )
    if outcomes:
        said = tuple(
            OutcomeSignal(
                start=start, end=end, status="done", new_due=None, said_by="mentee", weight=0.9
            )
            for start, end in spans
        )
        return session, Reading(
            engine="embedded",
            version="2",
            signals=(
                *findings,
                *said,
            ),
        )
    promised = tuple(
        CommitmentSignal(
            start=start,
            end=end,
            owner="mentee",
            action=text[start:end],
            due=DAY + timedelta(days=1),
            said_by="mentee",
        )
        for start, end in spans
    )
    return session, Reading(
        engine="embedded",
        version="2",
        signals=(
            *findings,
            *promised,
        ),
    )


def history_of(*sessions: tuple[Session, Reading]) -> History:
    return History(
        mentorship=make_mentorship(),
        audience="mentee",
        as_of=DAY + timedelta(days=30),
        contracts=(),
        sessions=tuple(session for session, _ in sessions),
        readings={session.notes[0].id: reading for session, reading in sessions},
        preparations=(),
    )


def alike(number: int) -> str:
    return f"send the rollout plan to Odile {number % 7}"


def apart(number: int) -> str:
    return f"send the {'abcdefghij'[number % 10] * 3}{number} plan to w{number // 10}x"


@pytest.mark.parametrize("made", [alike, apart], ids=["all alike", "all apart"])
def test_twice_the_promises_and_outcomes_are_twice_the_comparisons(monkeypatch, made):
    from coach.commitments import timeline as module  # noqa: PLC0415 - its own name is needed

    own = module.stems
    monkeypatch.setattr(module, "stems", lambda text: Counting(own(text)))
    held = []
    for count in (200, 400, 800):
        Counting.held = 0
        both = history_of(
            told(count, made=made, outcomes=False), told(count, made=made, outcomes=True)
        )
        commitments(both, most=50)
        held.append(Counting.held)

    assert held[1] <= 2.2 * held[0]
    assert held[2] <= 2.2 * held[1]


def test_a_sentence_meets_the_promises_with_its_rarest_words_first():
    rare = "send the lighthouse plan to Odile"
    first = told(300, made=lambda n: rare if n == 0 else alike(n), outcomes=False)
    second = told(1, made=lambda _: "sent the lighthouse plan to Odile", outcomes=True)

    made = commitments(history_of(first, second), most=10)

    assert made[0].status == "done"


def test_below_the_most_it_makes_no_difference_how_many_may_be_matched():
    both = history_of(told(60, made=apart, outcomes=False), told(60, made=apart, outcomes=True))

    assert commitments(both, most=100) == commitments(both, most=10_000)


def test_a_page_is_chosen_from_so_many_of_the_weightiest():
    both = history_of(told(60, made=apart, outcomes=False))
    known = Known(both, commitments(both))

    few, all_of_them = brief_lines(known, most=5), brief_lines(known)

    assert len(few.lines) == 5
    assert few.lines == tuple(all_of_them.lines[:5])


def test_questions_look_for_words_to_quote_in_no_more_than_the_weightiest(monkeypatch):
    looked_at: list[str] = []

    def counted(text, **rest):
        looked_at.append(text)
        return quotable(text, **rest)

    monkeypatch.setattr("coach.questions.templates.quotable", counted)
    looks = []
    for count in (100, 200, 400):
        looked_at.clear()
        session, reading = told(count, made=apart, outcomes=False)
        worries = tuple(
            each.model_copy(update={"kind": "concern", "weight": 0.9})
            for each in reading.of(FactSignal)
        )
        reflection_prompts(history_of((session, reading.having(FactSignal, worries))), (), most=50)
        looks.append(len(looked_at))

    assert 0 < looks[0] <= 100
    assert looks[2] == looks[1] == looks[0]


def test_an_overdue_promise_is_asked_about_without_wording_all_of_them(monkeypatch):
    from coach.questions import promises  # noqa: PLC0415 - its own name is needed

    worded: list[str] = []
    own = promises.openings
    monkeypatch.setattr(
        promises, "openings", lambda text, **rest: worded.append(text) or own(text, **rest)
    )
    both = history_of(told(400, made=apart, outcomes=False))

    asked = reflection_prompts(both, commitments(both))

    assert len(worded) <= 50
    assert [each.intent for each in asked.questions].count("commitment") <= 1
