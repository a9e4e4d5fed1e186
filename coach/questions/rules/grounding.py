"""Whether the names, numbers and quotes of a question stand in what it cites."""

from coach.language.words import stems
from coach.model.questions import Question
from coach.questions.rules.register import QUOTED


def grounded(question: Question) -> bool:
    """Q6: it quotes words that it cites."""
    quoted = [each.group(1) for each in QUOTED.finditer(question.text) if each[2]]
    cited = " ".join(" ".join(citation.quote.split()) for citation in question.citations)
    return bool(question.citations) and all(stems(quote) <= stems(cited) for quote in quoted)
