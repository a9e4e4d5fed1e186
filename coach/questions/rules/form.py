"""Q1, Q2: one open question at a time."""

from collections.abc import Iterator

from coach.questions.alternatives import offered
from coach.questions.grammar import MARK, Place, Sentence, asking, closed, questions_in
from coach.questions.rules.fault import Fault, fault_at_first


def one_question(text: str) -> Fault | None:
    """Q1: exactly one question."""
    marks = list(MARK.finditer(text))
    if not marks:
        return Fault("Q1", 0, len(text), "asks nothing: end it with a question mark")
    if len(marks) > 1:
        return Fault(
            "Q1", marks[1].start(), marks[1].end(), f"asks {len(marks)} questions: ask exactly one"
        )
    asked = [place for sentence in asking(text) for place in _within(text, sentence)]
    if len(asked) > 1:
        return Fault("Q1", *asked[1], "joins a second question: ask it on its own")
    return None


def _within(text: str, sentence: Sentence) -> Iterator[Place]:
    for place in questions_in(sentence):
        yield Place(sentence.start + place.start, sentence.start + place.end)


def open_question(text: str) -> Fault | None:
    """Q2: a question that yes or no does not answer."""
    for sentence in asking(text):
        if place := closed(sentence):
            start, end = (sentence.start + each for each in place)
            why = "can be answered with yes or no: start with what or how"
            return Fault("Q2", start, end, why)
    return _alternatives(text)


def _alternatives(text: str) -> Fault | None:
    ends = [sentence.end for sentence in asking(text)]
    found = [place for end in ends if (place := offered(text, end))]
    return fault_at_first("Q2", found, "offers two answers: leave the answer open")
