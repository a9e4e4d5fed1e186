"""A model's questions beside our own: those that keep every rule come first, ours fill the set."""

import re
from collections.abc import Iterator, Sequence

from coach.asking import Asked
from coach.ids import derived_id
from coach.material import Material, Suggested
from coach.model import Question, Side
from coach.phrasing import first_name
from coach.questions import chosen, faults, grounded
from coach.words import stems, words

_SHARED = 2
_MARKUP = re.compile(r"[<>`|\[\]{}*_]|https?:|www\.", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_NAME = re.compile(r"(?<![.!?:“\"] )(?<!^)(?<!\w)[A-Z][\w’'-]+")


def combined(
    own: Asked, suggested: Sequence[Suggested], material: Material, *, of: Side, prompt: str
) -> Asked:
    """At most five questions; what of the model's breaks a rule or is not in the notes is counted as dropped."""
    offered = list(_questions(suggested, material, of))
    kept = [each for each in offered if _stands(each, material)]
    questions = chosen([*kept, *own.questions])
    used = {each.id for each in questions}
    prompts = {**own.prompts, **({"ask": prompt} if any(each.id in used for each in kept) else {})}
    fallen = len(suggested) - len(kept)
    return Asked(questions, dict(sorted(prompts.items())), own.dropped + fallen)


def _questions(suggested: Sequence[Suggested], material: Material, of: Side) -> Iterator[Question]:
    goals = {goal.id for goal in material.goals}
    for each in suggested:
        if not each.of or any(not 0 <= n < len(material.lines) for n in each.of):
            continue
        lines = [material.lines[n].statement for n in dict.fromkeys(each.of)]
        text = " ".join(each.text.split())
        yield Question(
            id=derived_id("question", of, text, *(line.id for line in lines)),
            ask_of=of,
            text=text,
            intent=each.intent,
            about=each.about if each.about in goals else None,
            citations=tuple(citation for line in lines for citation in line.citations),
        )


def _stands(question: Question, material: Material) -> bool:
    """Whether a question keeps the rules and speaks of nothing but what it cites: names, numbers, words."""
    cited = " ".join(each.quote for each in question.citations)
    people = {
        word
        for name in (material.mentorship.mentor.name, material.mentorship.mentee.name)
        for word in words(f"{name} {first_name(name)}'s")
    }
    known = set(words(cited)) | people | {word.removesuffix("'s") for word in words(cited)}
    return (
        not faults(question.text)
        and grounded(question)
        and not _MARKUP.search(question.text)
        and set(_NUMBER.findall(question.text)) <= set(_NUMBER.findall(cited + _days(question)))
        and all(set(words(name)) <= known | _MONTHS for name in _NAME.findall(question.text))
        and len(stems(question.text) & stems(cited)) >= _SHARED
    )


_MONTHS = frozenset(
    "january february march april may june july august september october november december i monday tuesday wednesday thursday friday saturday sunday".split()
)


def _days(question: Question) -> str:
    """The days of what is cited, as a question may name them."""
    return "".join(f" {each.held_on.day} {each.held_on.year}" for each in question.citations)
