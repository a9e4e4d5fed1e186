"""The notes that the reader is taught by: every mark is a kind at a place of the text."""

from collections import Counter

import pytest

from evals.training.data import lessons_of, marked_lessons
from evals.training.guesses import Guess, quality


@pytest.fixture(scope="module")
def marked():
    return marked_lessons()


def test_every_sentence_has_its_label(marked):
    assert len(marked) > 500
    for lesson in marked:
        assert len(lesson.units) == len(lesson.said_by) == len(lesson.labels)


def test_every_kind_is_taught(marked):
    kinds = Counter(kind for each in marked for label in each.labels for kind in label.kinds)

    assert len(kinds) == 12
    assert min(kinds.values()) > 100


def test_no_mark_stays_in_the_text(marked):
    assert not [each for each in marked if "[[" in each.note.text or "]]" in each.note.text]


def test_the_labels_themselves_are_the_best_guess():
    lessons = lessons_of("dev")
    told = [
        [
            Guess(float(bool(label.kinds)), label.kinds[0] if label.kinds else "topic")
            for label in each.labels
        ]
        for each in lessons
    ]
    nothing = [[Guess(0.0, "topic") for _ in each.labels] for each in lessons]

    assert quality(lessons, told, fact_from=0.5).any_kind.f1 > 0.97
    assert quality(lessons, nothing, fact_from=0.5).any_kind.f1 == 0
