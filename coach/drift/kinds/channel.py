"""D11 channel and availability: the two talk in another way, or at other hours, than agreed.

Definition: sessions or messages use a channel that the clause does not name.

Needs: the recorded channel of two sessions, each of another sort than every agreed channel. The
sorts are call, video call, chat, letter, mail and in person. Otherwise passages in two sessions, or
one plain passage (low).

Traps: one outage, the urgent path, a clause that names an exception, a platform by another name.
Every sort that the contract or its prose names is agreed.

Source: "Email, phone, text messages, social networks, Skype"; "Interaction format: face-to-face or
online"; "No need to write unnecessary messages".
"""

import re
from collections.abc import Iterator

from coach.agreement.clauses import agreed_clauses
from coach.drift.channels import sorts_of
from coach.drift.signals import RECENT_SESSIONS, Evidence, held_sessions, matter
from coach.drift.wording import Words, agreed, listed, severity_of, warning
from coach.ids import derived_id
from coach.language.phrasing import day
from coach.language.words import words as words_of
from coach.model.contract import Clause, Contract
from coach.model.drift import Computed, Drift, DriftOptions
from coach.model.history import History
from coach.model.sessions import Session

_TWICE = 2
"""Sessions on another channel before a warning: one may be an outage.

Chosen by hand; not measured.
"""
# A sentence that rules a channel out does not agree on it.
_NO = re.compile(r"(?<!\w)(?:no|not|never|without|instead)(?!\w)|n['’]t(?!\w)", re.IGNORECASE)
_NOT_OF_A_CHANNEL = frozenset(
    {"the", "a", "an", "in", "on", "at", "by", "and", "or", "our", "over"}
)


def channel(evidence: Evidence) -> Iterator[Drift]:
    """Warn of sessions on another channel as recorded, else of what the notes say about one."""
    found = (*_recorded(evidence), *_told(evidence))
    yield from found[:1]


def _recorded(evidence: Evidence) -> Iterator[Drift]:
    """Warn of recorded sessions on another sort of channel, if the newest one is among them."""
    history = evidence.history
    contract = history.contract
    if contract is None or not contract.channels:
        return
    excused = {
        each.session.id
        for each in evidence.said.of(["channels"])
        if each.signal.says in {"excuses", "amends", "keeps"}
    }
    recent = [each for each in _held_under(history, contract) if each.channel][-RECENT_SESSIONS:]
    other = [
        each
        for each in recent
        if each.id not in excused and _is_another(each.channel or "", contract)
    ]
    if len(other) >= _TWICE and other[-1] == recent[-1]:
        yield _warning(history, contract, other)


def _held_under(history: History, contract: Contract) -> list[Session]:
    begins = contract.effective_from
    return [each for each in held_sessions(history) if begins <= each.held_on]


def _is_another(used: str, contract: Contract) -> bool:
    """Whether a channel is of a known sort and of none that the contract names."""
    sorts = sorts_of(used)
    prose = [
        each.clause.text
        for each in agreed_clauses(contract)
        if each.kind == "channels" and not _NO.search(each.clause.text)
    ]
    allowed = {sort for each in (*contract.channels, *prose) for sort in sorts_of(each)}
    # A name that tells no sort, such as "Hefin's front room", is a place.
    allowed |= {"in person" for each in contract.channels if not sorts_of(each)}
    named = {word for each in contract.channels for word in words_of(each)} - _NOT_OF_A_CHANNEL
    return bool(sorts) and not sorts & allowed and not named & set(words_of(used))


def _warning(history: History, contract: Contract, other: list[Session]) -> Drift:
    clause = Clause(name="channels", version=contract.version, text=", ".join(contract.channels))
    used = listed(list(dict.fromkeys(each.channel or "" for each in other)))
    told = listed([day(each.held_on) for each in other])
    return Drift(
        id=derived_id("drift", history.mentorship.id, "channel", other[0].id),
        kind="channel",
        clause=clause,
        severity="medium" if len(other) > _TWICE else "low",
        confidence=0.75,
        since=other[0].held_on,
        seen=tuple(
            Computed(computed=f"{each.channel} on {each.held_on.isoformat()}; agreed {clause.text}")
            for each in other
        ),
        message=(
            f"{agreed(clause.text, clause.version)} The sessions of {told} were held over {used}."
        ),
        innocent_explanation=(
            "It may have been the only way on those days, or the one that you both prefer by now."
        ),
        question="Which way of talking suits you both now?",
        options=DriftOptions(
            return_to=f"Hold the next session over {_either(contract.channels)}, as agreed.",
            amend_to=f"Add it to the channels: “{', '.join((*contract.channels, used))}”.",
        ),
        by="data",
    )


def _either(channels: tuple[str, ...]) -> str:
    """Return the channels joined by "or": `Zoom`, `Zoom or phone`."""
    return " or ".join(channels)


def _told(evidence: Evidence) -> Iterator[Drift]:
    found = matter(evidence, "channels")
    if found is None:
        return
    words = Words(
        seen="tell of another way",
        innocent="It may have been an outage, something urgent, or handier for you both that day.",
        question="Which ways of reaching each other suit you both now?",
        return_to=f"Go back to what you agreed: “{found.clause.clause.text}”",
        amend_to="Add the other way to the channels, with what it is for and until what hour.",
    )
    yield warning(evidence, "channel", found, words, severity=severity_of(found))
