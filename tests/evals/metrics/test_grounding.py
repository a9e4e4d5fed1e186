"""Citations of a small case's answers."""

from evals.metrics.grounding import count_exact_citations, measure_grounding


def test_every_citation_quotes_its_note(subject, outcome_of):
    grounding = outcome_of(measure_grounding, subject).ratio("grounding")

    assert grounding.hits == grounding.of > 0


def test_the_same_citations_are_counted_without_labels(subject, outcome_of):
    grounding = outcome_of(measure_grounding, subject).ratio("grounding")

    assert count_exact_citations(subject) == {"citations exact": grounding}


def test_a_citation_that_quotes_something_else_is_a_miss(subject, outcome_of, monkeypatch):
    changed = {note: text.upper() for note, text in subject.texts.items()}
    monkeypatch.setattr(subject, "texts", changed)

    outcome = outcome_of(measure_grounding, subject)

    assert outcome.ratio("grounding").hits == 0
    assert {miss.what for miss in outcome.misses} == {"citation that quotes nothing"}
