"""The trained reader: equal notes get equal scores, and a damaged model says so."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from coach.engines.embedded.engine import EmbeddedEngine
from coach.engines.embedded.reader import SHIPPED, Reader
from coach.errors import EngineFailed
from coach.notes.sentences import units
from coach.ports import ReadingContext
from evals.cases import load_split
from tests.builders import make_mentorship, make_note

CONTEXT = ReadingContext(make_mentorship(), date(2026, 3, 4))
NOTES = [note for case in load_split("train")[:2] for note in case.notes.values()]


@pytest.fixture(scope="module")
def reader():
    return Reader()


def scored(reader, text, *, said_by="mentee"):
    found = units(make_note(text))
    return reader.scored(found, [said_by] * len(found), make_mentorship())


def read_all(engine, notes):
    return [engine.read(note, CONTEXT) for note in notes]


def test_the_same_note_gets_the_same_reading_in_whichever_order():
    forwards = read_all(EmbeddedEngine(), NOTES)
    backwards = read_all(EmbeddedEngine(), NOTES[::-1])[::-1]

    assert forwards == backwards


def test_many_threads_read_what_one_reads():
    engine = EmbeddedEngine()
    alone = read_all(EmbeddedEngine(), NOTES)

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda note: engine.read(note, CONTEXT), NOTES))

    assert together == alone


def test_every_sentence_of_a_long_note_is_judged_once(reader):
    text = "\n".join(
        f"- The {number}th box came back from the printer today." for number in range(99)
    )

    assert len(scored(reader, text)) == 99


def test_the_names_of_the_two_make_no_difference(reader):
    text = "Ben fears that the release slips, and Ana listened."
    other = make_mentorship(mentor={"name": "Zsófia Kő"}, mentee={"name": "Olumide"})
    found = units(make_note(text.replace("Ben", "Olumide").replace("Ana", "Zsófia")))

    assert reader.scored(found, [None], other) == scored(reader, text, said_by=None)


def test_kinds_share_out_how_likely_a_fact_is(reader):
    (sentence,) = scored(reader, "I finally passed the exam, with two points to spare.")

    assert sum(sentence.kinds.values()) == pytest.approx(sentence.fact)
    assert max(sentence.kinds, key=sentence.kinds.get) == "win"


def test_a_promise_is_told_from_a_report(reader):
    promised, reported = scored(
        reader, "- I'll send Ana the draft by Friday.\n- I sent Ana the draft on Friday."
    )

    assert promised.promise > 0.5 > reported.promise
    assert reported.outcomes["done"] > promised.outcomes["done"]


def test_nothing_to_read_is_read_as_nothing(reader):
    assert reader.scored([], [], make_mentorship()) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(None, id="missing"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xff not a model", id="damaged"),
        pytest.param(b"{}", id="of something else"),
    ],
)
@pytest.mark.parametrize("name", ["reader.onnx", "tokenizer.json", "calibration.json"])
def test_a_missing_or_damaged_file_fails_the_engine_and_names_the_reader(tmp_path, name, wrong):
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "model"))
    (folder / name).unlink()
    if wrong is not None:
        (folder / name).write_bytes(wrong)

    with pytest.raises(EngineFailed, match="trained reader"):
        EmbeddedEngine(Reader(folder)).read(make_note("I passed the exam."), CONTEXT)


def test_the_shipped_files_are_small():
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 60_000_000
