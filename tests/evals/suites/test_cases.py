"""Four faults put into the coach on purpose: each is caught, and the gate names its figure."""

import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coach.bootstrap import Parts
from coach.engines.embedded.engine import EmbeddedEngine
from coach.model.answers import Brief, Section
from coach.model.citations import Citation
from coach.model.facts import Statement
from coach.model.history import History
from coach.model.material import Material, Wording
from coach.model.readings import CommitmentSignal, EngineName, Reading
from coach.model.sessions import Note
from coach.ports import Engine, ReadingContext, Store
from coach.questions import promises, selection, templates
from coach.use_cases.coach import Coach
from evals.baselines.gate import differences
from evals.cases import Case, load
from evals.command import main
from evals.results.result import Result
from evals.subject import Subject, running
from evals.suites import cases as suite
from tests.evals.builders import LABELLED_CASE


@pytest.fixture(scope="module")
def case(tmp_path_factory) -> Case:
    path = tmp_path_factory.mktemp("cases") / "tiny.yaml"
    path.write_text(LABELLED_CASE, encoding="utf-8")
    return load(path)


@pytest.fixture(scope="module")
def sound(case) -> Result:
    """What the coach as it is makes of the case."""
    return measured(case)


def measured(case: Case) -> Result:
    return suite.run_cases([case], lambda _name: None)


def told(result: Result) -> dict[str, tuple[str, str]]:
    """What was said and wanted, by the name of the miss."""
    return {miss.what: (miss.said, miss.wanted) for miss in result.misses["tiny"]}


def stands_on(monkeypatch, *, engine: Engine | None = None, store=None) -> None:
    """Measure a coach that has a faulty part."""

    @contextmanager
    def faulty(_settings=None):
        with running() as parts:
            yield replace(parts, coach=coach_of(parts, engine, store))

    monkeypatch.setattr(suite, "running", faulty)


def coach_of(parts: Parts, engine: Engine | None, store) -> Coach:
    kept: Store = store(parts.store) if store else parts.store
    return Coach(
        kept,
        engine or EmbeddedEngine(),
        index=parts.index,
        pepper=parts.pepper,
        admin_key=None,
        clock=lambda: datetime(2026, 2, 1, tzinfo=UTC),
    )


def test_nothing_is_caught_in_the_coach_as_it_is(sound):
    caught = {name for name in told(sound) if name != "question"}

    assert caught == set()
    assert differences(sound, sound) == []


def test_a_run_gives_metrics_of_the_suite_alone(sound):
    assert {each.name for each in sound.metrics} <= {each.name for each in suite.SUITE.metrics}


def test_a_question_that_joins_two_is_caught(case, sound, monkeypatch):
    def joined(_prompt: str, *, quote: str = "", **_words: object) -> str:
        return f"What became of “{quote}”, and what will you do next?"

    monkeypatch.setattr(templates, "question", joined)
    monkeypatch.setattr(promises, "question", joined)
    monkeypatch.setattr(selection, "chosen", lambda offered, **_limit: tuple(offered))

    result = measured(case)

    said, broken = told(result)["question"]
    assert said.endswith("and what will you do next?")
    assert broken == "Q1"
    assert "questions keep Q1: 0, was 1, worse (tiny 1 → 0)" in differences(result, sound)


class MistakesOwners:
    """An engine that gives every promise to the mentor."""

    name: EngineName = "embedded"
    version = "1"

    def read(self, note: Note, context: ReadingContext) -> Reading:
        reading = EmbeddedEngine().read(note, context)
        wrong = tuple(
            each.model_copy(update={"owner": "mentor"}) for each in reading.of(CommitmentSignal)
        )
        return reading.having(CommitmentSignal, wrong)

    def word(self, material: Material) -> Wording:
        return EmbeddedEngine().word(material)


def test_a_wrong_owner_is_caught(case, sound, monkeypatch):
    stands_on(monkeypatch, engine=MistakesOwners())

    result = measured(case)

    quote = "Ben will send the draft of the talk to Ana by 12 January."
    assert told(result)["wrong owner"] == ("mentor", f"mentee: {quote}")
    assert "commitment owner: 0, was 1, worse (tiny 1 → 0)" in differences(result, sound)


class Inventing(Subject):
    """Answers with a brief that quotes what nobody wrote."""

    def brief(self, *asked) -> Brief:
        brief = super().brief(*asked)
        quote = "Ben has resigned."
        cited = brief.sections[0].statements[0].citations[0]
        invented = Statement(
            id="invented",
            text=quote,
            kind="change",
            citations=(
                Citation(**{**dict(cited), "end": cited.start + len(quote), "quote": quote}),
            ),
        )
        said = Section(kind="changed", title="Changed", statements=(invented,))
        return brief.model_copy(update={"sections": (said, *brief.sections)})


def test_an_invented_statement_is_caught(case, sound, monkeypatch):
    monkeypatch.setattr(suite, "Subject", Inventing)

    result = measured(case)

    assert told(result)["citation that quotes nothing"] == ("Ben has resigned.", "")
    named = [each for each in differences(result, sound) if each.startswith("grounding: ")]
    assert ", must be 1 (tiny 0." in named[0]


class TellsEverybody:
    """A store that forgets who asks."""

    def __init__(self, kept: Store) -> None:
        self._kept = kept

    def __getattr__(self, name: str):
        return getattr(self._kept, name)

    def history(self, mentorship_id, audience, as_of) -> History:
        everything = self._kept.history(mentorship_id, "mentor", as_of)
        return everything.model_copy(update={"audience": audience})


def test_a_leaked_private_line_is_caught(case, sound, monkeypatch):
    stands_on(monkeypatch, store=TellsEverybody)

    result = measured(case)

    assert told(result)["leaked to the mentee"] == ("Zorbulax", "")
    assert "leakage: 1, must be 0 (tiny 1)" in differences(result, sound)


def test_a_leak_fails_the_gate_even_where_the_baseline_leaks(case, monkeypatch):
    stands_on(monkeypatch, store=TellsEverybody)

    result = measured(case)

    assert differences(result, result) == ["leakage: 1, must be 0 (tiny 1)"]


def test_a_leak_is_never_accepted(case, monkeypatch, tmp_path, capsys):
    stands_on(monkeypatch, store=TellsEverybody)
    (tmp_path / "tiny.yaml").write_text(LABELLED_CASE, encoding="utf-8")
    known = tmp_path / "known.json"
    words = ["--data", tmp_path, "--out", tmp_path / "reports", "--against", known, "--accept"]
    monkeypatch.setattr(sys, "argv", ["evals", *map(str, words)])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 1
    assert "not accepted:\n  leakage: 1, must be 0 (tiny 1)" in capsys.readouterr().err
    assert not known.exists()
