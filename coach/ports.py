"""What the use cases need of the world; each docstring is a promise that every implementation keeps."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple, Protocol

from coach.model.accesses import Access
from coach.model.challenges import Case, Challenge
from coach.model.commitments import AddedCommitment, Commitment, Correction
from coach.model.contract import ClauseKind, Contract
from coach.model.drift import DriftDecision
from coach.model.facts import FactCorrection
from coach.model.grounds import Grounds
from coach.model.history import History
from coach.model.material import Material, Suggested, Wording
from coach.model.people import (
    Account,
    Audience,
    Author,
    Meetings,
    Membership,
    Mentorship,
    Role,
    Side,
    SignIn,
    Visibility,
)
from coach.model.readings import ClauseReading, ClauseSignal, EngineName, Reading
from coach.model.search import SessionHit
from coach.model.sessions import NextSession, Note, Preparation, Session

Barred = Callable[[], str | None]
"""Says why a model may not be told something now, in a reason code; None where nothing stands against it."""


class ReadingContext(NamedTuple):
    """What a reader may know beside the note: only what everyone who may read the note may see.

    `share` is the part of what it reads of one note that it may spend on this one. `story` is what earlier notes
    tell, `beside` what the other notes of the session say.
    """

    mentorship: Mentorship
    held_on: date
    contract: Contract | None = None
    open_commitments: tuple[Commitment, ...] = ()
    share: float = 1.0
    story: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class Engine(Protocol):
    """Reads notes. Everything it says is checked by the domain before it counts."""

    name: EngineName
    version: str

    def read(self, note: Note, context: ReadingContext) -> Reading:
        """All that the note says, with offsets into its text.

        Raises EngineFailed where it fails at the note, EngineUnavailable where it would at any.
        """
        ...

    def word(self, material: Material) -> Wording:
        """The page in sentences, each with the numbers of the lines it rests on. Raises EngineFailed."""
        ...


class ClausePair(NamedTuple):
    """A clause in words, and a sentence of a note with the sentences around it and who says it."""

    clause_kind: ClauseKind
    clause: str
    before: str
    passage: str
    after: str
    author: Author


class ClauseEngine(Protocol):
    """Tells what a passage says of a clause."""

    name: EngineName
    version: str

    def worth_reading(self, pairs: Sequence[ClausePair]) -> Sequence[bool]:
        """Whether each passage may speak of its clause at all; it costs one look at a passage, whatever the clauses.

        Raises EngineUnavailable where there is nothing to read with.
        """
        ...

    def relations(self, pairs: Sequence[ClausePair]) -> Sequence[Mapping[str, float]]:
        """How likely each relation is, pair by pair; `none` where the passage says nothing of the clause.

        Raises EngineUnavailable where there is nothing to read with.
        """
        ...


class ClauseModel(Protocol):
    """A language model that reads clauses and challenges warnings: slow, able to fail, somewhere else perhaps.

    `version` changes with the model and what it is asked of a note, `challenge_version` with what it is asked of a case.
    """

    name: EngineName
    version: str
    challenge_version: str
    stays_here: bool
    prompts: dict[str, str]

    def unless(self, barred: Barred) -> "ClauseModel":
        """The same, asked only while nothing stands against it; see Model."""
        ...

    def read(self, note: Note, context: ReadingContext) -> ClauseReading:
        """What the note says of the clauses of the context's contract, quoted. Raises EngineFailed."""
        ...

    def challenge(self, case: Case) -> Challenge:
        """What the lines of a case hold against a warning, quoted. Raises EngineFailed."""
        ...


class Model(Engine, Protocol):
    """An engine that a language model answers for: slow, able to fail, somewhere else perhaps."""

    model: str
    host: str
    stays_here: bool
    seconds: float
    prompts: dict[str, str]

    @property
    def tokens(self) -> int:
        """How many tokens were sent and received so far."""
        ...

    def ready(self) -> None:
        """Import and build what answers, else the first question does. Raises Invalid where that cannot be."""
        ...

    def close(self) -> None:
        """Give up what is being asked; nothing is asked any more."""
        ...

    def version_for(self, visibility: Visibility) -> str:
        """The version of a reading of such a note: it changes with the model, the prompt and who may see the note."""
        ...

    def within(self, seconds: float) -> "Model":
        """The same, with so much time for everything that is asked of it from now on."""
        ...

    def unless(self, barred: Barred) -> "Model":
        """The same, asked only while nothing stands against it. Raises EngineFailed with the reason when something does.

        That is looked up right before each send, and once more with the answer in hand.
        """
        ...

    def forget(self, mentorship_id: str) -> None:
        """Let go of every answer about a mentorship that is remembered."""
        ...

    def ask(self, material: Material, *, of: Side) -> tuple[Suggested, ...]:
        """Questions to one side, each with the numbers of the lines it rests on. Raises EngineFailed."""
        ...


class StoredKey(NamedTuple):
    """A key as the store knows it; `fingerprint` is the HMAC of its secret."""

    id: str
    public_id: str
    fingerprint: str
    acts_as: Role
    mentorship_id: str
    expires_on: date | None
    made_at: datetime
    revoked_at: datetime | None


class StoredInvite(NamedTuple):
    """A link that signs somebody in once; `fingerprint` is the HMAC of its secret."""

    public_id: str
    person_id: str
    fingerprint: str
    expires_at: datetime
    opened_at: datetime | None


class StoredSignIn(NamedTuple):
    """A device on which somebody is signed in; `fingerprint` is the HMAC of what its cookie holds."""

    id: str
    person_id: str
    fingerprint: str
    device: str
    made_at: datetime
    seen_at: datetime


class PostedNote(NamedTuple):
    """A note and who put it there; it belongs to no session where it is a promise that was added by hand."""

    note: Note
    session_id: str | None
    posted_by: Role


class UnreadNote(NamedTuple):
    """A note that has no reading by an engine's present version."""

    mentorship_id: str
    session_id: str
    held_on: date
    note: Note


class UnreadClauses(NamedTuple):
    """A note that was not held against the contract in force on its session's day."""

    mentorship_id: str
    session_id: str
    held_on: date
    contract_version: int
    note: Note


class Claim(NamedTuple):
    """A request that may be sent again: whose it is, under which key, what it asks and about which mentorship."""

    scope: str
    key: str
    request_digest: str
    acts_as: Role
    mentorship_id: str | None


class Erasure(NamedTuple):
    """Something that is erased, and whether no byte of it is left."""

    id: str
    mentorship_id: str
    asked_by: Role
    done: bool = False


class MentorshipChange(NamedTuple):
    """What to change of a mentorship; `fields` names those that were sent, null ones included."""

    fields: frozenset[str]
    paused_until: date | None = None
    ended_on: date | None = None
    external_llm: bool | None = None
    erasure_asked: bool | None = None


class SessionChange(NamedTuple):
    """What to change of a session; `fields` names those that were sent, null ones included."""

    fields: frozenset[str]
    held_on: date | None = None
    duration_minutes: int | None = None
    channel: str | None = None


class Answer(NamedTuple):
    """A stored answer to a request that may be sent again."""

    request_digest: str
    status: int | None
    body: bytes | None


class Store(Protocol):
    """The only truth. Each method is one transaction, durable when it returns.

    A change with `if_revision` raises Outdated unless the mentorship is still at this revision.
    """

    def add_mentorship(self, mentorship: Mentorship) -> bool:
        """Record a mentorship; False when its id is there already."""
        ...

    def mentorship(self, mentorship_id: str) -> Mentorship:
        """Return it, or raise NotFound. Its status is as stored: `Coach` works out the day's."""
        ...

    def mentorships(self, *, after: str | None, limit: int) -> list[Mentorship]:
        """Return at most limit mentorships in the order they were made, after the named one; no samples."""
        ...

    def revision(self, mentorship_id: str) -> int:
        """At which revision it is: another one after each change of anything in it. 0 where there is none."""
        ...

    def change_mentorship(
        self,
        mentorship_id: str,
        change: MentorshipChange,
        *,
        by: Side,
        if_revision: int | None = None,
    ) -> None:
        """Change what is named; an agreement to an external model is that of `by`, and so is a wish to erase.

        NotFound without it. `erasure_asked` only takes back: `erase_mentorship` asks.
        """
        ...

    def add_key(self, key: StoredKey) -> bool:
        """Record a key; False when its id is there already."""
        ...

    def key(self, public_id: str) -> StoredKey | None:
        """Return the key with this public id."""
        ...

    def keys(self, mentorship_id: str) -> list[StoredKey]:
        """Return all keys of a mentorship, oldest first."""
        ...

    def revoke_key(self, mentorship_id: str, key_id: str, *, at: datetime) -> bool:
        """Revoke at once; False when there is no such key. A second time changes nothing."""
        ...

    def add_account(self, account: Account) -> bool:
        """Record somebody who can sign in; False when their id is there already."""
        ...

    def account(self, person_id: str) -> Account:
        """Return it, or raise NotFound."""
        ...

    def accounts(self) -> list[Account]:
        """Return everybody who can sign in, in the order they were added."""
        ...

    def name_account(self, person_id: str, name: str) -> None:
        """Change the name of an account; mentorships keep the names they were made with."""
        ...

    def memberships(self, person_id: str) -> list[Membership]:
        """Return the mentorships that somebody is part of, oldest first, each with their side."""
        ...

    def side_of(self, person_id: str, mentorship_id: str) -> Side:
        """Return on which side of a mentorship somebody is; NotFound where they are on none."""
        ...

    def meetings(self, *, until: date) -> list[Meetings]:
        """Return every mentorship with how often the two have met and when last; nothing of what was said."""
        ...

    def add_invite(self, invite: StoredInvite) -> bool:
        """Record a link in place of the person's unopened ones; False when it is there already. NotFound without them."""
        ...

    def invite(self, public_id: str) -> StoredInvite | None:
        """Return the link with this public id."""
        ...

    def open_invite(self, public_id: str, sign_in: StoredSignIn) -> bool:
        """Open a link of this person and record the device; False, and nothing is recorded, where it was opened."""
        ...

    def sign_in(self, sign_in_id: str) -> StoredSignIn | None:
        """Return the sign-in of a device."""
        ...

    def sign_ins(self, person_id: str, *, seen_since: datetime) -> list[SignIn]:
        """Return the devices of somebody that were seen since then, newest first."""
        ...

    def see_sign_in(self, sign_in_id: str, *, at: datetime) -> None:
        """Record that a device was seen."""
        ...

    def end_sign_in(self, person_id: str, sign_in_id: str) -> bool:
        """Sign a device of somebody out at once; False when there is no such."""
        ...

    def add_contract(
        self, mentorship_id: str, contract: Contract, *, if_revision: int | None = None
    ) -> Contract:
        """Record the next version; the number is the store's."""
        ...

    def contracts(self, mentorship_id: str) -> list[Contract]:
        """Return every version, lowest first."""
        ...

    def agree(self, mentorship_id: str, version: int, side: Side) -> Contract:
        """Add a side to `agreed_by`; NotFound when there is no such version."""
        ...

    def add_session(self, mentorship_id: str, session: Session, *, posted_by: Role) -> bool:
        """Record a session with its notes, all or nothing; False when its id is there already.

        Conflict when one of its ids was erased.
        """
        ...

    def add_note(self, mentorship_id: str, session_id: str, note: Note, *, posted_by: Role) -> bool:
        """Record one more note; NotFound where its poster sees no such session, False when its id is there already.

        Conflict when its id was erased.
        """
        ...

    def notes(self, note_ids: Sequence[str]) -> tuple[Note, ...]:
        """Those of these notes that are there, as they stand now, for keeping the index right only."""
        ...

    def sessions(self, mentorship_id: str, audience: Audience, as_of: date) -> tuple[Session, ...]:
        """Every session up to a day with the notes an audience may see, oldest first."""
        ...

    def poster(self, mentorship_id: str, audience: Audience, session_id: str) -> Role:
        """Return who posted a session that the audience sees, else raise NotFound."""
        ...

    def posted_note(self, mentorship_id: str, audience: Audience, note_id: str) -> PostedNote:
        """Return a note the audience may see, or a promise added by hand as the note it is; else raise NotFound."""
        ...

    def set_visibility(
        self,
        mentorship_id: str,
        note_id: str,
        visibility: Visibility,
        *,
        if_revision: int | None = None,
    ) -> None:
        """Change who may see a note, or a promise that was added by hand."""
        ...

    def change_session(  # noqa: PLR0913 - what it is changed by, and what stands against that
        self,
        mentorship_id: str,
        session_id: str,
        change: SessionChange,
        *,
        by: Audience,
        settled: bool = False,
        if_revision: int | None = None,
    ) -> tuple[Note, ...]:
        """Change a session; all its notes, which are to be read anew where its day changed.

        NotFound where `by` sees no such session, NotAllowed unless it posted it, Conflict while something
        of others that it sees hangs on it: a note, a correction of what was read there, or, where `settled` says
        so, a decision on a warning that rests on it.
        """
        ...

    def erase_note(self, erasure: Erasure, note_id: str, *, if_revision: int | None = None) -> None:
        """Erase a note with its readings and every stored answer. Bytes may be left until the erasure is done.

        A promise that was added by hand is a note here, too.
        """
        ...

    def erase_session(
        self,
        erasure: Erasure,
        session_id: str,
        *,
        settled: bool = False,
        if_revision: int | None = None,
    ) -> list[str]:
        """Erase a session, for its poster with the poster's own notes, for the admin with all; which notes went.

        What others keep to themselves in it stays, and the session for them alone. Raises what
        `change_session` raises.
        """
        ...

    def erase_mentorship(
        self, erasure: Erasure, *, if_revision: int | None = None
    ) -> list[str] | None:
        """Erase a mentorship with all that hangs on it, keys too; which notes went. NotFound without it.

        A side's wish alone is kept and erases nothing: None until the other side wants it, too.
        """
        ...

    def erasure(self, mentorship_id: str, erasure_id: str) -> Erasure:
        """Return how far it is, also after the mentorship is gone, or raise NotFound."""
        ...

    def pending_erasures(self) -> list[str]:
        """The ids of those that are not done."""
        ...

    def finish_erasures(self, ids: Sequence[str]) -> None:
        """Record that no byte is left of what they erased."""
        ...

    def rid_of_erased(self, *, seconds: float) -> bool:
        """Rid the files of what was erased so far; False while a reader keeps it there for longer than so."""
        ...

    def plan_session(
        self, mentorship_id: str, planned: NextSession | None, *, if_revision: int | None = None
    ) -> None:
        """Record when the two meet next, in place of what was planned; None takes it back."""
        ...

    def planned_session(self, mentorship_id: str) -> NextSession | None:
        """Return when the two meet next, None where nothing was planned; NotFound for no such mentorship."""
        ...

    def add_accesses(self, found: Iterable[tuple[str, Access]]) -> None:
        """Record who opened or changed what in which mentorship, once a day; what is too old goes.

        What is told of a mentorship that is not there is not recorded.
        """
        ...

    def accesses(self, mentorship_id: str, audience: Audience) -> list[Access]:
        """Return the accesses that an audience may know of, newest first."""
        ...

    def strike_question(
        self, person_id: str, mentorship_id: str, question_id: str, *, at: datetime | None
    ) -> None:
        """Record that somebody does not want to see a question; None takes that back."""
        ...

    def struck_questions(self, person_id: str, mentorship_id: str) -> frozenset[str]:
        """Return the ids of the questions that somebody does not want to see."""
        ...

    def add_preparation(
        self, mentorship_id: str, preparation: Preparation, *, made_at: datetime
    ) -> bool:
        """Record what a side wants from the next session; False when its id is there already."""
        ...

    def preparations(
        self, mentorship_id: str, audience: Audience, as_of: date
    ) -> list[Preparation]:
        """Return every preparation the audience may see, also for sessions that were held since."""
        ...

    def add_commitment(
        self, mentorship_id: str, added: AddedCommitment, *, by: Audience, made_at: datetime
    ) -> bool:
        """Record a promise that somebody added by hand; False when its id is there already.

        Conflict when its id was erased.
        """
        ...

    def add_correction(
        self,
        mentorship_id: str,
        correction: Correction,
        *,
        by: Audience,
        made_at: datetime,
        if_revision: int | None = None,
    ) -> None:
        """Record a person's word on a commitment; NotFound unless they may see what it was made in.

        That is a note or a promise added by hand: who may see that sees the word, and it is erased with it.
        """
        ...

    def add_fact_correction(
        self,
        mentorship_id: str,
        correction: FactCorrection,
        *,
        made_at: datetime,
        if_revision: int | None = None,
    ) -> None:
        """Record a side's word on a fact; NotFound unless that side may see its note.

        Who may see that note sees the word, and it is erased with it.
        """
        ...

    def add_decision(
        self,
        mentorship_id: str,
        decision: DriftDecision,
        *,
        contract: Contract | None = None,
        if_revision: int | None = None,
    ) -> DriftDecision:
        """Record how a warning was settled, and the next version of the contract where that amends it.

        Both or neither; the decision names the version. Where its id is there already, nothing is written and the
        earlier one is returned.
        """
        ...

    def history(self, mentorship_id: str, audience: Audience, as_of: date) -> History:
        """Return all that the audience may know at the end of that day.

        A note's reading is the embedded engine's newest that did not fail; a note that it has not tried yet has none.
        Its clause signals are those about the contract version in force on the day of the note's session.
        """
        ...

    def save_reading(
        self, note_id: str, reading: Reading, *, made_at: datetime, of_day: date | None = None
    ) -> None:
        """Keep a reading beside earlier ones of other engines and versions.

        Nothing is kept where the note is gone, or its session was moved to another day than it was read for.
        It can be made again: StoreUnavailable comes sooner here than elsewhere.
        """
        ...

    def save_second_reading(
        self, note_id: str, reading: Reading, rests_on: Grounds, *, made_at: datetime
    ) -> str | None:
        """Keep a model's reading unless something stands against it; then the reason, as in `withdrawn`."""
        ...

    def withdrawn(self, rests_on: Grounds) -> str | None:
        """Why a model may not be told what rests on this: `not_agreed`, or `withdrawn` where not all stands as it did."""
        ...

    def second_readings(
        self, mentorship_id: str, audience: Audience, as_of: date, versions: dict[Visibility, str]
    ) -> dict[str, Reading]:
        """What a model read in the notes of a history, each in the version for its note's visibility."""
        ...

    def unread(self, engine: EngineName, version: str) -> Iterator[UnreadNote]:
        """Every note that this engine in this version has not read, or failed at, for maintenance only."""
        ...

    def left_unread(self, engine: EngineName, version: str) -> Iterator[UnreadNote]:
        """Every note that this engine has read in no version, nor failed at in this one, oldest first."""
        ...

    def save_clause_reading(
        self, note_id: str, reading: ClauseReading, *, made_at: datetime
    ) -> None:
        """Keep what an engine found in a note about a contract version, in place of what it found before.

        It can be made again: StoreUnavailable comes sooner here than elsewhere.
        """
        ...

    def clauses_unread(
        self,
        engine: EngineName,
        version: str | None,
        *,
        mentorship_id: str | None = None,
        session_id: str | None = None,
    ) -> Iterator[UnreadClauses]:
        """Every note that this engine has not held against the contract version of its day, oldest first.

        Without a version, what any version of the engine has read counts as read. For reading only: nobody is shown it.
        """
        ...

    def save_second_clause_reading(
        self, note_id: str, reading: ClauseReading, rests_on: Grounds, *, made_at: datetime
    ) -> str | None:
        """Keep what a model read of the clauses unless something stands against it; then the reason, as in `withdrawn`."""
        ...

    def second_clause_readings(
        self, mentorship_id: str, audience: Audience, as_of: date, version: str
    ) -> dict[str, tuple[ClauseSignal, ...]]:
        """What a model read in the notes of a history about the contract version of their day, by the note's id."""
        ...

    def save_challenge(
        self, digest: str, version: str, answer: Challenge, rests_on: Grounds, *, made_at: datetime
    ) -> str | None:
        """Keep what a model said of a case unless something stands against it; then the reason, as in `withdrawn`.

        It goes with the first of the notes it rests on that is erased, shared anew or moved to another day.
        """
        ...

    def challenges(
        self, mentorship_id: str, audience: Audience, version: str
    ) -> dict[str, Challenge]:
        """What a model said of cases that rest on what this audience may see, by the case's digest."""
        ...

    def every_session(self) -> Iterator[tuple[Mentorship, Session]]:
        """Every session with all its notes, oldest first, for rebuilding the index only."""
        ...

    def begin_answer(self, claim: Claim, *, at: datetime) -> Answer | None:
        """Claim an idempotency key of one principal; the earlier answer when there is one.

        Its body is None where it is not to be repeated: something that its reader could see was erased,
        or shared anew, since that request began.
        """
        ...

    def keep_answer(self, claim: Claim, *, status: int, body: bytes | None) -> None:
        """Store the answer to a claimed key."""
        ...

    def drop_answer(self, claim: Claim) -> None:
        """Give a claim up, so that the request may be sent again."""
        ...

    def check(self) -> None:
        """Raise StoreUnavailable unless the database answers."""
        ...


IndexState = Literal["starting", "ready", "rebuilding"]


class Index(Protocol):
    """Finds passages. A cache: whatever it says is looked up in the sessions it is given."""

    @property
    def state(self) -> IndexState:
        """Whether vectors are used already; words are always searched."""
        ...

    @property
    def clean(self) -> bool:
        """Whether nothing that was to be forgotten is left on the disk."""
        ...

    def add(self, mentorship: Mentorship, session: Session, *, note_id: str | None = None) -> None:
        """Make the notes of a session findable, or one of them, each for those who may see it.

        Adding twice is the same as once.
        """
        ...

    def forget(self, mentorship_id: str, note_ids: Sequence[str]) -> None:
        """Make these notes unfindable at once, and rid the disk of their vectors soon after."""
        ...

    def search(
        self,
        mentorship: Mentorship,
        audience: Audience,
        sessions: Sequence[Session],
        *,
        query: str,
        limit: int,
    ) -> list[SessionHit]:
        """Return the best of the given sessions, best first, at most five passages each.

        Only what stands in `sessions` is found; an empty list when nothing matches.
        """
        ...


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Now, in UTC."""
        ...
