"""Shows the main job on the two sample mentorships, in a directory that is deleted afterwards."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.text import Text

from coach.agreement.access import Principal
from coach.bootstrap import Parts, opened
from coach.model.answers import Brief
from coach.model.people import Audience, Mentorship
from coach.settings import Settings
from coach.terminal.show import print_brief, print_reflection
from coach.use_cases import casefile

_ADMIN = Principal("demo", "admin", None)
RECORDED = Path(__file__).parent / "sample" / "answers"
"""What a strong model answers about the second sample: written by hand for it, and replayed."""
_REPLAYED = (
    "No model is asked here: its answers were written by hand for this sample and are replayed. "
    "Every sentence passed the same checks as any model's."
)
_LONG_AFTER = datetime(2030, 1, 1, 12, tzinfo=UTC)
"""A day on which the samples are history: reading them words no report that nobody reads."""
_SAMPLES = ("grid-planner", "ceramics-studio")


def run(console: Console) -> None:
    """Record both samples and print what each side gets; last, a page that a model words."""
    with (
        tempfile.TemporaryDirectory() as directory,
        opened(Settings(data_dir=Path(directory))) as parts,
    ):
        for name in _SAMPLES:
            pair, tomorrow = take_in(parts, casefile.sample(name))
            mentor = Principal("demo", "mentor", pair.id)
            print_brief(console, parts.coach.brief(mentor, pair.id, tomorrow), pair)
            mentee = Principal("demo", "mentee", pair.id)
            console.print()
            print_reflection(console, parts.coach.reflection(mentee, pair.id, tomorrow), pair)
    console.rule("The last page again, as a strong language model writes it")
    console.print(Text(_REPLAYED, "dim"))
    print_brief(console, *strong_page(Settings(llm_model=None, llm_replay=RECORDED)))
    console.print()
    console.print(
        Text(
            "Every line above cites the words it rests on. Next: coach serve, or coach ingest.",
            "dim",
        )
    )


def strong_page(settings: Settings) -> tuple[Brief, Mentorship]:
    """The mentor's page of the second sample by the model of these settings.

    In a directory that is gone afterwards.
    """
    with (
        tempfile.TemporaryDirectory() as directory,
        opened(
            settings.model_copy(update={"data_dir": Path(directory)}), clock=lambda: _LONG_AFTER
        ) as parts,
    ):
        pair, tomorrow = take_in(parts, casefile.sample(_SAMPLES[-1]))
        parts.coach.settle_model()
        mentor = Principal("demo", "mentor", pair.id)
        return parts.coach.brief(mentor, pair.id, tomorrow), pair


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
