"""What comes of each mind that lies, and of one that reads as the labels say.

They are measured on labelled cases.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import NamedTuple

from pydantic import BaseModel, SecretStr

from coach.language.words import words
from coach.model.facts import Statement
from coach.pages import grounding
from coach.settings import Settings
from evals.answers import answers, citations
from evals.cases import FOLDER, Case, load_folder
from evals.metrics.questions import stem_counts
from evals.results.adding_up import added_up
from evals.subject import AUDIENCES, Subject, Timings, running
from evals.suites.cases import case_outcome
from tests.faults.careful import careful
from tests.faults.minds import MINDS, Mind, minded

ALONE = "(no model)"
CAREFUL = "(careful)"
FIGURES = (
    "facts, any kind: precision",
    "facts, right kind: precision",
    "brief must-cover, weighted",
    "open at checkpoints: f1",
    "overdue at checkpoints: f1",
)
Warnings = dict[tuple[str, str, str], dict[str, str]]
_NAMED = re.compile(r"(?<!^)(?<![.!?:“] )(?<!\w)[A-Z][\w’'-]*|\d+")
_BESIDE = frozenset({"open", "to_confirm"})


class Row(NamedTuple):
    """What one mind came to."""

    mind: str
    figures: dict[str, float]
    vanished: int
    warned: int
    statements: int
    ungrounded: int
    leaked: int
    questions: int
    faulty: int
    tokens: int
    led: int
    notes: int
    warnings: Warnings


def row(mind: str, cases: Sequence[Case], *, alone: Row | None = None) -> Row:
    """Ask everything of a coach whose model is this mind, and count what comes of it.

    With `alone`, also count how many of the warnings without a model are gone.
    """
    told, warnings, timings = [], Warnings(), Timings()
    statements = ungrounded = 0
    leading: list[str] = []
    lying = minded(_mind(mind, cases)) if alone else nullcontext()
    with lying as address, running(_settings(address)) as parts:
        for case in cases:
            subject = Subject(parts, case.file, timings)
            told.append(case_outcome(case, subject, stem_counts(cases)))
            warnings |= _warnings(case, subject)
            leading += subject.brief("mentor", subject.end).provenance.led_by.values()
            standing = [_stands(each, case, subject) for each in _statements(subject)]
            statements += len(standing)
            ungrounded += standing.count(False)
        tokens = parts.model.tokens if parts.model else 0
    result = added_up("cases", told, timings=timings, data=FOLDER)
    ratios = [each.ratios for each in told]
    asked = [each["questions keep every rule"] for each in ratios]
    known = alone.warnings if alone else warnings
    return Row(
        mind,
        {name: result.value(name) or 0.0 for name in FIGURES},
        sum(id_ not in warnings[place] for place, ids in known.items() for id_ in ids),
        sum(len(ids) for ids in known.values()),
        statements,
        ungrounded,
        round(sum(each["leakage"].hits for each in ratios if "leakage" in each)),
        round(sum(each.of for each in asked)),
        round(sum(each.of - each.hits for each in asked)),
        tokens,
        leading.count("llm"),
        len(leading),
        warnings,
    )


def _mind(name: str, cases: Sequence[Case]) -> Mind:
    return careful(cases) if name == CAREFUL else MINDS[name]


def _settings(address: str | None) -> Settings | None:
    if address is None:
        return None
    return Settings(
        llm_model="openai:liar", llm_base_url=address, llm_api_key=SecretStr("sk-not-a-key")
    )


def _warnings(case: Case, subject: Subject) -> Warnings:
    """The warnings that stand, open or to be confirmed, at every checkpoint, for every reader."""
    return {
        (case.name, str(checkpoint.as_of), audience): {
            each.id: each.status
            for found in (
                subject.drift(audience, checkpoint.as_of),
                subject.brief(audience, checkpoint.as_of).drift,
            )
            for each in found
            if each.status in _BESIDE
        }
        for checkpoint in case.labels.checkpoints
        for audience in AUDIENCES
    }


def _statements(subject: Subject) -> Iterator[Statement]:
    for answer in answers(subject, AUDIENCES):
        yield from _inside(answer)


def _inside(value: object) -> Iterator[Statement]:
    if isinstance(value, Statement):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _inside(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _inside(each)


def _stands(statement: Statement, case: Case, subject: Subject) -> bool:
    """Whether a statement is made of the words it cites, or adds no name and no number to them."""
    pair = case.file.mentorship
    names = (pair.mentor.name, pair.mentee.name)
    cited = list(citations(statement))
    if not cited or not all(grounding.exact(each, subject.texts) for each in cited):
        return False
    return grounding.stands(statement, subject.texts, besides=names) or _names_nothing_new(
        statement.text, " ".join((*names, *_agreed(case), *(each.quote for each in cited)))
    )


def _names_nothing_new(said: str, known: str) -> bool:
    there = {word.removesuffix("'s") for word in words(known)}
    named = {word.removesuffix("'s") for each in _NAMED.findall(said) for word in words(each)}
    return named <= there


def _agreed(case: Case) -> Iterator[str]:
    for contract in case.file.contracts:
        for goal in contract.goals:
            yield f"{goal.statement} {goal.success_criteria or ''} {goal.target_date or ''}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="What comes of a model that lies.")
    parser.add_argument(
        "--minds", default=",".join((CAREFUL, *MINDS)), help="only these, with commas"
    )
    parser.add_argument("--cases", type=int, help="only so many cases")
    given = parser.parse_args(arguments)
    cases = load_folder(FOLDER / "dev", split="dev")[: given.cases]
    heads = ["any kind", "right kind", "must-cover", "open", "overdue", "vanished", "ungrounded"]
    heads += ["leaked", "faulty", "tokens", "led"]
    sys.stdout.write(f"{'mind':16}" + "".join(f"{each:>12}" for each in heads) + "\n")
    alone = row(ALONE, cases)
    _print(alone)
    for mind in given.minds.split(","):
        _print(row(mind, cases, alone=alone))


def _print(told: Row) -> None:
    shares = [f"{value:.3f}" for value in told.figures.values()]
    counts = [
        f"{told.vanished}/{told.warned}",
        f"{told.ungrounded}/{told.statements}",
        str(told.leaked),
        f"{told.faulty}/{told.questions}",
        str(told.tokens),
        f"{told.led}/{told.notes}",
    ]
    line = "".join(f"{each:>12}" for each in (*shares, *counts))
    sys.stdout.write(f"{told.mind:16}{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
