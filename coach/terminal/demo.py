"""Shows the main job on the two sample mentorships, in a directory that is deleted afterwards."""

import tempfile
from datetime import date, timedelta
from importlib.resources import as_file, files
from pathlib import Path

from rich.console import Console
from rich.text import Text

from coach.agreement.access import Principal
from coach.bootstrap import Parts, opened
from coach.model.people import Audience, Mentorship
from coach.settings import Settings
from coach.terminal.show import print_brief, print_reflection
from coach.use_cases import casefile

_ADMIN = Principal("demo", "admin", None)
_SAMPLES = ("grid-planner.yaml", "ceramics-studio.yaml")


def run(console: Console) -> None:
    """Record both samples and print what each side gets before the next session."""
    with (
        tempfile.TemporaryDirectory() as directory,
        opened(Settings(data_dir=Path(directory))) as parts,
    ):
        for name in _SAMPLES:
            pair, tomorrow = take_in(parts, _sample(name))
            mentor = Principal("demo", "mentor", pair.id)
            print_brief(console, parts.coach.brief(mentor, pair.id, tomorrow), pair)
            mentee = Principal("demo", "mentee", pair.id)
            console.print()
            print_reflection(console, parts.coach.reflection(mentee, pair.id, tomorrow), pair)
        console.print()
        console.print(
            Text(
                "Every line above cites the words it rests on. Next: coach serve, or coach ingest.",
                "dim",
            )
        )


def _sample(name: str) -> casefile.CaseFile:
    with as_file(files("coach.terminal.sample").joinpath(name)) as path:
        return casefile.load(path)


def take_in(parts: Parts, case: casefile.CaseFile) -> tuple[Mentorship, date]:
    """Record a case; return its mentorship and the day after its last session."""
    pair = parts.coach.create_mentorship(_ADMIN, case.mentorship)
    for contract in case.contracts:
        parts.coach.agree_on_contract(Principal("demo", "mentor", pair.id), pair.id, contract)
    for session in case.sessions:
        report = parts.coach.record_session(
            Principal("demo", "tool", pair.id),
            pair.id,
            session.model_copy(
                update={"notes": tuple(n for n in session.notes if n.visibility == "shared")}
            ),
        )
        for note in session.notes:
            if note.visibility != "shared":
                side: Audience = note.visibility
                parts.coach.add_note(
                    Principal("demo", side, pair.id), pair.id, report.session.id, note
                )
    return pair, max(session.held_on for session in case.sessions) + timedelta(days=1)
