"""A mind that reads as the labels of the cases say: the nearest to a careful model without one.

`python -m tests.faults.careful` tells how often its answers keep the explicit words of the notes,
and how often it leads.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pydantic import SecretStr

from coach.language.words import stems
from coach.settings import Settings
from evals.cases import FOLDER, Case, load_folder
from evals.cases.labels import CommitmentLabel
from evals.subject import Subject, Timings, running
from tests.faults.minds import Answer, Asked, Mind, minded, silent

_HELD = re.compile(r"Session of (\d{4}-\d\d-\d\d)")
_MOST = {"facts": 60, "commitments": 30, "outcomes": 30}


def careful(cases: Sequence[Case]) -> Mind:
    """A mind that knows the labels of these cases, and says no more than they do."""

    def answer(asked: Asked) -> Answer:
        return _read(asked, cases) if asked.call == "read" else silent(asked)

    return answer


def _read(asked: Asked, cases: Sequence[Case]) -> Answer:
    held = _HELD.search(asked.text)
    found: dict[str, list[Any]] = {name: [] for name in _MOST}
    for case in cases:
        sessions = {
            id_ for id_, each in case.sessions.items() if held and str(each.held_on) == held[1]
        }
        covered = {each.quote for point in case.labels.checkpoints for each in point.must_cover}
        for fact in case.labels.facts:
            if fact.session in sessions and (place := _place(asked, fact.quote)):
                matters = 3 if fact.quote in covered else 1 if fact.kind == "topic" else 2
                told = {"kind": fact.kind, "certainty": "stated", "matters": matters}
                found["facts"].append({**place, **told})
        for made in case.labels.commitments:
            if made.session in sessions and (place := _place(asked, made.quote)):
                due = made.due.isoformat() if made.due else None
                told = {"owner": made.owner, "action": made.action[:160], "due": due}
                found["commitments"].append({**place, **told, "more": [], "due_at_next": False})
            found["outcomes"] += _outcomes(asked, made, sessions)
    return {name: found[name][:most] for name, most in _MOST.items()}


def _outcomes(asked: Asked, made: CommitmentLabel, sessions: set[str]) -> list[Answer]:
    listed = _listed(asked, made)
    return [
        {
            **place,
            "commitment": listed,
            "status": each.status,
            "new_due": each.new_due.isoformat() if each.new_due else None,
        }
        for each in made.outcomes
        if listed and each.session in sessions and (place := _place(asked, each.quote))
    ]


def _listed(asked: Asked, made: CommitmentLabel) -> int | None:
    """The number in the list of open commitments that is most like a labelled one."""
    meant = stems(f"{made.action} {made.quote}")
    alike = [
        (len(stems(action) & meant) / (1 + len(stems(action))), n) for n, _, action in asked.open
    ]
    best = max(alike, default=(0.0, None))
    return best[1] if best[0] > 0.4 else None


def _place(asked: Asked, quote: str) -> dict[str, object] | None:
    """The passage that a quote begins in, and as much of the quote as stands there."""
    sought = _plain(quote)
    for n, text in asked.passages:
        shown = _plain(re.sub(r"^[^:]{1,40}: (?=.)", "", text))
        if sought in _plain(text):
            return {"n": n, "quote": quote[:330]}
        if len(shown) > 12 and sought.startswith(shown):
            return {
                "n": n,
                "quote": re.sub(r"^[^:]{1,40}: ", "", text)[:330]
                if shown in sought
                else text[:330],
            }
    return None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def main(words: Sequence[str] | None = None) -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(
        description="How a careful reading compares with explicit words."
    )
    parser.add_argument("--split", default="dev")
    parser.add_argument("--cases", type=int)
    given = parser.parse_args(words)
    cases = load_folder(FOLDER / given.split, split=given.split)[: given.cases]
    total: Counter[str] = Counter()
    with minded(careful(cases)) as address, running(_settings(address)) as parts:
        for case in cases:
            total += _counted(case, Subject(parts, case.file, Timings()), parts)
    sys.stdout.write("".join(f"{name:10}{value:6}\n" for name, value in sorted(total.items())))


def _settings(address: str) -> Settings:
    return Settings(
        llm_model="openai:careful", llm_base_url=address, llm_api_key=SecretStr("sk-not-a-key")
    )


def _counted(case: Case, subject: Subject, parts: Any) -> Counter[str]:
    found: Counter[str] = Counter()
    told = parts.coach._second.beside(parts.store.history(subject.pair.id, "mentor", subject.end))
    versions = {each: parts.model.version_for(each) for each in ("shared", "mentor", "mentee")}
    for reading in parts.store.second_readings(
        subject.pair.id, "mentor", subject.end, versions
    ).values():
        found.update(reading.checked.model_dump())
        found["notes"] += 1
    found["led"] += sum(each.engine == "llm" for each in told.readings.values())
    return found


if __name__ == "__main__":
    main()
