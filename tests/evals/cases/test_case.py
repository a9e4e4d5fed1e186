"""Where quotes stand in the notes of a case."""

from evals.cases import load


def test_a_case_tells_where_its_quotes_stand(written):
    case = load(written(), split="dev")

    assert (case.name, case.split) == ("kiln", "dev")
    assert case.span("s1a", "the bowls") == ("s1a", 13, 22)
    assert case.spans_in("s2", "bowls are") == [("s2a", 4, 13)]
    assert case.spans_in("s1", "bowls are") == []
