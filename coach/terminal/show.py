"""Prints answers on a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.language.phrasing import day, days, first_name
from coach.model.answers import Brief, BriefCommitments, OwnCommitments, Reflection, Section
from coach.model.commitments import Commitment
from coach.model.drift import Computed, Drift
from coach.model.facts import Statement
from coach.model.people import Mentorship
from coach.model.questions import Question
from coach.pages.printed import Promises, action_shown, older, promises, sections
from coach.ports import StoredKey

_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)])


def print_brief(console: Console, brief: Brief, mentorship: Mentorship) -> None:
    """Print the page to read before a session."""
    names = _seen(f"{mentorship.mentor.name} and {mentorship.mentee.name}")
    console.rule(Text(f"{names}: before the next session", style="bold"), align="left")
    if brief.last_session:
        since = (brief.as_of - brief.last_session.held_on).days
        console.print(Text(f"{day(brief.as_of)}; last session {days(since)} ago", style="dim"))
    if brief.headline:
        console.print(Padding(_statement(brief.headline, style="bold"), (1, 0, 0, 0)))
    for section in sections(brief):
        _print_section(console, section)
    _print_promises(console, promises(brief.commitments), mentorship)
    _print_older(console, brief.commitments)
    _print_questions(console, "Questions worth asking", brief.questions)
    print_drift(console, brief.drift)
    if brief.not_found:
        _heading(console, "Not found")
        for line in brief.not_found:
            console.print(Padding(Text(line, style="dim"), (0, 0, 0, 2)))


def print_reflection(console: Console, reflection: Reflection, mentorship: Mentorship) -> None:
    """Print what the mentee prepares with."""
    name = _seen(first_name(mentorship.mentee.name))
    console.rule(Text(f"For {name}, before the next session", style="bold"), align="left")
    _print_questions(console, "Prompts", reflection.prompts)
    _print_promises(console, promises(reflection.commitments), mentorship)
    _print_older(console, reflection.commitments)


def print_drift(console: Console, warnings: Sequence[Drift]) -> None:
    """Print the warnings, each with both ways out."""
    if not warnings:
        return
    _heading(console, "Has the contract been left?")
    for warning in warnings:
        console.print(Padding(Text(_seen(warning.message), style="yellow"), (0, 0, 0, 2)))
        for line in _drift_lines(warning):
            console.print(Padding(line, (0, 0, 0, 4)))


def _drift_lines(warning: Drift) -> Iterator[Text]:
    """Yield the clause, the evidence, the innocent explanation, the question and both ways out."""
    if warning.clause:
        clause = f"Clause, version {warning.clause.version}: {warning.clause.text}"
        yield Text(_seen(clause), style="dim")
    for each in warning.seen:
        if isinstance(each, Computed):
            yield Text(_seen(f"Seen: {each.computed}"))
        else:
            yield Text.assemble(_seen(f"Seen: “{each.quote}”"), (f"  [{day(each.held_on)}]", "dim"))
    sure = f"{warning.severity}, {warning.confidence:.0%} sure"
    yield Text(f"{sure}, to be confirmed" if warning.status == "to_confirm" else sure, style="dim")
    yield Text(_seen(warning.innocent_explanation))
    yield Text(_seen(warning.question), style="bold")
    yield Text(_seen(f"Return: {warning.options.return_to}"), style="dim")
    yield Text(_seen(f"Amend: {warning.options.amend_to}"), style="dim")


def print_keys(console: Console, keys: Sequence[StoredKey]) -> None:
    """Print keys without their secrets."""
    table = Table("id", "acts as", "expires on", "made at", "revoked at")
    for key in keys:
        table.add_row(
            key.id,
            key.acts_as,
            str(key.expires_on or ""),
            f"{key.made_at:%Y-%m-%d %H:%M}",
            f"{key.revoked_at:%Y-%m-%d %H:%M}" if key.revoked_at else "",
        )
    console.print(table)


def _seen(text: str) -> str:
    """Return a text without control characters, so that notes cannot steer the terminal."""
    return text.translate(_CONTROLS)


def _heading(console: Console, title: str) -> None:
    console.print(Padding(Text(title, style="bold cyan"), (1, 0, 0, 0)))


def _print_section(console: Console, section: Section) -> None:
    _heading(console, section.title)
    for statement in section.statements:
        console.print(Padding(_statement(statement), (0, 0, 0, 2)))


def _statement(statement: Statement, *, style: str = "") -> Text:
    cited = statement.citations[0]
    return Text.assemble((_seen(statement.text), style), "  ", (f"[{day(cited.held_on)}]", "dim"))


def _print_promises(console: Console, made: Sequence[Promises], mentorship: Mentorship) -> None:
    for title, commitments in made:
        _heading(console, title)
        for commitment in commitments:
            due = f", due {day(commitment.due)}" if commitment.due else ""
            told = Text.assemble(
                _seen(action_shown(commitment)),
                "  ",
                (f"{_owner(commitment, mentorship)}{due}", "dim"),
            )
            console.print(Padding(told, (0, 0, 0, 2)))


def _print_older(console: Console, made: BriefCommitments | OwnCommitments) -> None:
    if line := older(made):
        console.print(Padding(Text(line, style="dim"), (1, 0, 0, 0)))


def _owner(commitment: Commitment, mentorship: Mentorship) -> str:
    if commitment.owner == "unassigned":
        return "nobody named"
    if commitment.owner == "both":
        return "both"
    return first_name(mentorship.person(commitment.owner).name)


def _print_questions(console: Console, title: str, questions: Sequence[Question]) -> None:
    if not questions:
        return
    _heading(console, title)
    for question in questions:
        console.print(Padding(Text(_seen(question.text)), (0, 0, 0, 2)))
