"""LlmClauses: a language model reads notes for clauses, and looks for innocent readings.

The model sees numbered clauses and passages, and answers with numbers and quotes. A signal is
dropped if its quote is not in the note or its clause does not exist.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from coach.agreement.clauses import agreed_clauses
from coach.engines.gateway.gateway import Gateway, Prompt, check
from coach.engines.llm.addressed import speaks_to_a_machine
from coach.engines.llm.challenge import Lines
from coach.engines.llm.passages import Passage, clean, numbered, windows
from coach.engines.llm.quotes import Quotes
from coach.language.detection import foreign_language
from coach.model.challenges import Case, Challenge, Verdict
from coach.model.contract import AgreedClause, ClauseKind, Contract
from coach.model.drift import DriftKind
from coach.model.readings import (
    ClauseReading,
    ClauseRelation,
    ClauseSignal,
    EngineName,
    GoalWay,
)
from coach.model.sessions import Note
from coach.ports import Barred, ReadingContext
from prompts import newest, rendered

MOST_CLAUSES = 60
"""Highest number of clauses of a contract, as for the embedded reader; templates have 8 to 25."""
_LONGEST_AGREEMENT = 8000
"""Code points of the contract's prose that are shown: four pages. Templates have one or two."""
_PROMPTS = ("clauses", "challenge")
_CHECKS = "1"
"""Version of these checks; raise it with changes here or in how a contract is put into clauses."""
_LIKELIHOOD: Mapping[str, float] = {"plain": 0.9, "likely": 0.65, "unsure": 0.35}
"""Likelihood of each answer about certainty; see `coach.drift.signals` for the limits.

Plain is enough alone, likely needs a second session, unsure does not count. Chosen by hand; not
measured.
"""
_SO_MANY_WORDS: frozenset[ClauseKind] = frozenset({"trust_route", "reciprocity", "respect_time"})
"""Clauses about what is between two people: only plain words count."""
_AGAINST: frozenset[ClauseRelation] = frozenset({"breaks", "strains"})
_ENOUGH = 6
"""Passages from which a note that is all breaches shows an error of the reader, not of the two.

Chosen by hand; not measured.
"""
_MOST_AGAINST = 0.6
"""Highest share of passages against clauses. Of 68 written series the worst note has a third."""

_KINDS: Mapping[ClauseKind, str] = {
    "goals": "goal",
    "role_mentor": "what the mentor does or does not do",
    "role_mentee": "what the mentee does or does not do",
    "cadence": "rhythm and length",
    "channels": "channels",
    "feedback": "feedback",
    "confidentiality": "confidentiality",
    "phase": "first stage",
    "ends_on": "end",
    "change_signs": "sign of change",
    "reciprocity": "giving something back",
    "notes_kept": "keeping notes",
    "boundary": "matters that belong elsewhere",
    "respect_time": "coming on time",
    "trust_route": "saying when something is wrong between them",
}
"""What the model is told about each kind of clause."""
_MATTERS: Mapping[DriftKind, str] = {
    "goal_neglect": "an agreed goal is left aside",
    "goal_displacement": "the time goes to something outside every goal",
    "relevance_loss": "the goal no longer matters",
    "goal_vagueness": "nobody can tell when the goal is met",
    "commitment_slippage": "a promise is carried over again and again",
    "cadence": "they meet otherwise than agreed",
    "role": "the mentor takes another part than agreed",
    "boundary": "something is dealt with here that belongs elsewhere",
    "agency": "the mentee does not bring what was agreed",
    "feedback": "feedback is not given as agreed",
    "channel": "they talk another way, or at other hours, than agreed",
    "phase": "a stage did not begin or end as agreed",
    "confidentiality": "something confided went further than agreed",
    "reciprocity": "one side does not give, or does not keep the time, as agreed",
    "structure": "notes are not kept as agreed",
    "exit": "the end or a sign of change is there and nobody looks back",
    "trust": "somebody holds back instead of saying that something is wrong",
}
"""What the model is told about each kind of warning."""

Shape = TypeVar("Shape", bound=BaseModel)


class _Answer(BaseModel):
    """Part of an answer, as the model is told to give it."""

    model_config = ConfigDict(extra="forbid")


class _Signal(_Answer):
    clause: int
    n: int
    quote: str = Field(max_length=330)
    says: ClauseRelation
    whose: Literal["mentor", "mentee", "both", "none"]
    way: GoalWay | None
    certainty: Literal["plain", "likely", "unsure"]


class ClausesAnswer(_Answer):
    """What a note says of the clauses."""

    signals: list[_Signal] = Field(max_length=60)


class ChallengeAnswer(_Answer):
    """Whether a warning has an innocent reading."""

    verdict: Verdict
    n: int | None
    quote: str | None = Field(max_length=330)


class LlmClauses:
    """A ClauseModel over one gateway; see `coach.ports.ClauseModel`.

    `pinned` names the prompt versions to use.
    """

    name: EngineName = "llm"

    def __init__(
        self,
        gateway: Gateway,
        *,
        seconds: float,
        pinned: Mapping[str, int] | None = None,
        barred: Barred | None = None,
    ) -> None:
        self._gateway = gateway
        self._seconds = seconds
        self._pinned = dict(pinned or {})
        self._barred = barred
        self._versions = {each: self._pinned.get(each) or newest(each) for each in _PROMPTS}
        self.stays_here = gateway.stays_here
        self.prompts = {each: f"v{version}" for each, version in self._versions.items()}
        self.version = f"{gateway.name} clauses {self.prompts['clauses']}.{_CHECKS}"
        self.challenge_version = f"{gateway.name} challenge {self.prompts['challenge']}.{_CHECKS}"

    def unless(self, barred: Barred) -> "LlmClauses":
        """See ClauseModel."""
        return LlmClauses(self._gateway, seconds=self._seconds, pinned=self._pinned, barred=barred)

    def read(self, note: Note, context: ReadingContext) -> ClauseReading:
        """See ClauseModel."""
        contract = context.contract
        assert contract is not None  # noqa: S101 - only notes with a contract are read
        agreed = agreed_clauses(contract)[:MOST_CLAUSES]
        signals: tuple[ClauseSignal, ...] = ()
        if agreed and not foreign_language(note.text):
            passages = numbered(note, context.mentorship)
            told = list(self._told(note, context, passages, agreed))
            found = _Found(passages, contract, agreed)
            signals = found.signals(told)
        return ClauseReading(
            contract_version=contract.version,
            engine=self.name,
            version=self.version,
            signals=signals,
        )

    def challenge(self, case: Case) -> Challenge:
        """See ClauseModel."""
        lines = Lines(case)
        values: dict[str, object] = {
            "mentor": clean(case.mentor),
            "mentee": clean(case.mentee),
            "matter": _MATTERS[case.kind],
            "clause": clean(case.clause.text),
            "agreement": clean(case.agreement)[:_LONGEST_AGREEMENT],
            "lines": lines.shown,
        }
        answer = self._answered("challenge", ChallengeAnswer, values)
        return lines.answered(answer.verdict, answer.n, answer.quote)

    def _told(
        self,
        note: Note,
        context: ReadingContext,
        passages: Sequence[Passage],
        agreed: Sequence[AgreedClause],
    ) -> Iterator[_Signal]:
        pair, contract = context.mentorship, context.contract
        text = clean(contract.text or "") if contract else ""
        for part in windows(passages).taken:
            values: dict[str, object] = {
                "held_on": context.held_on.isoformat(),
                "weekday": f"{context.held_on:%A}",
                "mentor": clean(pair.mentor.name),
                "mentee": clean(pair.mentee.name),
                "author": "a tool" if note.author == "tool" else f"the {note.author}",
                "clauses": [
                    {"kind": _KINDS[each.kind], "text": clean(each.clause.text)} for each in agreed
                ],
                "agreement": text[:_LONGEST_AGREEMENT],
                "passages": [
                    {"number": each.number, "who": each.who, "text": each.shown} for each in part
                ],
            }
            yield from self._answered("clauses", ClausesAnswer, values).signals

    def _answered(self, name: str, shape: type[Shape], values: dict[str, object]) -> Shape:
        prompt = Prompt(*rendered(name, version=self._versions[name], **values))
        check(self._barred)
        return self._gateway.answered(
            prompt, shape=shape, seconds=self._seconds, barred=self._barred
        ).value


class _Found:
    """The signals of a model that stand in a note, in the order of the note.

    Each clause, passage and relation occurs once.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        contract: Contract,
        agreed: Sequence[AgreedClause],
    ) -> None:
        self._passages = passages
        self._quotes = Quotes(
            [_as_shown(each) if _may_be_quoted(each) else "" for each in passages]
        )
        self._version = contract.version
        self._agreed = agreed

    def signals(self, told: Sequence[_Signal]) -> tuple[ClauseSignal, ...]:
        """Return the signals whose quote is found.

        If nearly all of a note is called breaches, none against a clause is returned.
        """
        found: dict[tuple[int, str, str], ClauseSignal] = {}
        for each in told:
            at = self._quotes.located(each.n, each.quote)
            if at is None or not 1 <= each.clause <= len(self._agreed):
                continue
            agreed = self._agreed[each.clause - 1]
            if not _is_explicit(each, agreed):
                continue
            found.setdefault((at, agreed.key, each.says), self._signal(each, at, agreed))
        against = {at for at, _, says in found if says in _AGAINST}
        whole = len(self._passages) >= _ENOUGH
        if whole and len(against) > _MOST_AGAINST * len(self._passages):
            found = {key: each for key, each in found.items() if key[2] not in _AGAINST}
        return tuple(found[key] for key in sorted(found))

    def _signal(self, told: _Signal, at: int, agreed: AgreedClause) -> ClauseSignal:
        passage = self._passages[at]
        return ClauseSignal(
            by="llm",
            start=passage.unit.start,
            end=passage.unit.end,
            clause=agreed.key,
            version=self._version,
            says=told.says,
            said_by=passage.said_by,
            whose=None if told.whose == "none" else told.whose,
            likelihood=_LIKELIHOOD[told.certainty],
            way=told.way if agreed.kind == "goals" and told.says in _AGAINST else None,
        )


def _may_be_quoted(passage: Passage) -> bool:
    return passage.unit.kind != "heading" and not speaks_to_a_machine(passage.unit.text)


def _as_shown(passage: Passage) -> str:
    """Return the text of a passage that may be quoted, with its speaker."""
    return f"{passage.who}: {passage.unit.text}" if passage.who else passage.unit.text


def _is_explicit(told: _Signal, agreed: AgreedClause) -> bool:
    """Whether a signal is plain enough for its kind of clause."""
    if told.says not in _AGAINST or agreed.kind not in _SO_MANY_WORDS:
        return True
    return told.certainty == "plain"
