"""Counts over sessions what the notes say against each clause in force: evidence for most rules.

A passage counts under the version of the contract that was in force on its day, as long as the
wording of the clause stays. It does not count if it was excused, agreed anew or put right, or if
the clause was kept again later.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from coach.agreement.clauses import agreed_clauses
from coach.language.words import stems
from coach.model.citations import Citation
from coach.model.commitments import Commitment
from coach.model.contract import AgreedClause, ClauseKind
from coach.model.history import History
from coach.model.readings import ClauseRelation, ClauseSignal
from coach.model.sessions import Note, Session
from coach.notes.lines import cite

LIKELY = 0.5
"""What is read counts from here: it is likelier than all else together."""
KEPT_FROM = 0.65
"""What keeps a clause counts from here.

Higher, because a session in which a clause is kept takes an earlier breach away.
"""
SURE = 0.75
"""One passage is enough to warn from here; else it takes two sessions.

Chosen on series written for it and on the notes of the development cases: of 34 drifts told
outright 23 are found, of their 34 decoys none is raised, and one quiet checkpoint of 12 is
disturbed. From 0.7 on two quiet checkpoints are.
"""
RECENT_SESSIONS = 6
"""Last sessions with notes that count: three months of fortnights. Chosen by hand; not measured."""
_FRESH_SESSIONS = 3
"""Last sessions in which a matter that is not grave needs a passage: two of evidence, one between.

Chosen by hand; not measured.
"""
_ONE_SIDED = 0.1
"""Likelihoods closer than this are equal; the graver clause wins. Chosen by hand; not measured."""

# Kinds of clauses by gravity. A passage against several counts for the first of them.
_GRAVEST: tuple[ClauseKind, ...] = (
    "confidentiality",
    "boundary",
    "role_mentor",
    "trust_route",
    "role_mentee",
    "feedback",
    "channels",
    "cadence",
    "phase",
    "ends_on",
    "change_signs",
    "notes_kept",
    "respect_time",
    "reciprocity",
    "goals",
)
_GOALS = stems("goal aim target hour time agreed")
"""Words in which people speak of a goal without naming it."""
AGAINST: frozenset[ClauseRelation] = frozenset({"breaks", "strains"})
"""The relations that speak against a clause. The others excuse, settle or keep it."""


class Said(NamedTuple):
    """What one passage says about a clause in force."""

    session: Session
    note: Note
    signal: ClauseSignal
    clause: AgreedClause

    @property
    def citation(self) -> Citation:
        """Return the quote of the passage."""
        return cite(self.session, self.note, self.signal.start, self.signal.end)


class ClauseTalk(NamedTuple):
    """What the last sessions say about each kind of clause, oldest first, and those sessions."""

    sessions: tuple[Session, ...]
    by_kind: Mapping[ClauseKind, Sequence[Said]]

    def of(self, kinds: Iterable[ClauseKind]) -> list[Said]:
        """Return what is said about these kinds of clauses, if it is likely enough to count."""
        return [each for kind in kinds for each in self.by_kind.get(kind, ())]


class Evidence(NamedTuple):
    """All that the rules judge by, for one audience: history, commitments and talk of clauses."""

    history: History
    commitments: Sequence[Commitment]
    said: ClauseTalk


class Matter(NamedTuple):
    """The passages against one clause, oldest first. Most of them are against `clause`.

    `once` is true if they come from one session, `put_right` if that session also says that it was
    put right.
    """

    clause: AgreedClause
    against: tuple[Said, ...]
    once: bool
    put_right: bool = False


def evidence_of(history: History, commitments: Sequence[Commitment]) -> Evidence:
    """Return all that the rules judge by, computed once."""
    return Evidence(history, commitments, clause_talk(history))


def held_sessions(history: History) -> list[Session]:
    """Return the sessions that were held by the history's day, oldest first.

    A session that was only recorded ahead of its day proves nothing and is left out.
    """
    return [
        each
        for each in history.sessions
        if each.held_on <= history.as_of and (each.notes or not each.ahead)
    ]


def noted_sessions(history: History) -> list[Session]:
    """Return the sessions that were held and have notes with words in them, oldest first."""
    return [each for each in held_sessions(history) if any(map(_has_words, each.notes))]


def _has_words(note: Note) -> bool:
    return any(sign.isalnum() for sign in note.text)


def clause_talk(history: History) -> ClauseTalk:
    """Return what the last sessions with notes say about the clauses still in force."""
    recent = noted_sessions(history)[-RECENT_SESSIONS:]
    found: dict[ClauseKind, list[Said]] = {}
    said = list(_said(history, recent))
    own = _kind_of_each_passage(said)
    for each in said:
        if each.signal.says in AGAINST and own[_place(each)] != each.clause.kind:
            continue
        found.setdefault(each.clause.kind, []).append(each)
    return ClauseTalk(tuple(recent), found)


def _counts_from(says: ClauseRelation) -> float:
    return KEPT_FROM if says == "keeps" else LIKELY


def _said(history: History, sessions: Sequence[Session]) -> Iterator[Said]:
    """Yield the likely passages about clauses still in force, in the order of the sessions."""
    signals = [
        (session, note, signal)
        for session in sessions
        for note in session.notes
        if (reading := history.readings.get(note.id))
        for signal in reading.of(ClauseSignal)
        if signal.likelihood >= _counts_from(signal.says)
    ]
    if not signals:
        return
    clauses = _clauses_in_force(history)
    begins = {each.version: each.effective_from for each in history.contracts}
    for session, note, signal in signals:
        clause = clauses.get((signal.version, signal.clause))
        if clause is not None and session.held_on >= begins[signal.version]:
            said = Said(session, note, signal, clause)
            if not _is_beside_the_goal(said):
                yield said


def _is_beside_the_goal(said: Said) -> bool:
    """Whether a passage seems to be against a goal of which it has no word, and is not sure."""
    if said.clause.kind != "goals" or said.signal.says not in AGAINST or is_sure(said):
        return False
    quote = said.note.text[said.signal.start : said.signal.end]
    return not stems(quote) & (stems(said.clause.clause.text) | _GOALS)


def _clauses_in_force(history: History) -> dict[tuple[int, str], AgreedClause]:
    """Return today's clause for each version and key, if the wording is unchanged."""
    if history.contract is None:
        return {}
    today = {(each.kind, each.clause.text): each for each in agreed_clauses(history.contract)}
    return {
        (contract.version, each.key): now
        for contract in history.contracts
        for each in agreed_clauses(contract)
        if (now := today.get((each.kind, each.clause.text)))
    }


def _kind_of_each_passage(said: Sequence[Said]) -> dict[tuple[str, int], ClauseKind]:
    """Return the kind of clause that each passage is against: the likeliest, else the gravest."""
    likely: dict[tuple[str, int], dict[ClauseKind, float]] = {}
    for each in said:
        if each.signal.says in AGAINST:
            kinds = likely.setdefault(_place(each), {})
            kinds[each.clause.kind] = max(kinds.get(each.clause.kind, 0.0), each.signal.likelihood)
    return {place: _gravest_of(kinds) for place, kinds in likely.items()}


def _gravest_of(kinds: Mapping[ClauseKind, float]) -> ClauseKind:
    named: dict[ClauseKind, float] = {each: kinds[each] for each in kinds if each != "goals"}
    kinds = named or kinds
    best = max(kinds.values())
    return min(
        (kind for kind, likelihood in kinds.items() if likelihood >= best - _ONE_SIDED),
        key=_GRAVEST.index,
    )


def _place(said: Said) -> tuple[str, int]:
    return said.note.id, said.signal.start


def matter(
    evidence: Evidence,
    *kinds: ClauseKind,
    serious: bool = False,
    strains_tell: bool = False,
    about: Callable[[Said], bool] = lambda _: True,
) -> Matter | None:
    """Return the passages against clauses of these kinds if they are enough to warn, else None.

    Enough are two sessions, one of them with more than a strain (unless `strains_tell`), or one
    passage that is sure. A `serious` matter stands until a later session puts it right.
    """
    said = evidence.said.of(kinds)
    standing = [each for each in _standing(evidence, said, serious=serious) if about(each)]
    if not standing or not (serious or _is_fresh(evidence, standing)):
        return None
    sessions = {each.session.id for each in standing}
    broken = [each for each in standing if strains_tell or each.signal.says == "breaks"]
    sure = [each for each in broken if each.signal.says == "breaks" and is_sure(each)]
    if not sure and not (broken and len(sessions) > 1):
        return None
    return Matter(
        _told_most_of(standing),
        tuple(standing),
        once=len(sessions) == 1,
        put_right=any(_settles(each) and each.session.id in sessions for each in said),
    )


def is_sure(said: Said) -> bool:
    """Whether one passage is certain enough to warn by itself."""
    return said.signal.likelihood >= SURE


def _standing(evidence: Evidence, said: Sequence[Said], *, serious: bool) -> list[Said]:
    """Return the passages against a clause that nothing else answers, oldest first."""
    against = sorted(
        (each for each in said if each.signal.says in AGAINST),
        key=lambda each: (each.session.held_on, each.note.id, each.signal.start),
    )
    others = [each for each in said if each.signal.says not in AGAINST]
    return [
        each
        for each in against
        if not any(_answers(each, other, serious=serious) for other in others)
        and (serious or not _kept(each, against, others))
    ]


def _answers(against: Said, other: Said, *, serious: bool) -> bool:
    """Whether another passage cancels this one: it excuses it, changes the clause or settles it."""
    if other.clause.kind == "goals" and other.clause.key != against.clause.key:
        return False
    if other.signal.says == "excuses":
        return _beside(against, other)
    later = other.session.held_on > against.session.held_on
    same = other.session.held_on == against.session.held_on
    if other.signal.says == "amends":
        return later or same or not is_sure(against)
    return _settles(other) and (later or (same and not serious))


def _kept(said: Said, against: Sequence[Said], others: Sequence[Said]) -> bool:
    """Whether the clause was kept in a session after everything that is against it.

    A passage that is not sure is also cancelled by its own session.
    """
    clause = said.clause.key
    last = max(each.session.held_on for each in against if each.clause.key == clause)
    kept = [e.session for e in others if e.signal.says == "keeps" and e.clause.key == clause]
    return any(
        each.held_on > last or (each.id == said.session.id and not is_sure(said)) for each in kept
    )


def _settles(said: Said) -> bool:
    return said.signal.says == "settles"


def _beside(one: Said, other: Said) -> bool:
    """Whether two passages of a note are the same or next to each other."""
    if one.note.id != other.note.id:
        return False
    first, second = sorted((one.signal, other.signal), key=lambda each: each.start)
    between = one.note.text[first.end : second.start]
    return not any(sign.isalnum() for sign in between)


def _is_fresh(evidence: Evidence, standing: Sequence[Said]) -> bool:
    """Whether one of the passages is from the last few sessions."""
    fresh = {each.id for each in evidence.said.sessions[-_FRESH_SESSIONS:]}
    return any(each.session.id in fresh for each in standing)


def _told_most_of(standing: Sequence[Said]) -> AgreedClause:
    """Return the clause with the largest sum of likelihoods against it."""
    weights: dict[str, float] = {}
    clauses = {each.clause.key: each.clause for each in standing}
    for each in standing:
        weights[each.clause.key] = weights.get(each.clause.key, 0.0) + each.signal.likelihood
    return clauses[max(weights, key=lambda key: weights[key])]
