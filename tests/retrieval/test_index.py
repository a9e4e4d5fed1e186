import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import process_time

import numpy as np
import pytest

from coach.errors import EngineFailed
from coach.ports import Index
from retrieval.embedders.wordllama import WordLlamaEmbedder
from retrieval.index import HybridIndex
from retrieval.shelf import shelved
from retrieval.vectors.chroma.collections import Collections
from retrieval.vectors.entries import Batch, Entry, collection_name, entries_of


def found(index, mentorship, sessions, query, audience="tool", limit=5):
    return index.search(mentorship, audience, sessions, query=query, limit=limit)


def ids(hits):
    return [hit.session_id for hit in hits]


def quotes(hits):
    return [passage.citation.quote for hit in hits for passage in hit.passages]


def generation(tmp_path, folder="index"):
    return tmp_path / folder / (tmp_path / folder / "current").read_text()


@pytest.fixture
def index(open_index, mentorship, stored, talks) -> HybridIndex:
    stored.extend((mentorship, session) for session in talks)
    return open_index()


def test_the_best_session_comes_first_with_its_best_passage_quoted(index, mentorship, talks):
    port: Index = index

    hits = port.search(mentorship, "mentee", talks, query="salary negotiation", limit=2)

    assert index.state == "ready"
    assert ids(hits) == ["session_2", "session_1"]
    passage = hits[0].passages[0]
    assert passage.citation.quote == "Practised the salary negotiation twice."
    text = talks[1].notes[0].text
    assert text[passage.citation.start : passage.citation.end] == passage.citation.quote
    assert passage.context is not None
    assert text[passage.context.start : passage.context.end] == passage.context.text
    assert "write to Anna" in passage.context.text


def test_meaning_finds_what_no_word_of_the_query_says(index, mentorship, talks):
    assert ids(found(index, mentorship, talks, "vegetables"))[0] == "session_3"


def test_scores_lie_between_zero_and_one_and_fall(index, mentorship, talks):
    hits = found(index, mentorship, talks, "the talk with his boss about salary")

    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    for hit in hits:
        inner = [passage.score for passage in hit.passages]
        assert inner == sorted(inner, reverse=True)
        assert 1 <= len(inner) <= 5


def test_a_day_in_words_finds_its_session(index, mentorship, talks):
    assert ids(found(index, mentorship, talks, "26 January 2026"))[0] == "session_3"


def test_nothing_is_found_when_nothing_matches(index, mentorship, talks):
    assert found(index, mentorship, talks, "quantum chromodynamics") == []
    assert found(index, mentorship, talks, "???") == []
    assert found(index, mentorship, [], "salary") == []
    assert found(index, mentorship, talks, "salary", limit=0) == []


def test_a_query_of_names_alone_is_answered_by_words(index, mentorship, talks):
    best = ids(found(index, mentorship, talks, "Tom"))[:3]

    assert set(best) == {"session_1", "session_2", "session_4"}


def test_among_equals_the_newest_session_comes_first(open_index, mentorship, make_session):
    twins = [make_session(number, "We spoke about the salary.") for number in (3, 1, 2)]

    hits = found(open_index(), mentorship, twins, "salary")

    assert ids(hits) == ["session_3", "session_2", "session_1"]


def test_what_a_side_may_not_read_is_not_found_and_changes_nothing(
    index, open_index, mentorship, stored, talks, make_session
):
    without = [hit.model_dump_json() for hit in found(index, mentorship, talks, "salary", "mentee")]
    secret = make_session(2, "Secret salary thought.", visibility="mentor")
    noted = talks[1].model_copy(
        update={"notes": (*talks[1].notes, secret.notes[0].model_copy(update={"id": "secret"}))}
    )
    sessions = [talks[0], noted, *talks[2:]]

    index.add(mentorship, noted)

    asked = found(index, mentorship, sessions, "salary", "mentee")
    assert [hit.model_dump_json() for hit in asked] == without
    assert "Secret salary thought." in quotes(
        found(index, mentorship, sessions, "salary", "mentor")
    )


def test_private_passages_are_in_no_collection_of_others(index, tmp_path, mentorship, make_session):
    index.add(mentorship, make_session(9, "Only for me.", visibility="mentor"))
    index.close()

    held = Collections(generation(tmp_path))

    assert held.held(collection_name(mentorship.id, "mentor"), ["note_9:0:12"]) == ["note_9:0:12"]
    assert held.held(collection_name(mentorship.id, "shared"), ["note_9:0:12"]) == []
    held.close()


def test_later_sessions_do_not_change_what_an_earlier_day_answers(
    open_index, mentorship, stored, talks, make_session
):
    stored.extend((mentorship, session) for session in talks)
    before = found(open_index("before"), mentorship, talks, "salary")
    later = [make_session(number, "Salary, salary and boss.") for number in range(10, 40)]
    stored.extend((mentorship, session) for session in later)

    after = found(open_index("after"), mentorship, talks, "salary")

    assert after == before


def test_foreign_vectors_in_a_collection_are_never_answers(
    index, embedder, tmp_path, mentorship, talks
):
    vector = embedder.embed(["salary negotiation"])
    poison = [Entry(f"foreign:{at}:{at + 5}", "foreign", 1, "") for at in range(600)]
    inside = Collections(generation(tmp_path))
    shared = collection_name(mentorship.id, "shared")
    inside.put(shared, Batch(poison, np.repeat(vector, len(poison), axis=0)))

    hits = found(index, mentorship, talks, "salary negotiation")

    assert ids(hits)[0] == "session_2"
    assert {passage.citation.note_id for hit in hits for passage in hit.passages} <= {
        note.id for session in talks for note in session.notes
    }
    inside.close()


def test_another_mentorship_with_the_same_ids_finds_only_its_own(
    index, mentorship, make_session, talks
):
    other = mentorship.model_copy(update={"id": "mentorship_2"})
    own = [make_session(1, "The dragon sleeps in the mountain.")]
    index.add(other, own[0])

    assert quotes(found(index, other, own, "dragon")) == ["The dragon sleeps in the mountain."]
    assert found(index, mentorship, talks, "dragon") == []


def test_a_note_that_changed_under_the_same_id_is_read_as_it_is_now(index, mentorship, talks):
    found(index, mentorship, talks, "salary")
    changed = talks[1].model_copy(
        update={"notes": (talks[1].notes[0].model_copy(update={"text": "New salary words."}),)}
    )

    assert "New salary words." in quotes(found(index, mentorship, [changed], "salary"))


def test_many_threads_may_add_and_search_at_once(index, mentorship, talks, make_session):
    def add_and_search(number):
        session = make_session(number, f"Salary step number {number}.")
        index.add(mentorship, session)
        return ids(found(index, mentorship, [*talks, session], f"step {number}"))[0]

    with ThreadPoolExecutor(8) as pool:
        first = list(pool.map(add_and_search, range(10, 40)))

    assert first == [f"session_{number}" for number in range(10, 40)]


class Broken(WordLlamaEmbedder):
    """An embedder that breaks its promise in one way."""

    def __init__(self, how: str) -> None:
        super().__init__()
        self.how = how

    def embed(self, texts):
        vectors = super().embed(texts)
        ways = {
            "zeros": lambda: np.zeros_like(vectors),
            "nan": lambda: np.full_like(vectors, np.nan),
            "dimension": lambda: vectors[:, :7],
            "rows": lambda: vectors[:-1],
        }
        if self.how not in ways:
            raise EngineFailed("no answer")
        return ways[self.how]()


@pytest.mark.parametrize("how", ["zeros", "nan", "dimension", "rows", "error"])
def test_a_broken_embedder_leaves_no_vectors_and_words_still_answer(
    open_index, tmp_path, mentorship, talks, caplog, how
):
    caplog.set_level(logging.DEBUG, "coach.index")
    index = open_index(embedder=Broken(how))

    for session in talks:
        index.add(mentorship, session)

    assert ids(found(index, mentorship, talks, "salary negotiation"))[0] == "session_2"
    assert "salary" not in caplog.text
    index.close()
    held = Collections(generation(tmp_path))
    assert held.holdings() == {}
    held.close()


def test_the_same_passages_give_the_same_answers_whatever_order_they_came_in(
    open_index, mentorship, stored, make_session
):
    topics = ("salary", "garden", "python", "boss", "audience", "Anna", "tomatoes")
    sessions = [
        make_session(
            number,
            "\n".join(
                f"- {topics[(number * line) % 7]} and {topics[(number + line) % 7]} in step {line}."
                for line in range(12)
            ),
            format="markdown",
        )
        for number in range(40)
    ]
    index = open_index()
    for session in reversed(sessions):
        index.add(mentorship, session)
        stored.insert(0, (mentorship, session))
    questions = [*topics, "what grows in the earth", "money", date(2026, 3, 2).strftime("%B")]

    def answers():
        return [
            hit.model_dump_json()
            for question in questions
            for hit in found(index, mentorship, sessions, question)
        ]

    before = answers()
    index.rebuild()

    assert len(before) >= 30
    assert answers() == before


@pytest.mark.parametrize("count", [40, 80, 160])
def test_of_a_long_note_the_beginning_and_the_end_have_vectors_however_long_it_is(
    mentorship, make_session, count
):
    lines = "\n".join(f"- We spoke of part {number}" for number in range(count))

    (entries,) = entries_of(mentorship, make_session(1, lines, format="markdown"), most=4).values()

    kept = [0, 1, count - 2, count - 1]
    assert [each.text for each in entries] == [f"We spoke of part {number}" for number in kept]


def test_earlier_notes_of_a_session_come_first_and_each_note_alone_gets_the_same(
    mentorship, make_note, make_session
):
    notes = tuple(
        make_note(f"- One of {name}\n- Two of {name}", id=name, format="markdown")
        for name in ("a", "b", "c")
    )
    session = make_session(1, notes=notes)

    (together,) = entries_of(mentorship, session, most=3).values()
    alone = [
        entry
        for note in notes
        for found in entries_of(mentorship, session, most=3, note_id=note.id).values()
        for entry in found
    ]

    assert [each.text for each in together] == ["One of a", "Two of a", "One of b"]
    assert alone == together


def test_what_one_side_keeps_for_itself_takes_no_room_from_what_is_shared(
    mentorship, make_note, make_session
):
    shared = make_note("- One\n- Two", id="shared", format="markdown")
    own = make_note("- Mine\n- And mine", id="own", visibility="mentor", format="markdown")

    both = entries_of(mentorship, make_session(1, notes=(own, shared)), most=2)
    without = entries_of(mentorship, make_session(1, notes=(shared,)), most=2)

    assert {name: both[name] for name in without} == without


def shelving_seconds(session):
    began = process_time()
    shelved("tool", [session])
    return process_time() - began


def test_four_times_the_passages_take_about_four_times_the_work(make_session):
    """The cost of preparing for search by words, with new words in each passage.

    Work that repeats for each new word would show here.
    """

    def least(count):
        text = "\n".join(f"- Part{number} of plan{number} zu{number}" for number in range(count))
        sessions = [make_session(n, f"{text}\n- {n}", format="markdown") for n in range(3)]
        return min(shelving_seconds(session) for session in sessions)

    least(10)

    assert least(4000) <= 9 * least(1000)
