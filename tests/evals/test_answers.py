"""Citations wherever they stand in an answer."""

from pydantic import BaseModel

from coach.model.citations import Citation
from evals.answers import citations


class Answer(BaseModel):
    lines: tuple[Citation, ...]
    title: str = "a title"
    inside: "Answer | None" = None


def test_citations_are_found_at_any_depth():
    one, two = (
        Citation(note_id=note, start=0, end=2, quote="ab", session_id="s", held_on="2026-01-05")
        for note in ("n1", "n2")
    )

    found = citations([Answer(lines=(one,), inside=Answer(lines=(two, one)))])

    assert [each.note_id for each in found] == ["n1", "n2", "n1"]
