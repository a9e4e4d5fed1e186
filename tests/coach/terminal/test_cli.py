"""The `coach` command: what it prints, what it refuses, and with which exit code."""

import http.client
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import textwrap
import time
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from coach.agreement.access import Principal
from coach.bootstrap import opened, reading_only
from coach.settings import Settings
from coach.terminal import cli
from coach.terminal.show import print_brief
from tests.builders import make_contract, make_mentorship, make_note, make_session

ADMIN = Principal("admin", "admin", None)
COMMANDS = {"demo", "serve", "invite", "ingest", "brief", "reindex", "reread", "backup", "keys"}
HEAVY = ("chromadb", "openai", "langchain", "fastapi", "sqlalchemy", "numpy")
NOTES = {
    "2026-02-02.md": "- Ben will send the budget draft to the board by 16 February.\n",
    "sub/2026.03.02 call.txt": "Ben sent the budget draft to the board. He is proud of it.\n",
    "shopping.md": "Milk.\n",
}


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"COACH_{name.upper()}", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def data_dir(tmp_path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def notes(tmp_path) -> Path:
    folder = tmp_path / "notes"
    for name, text in NOTES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def coach(monkeypatch, capsys, data_dir):
    """Run a command in this process as `main` does; return exit code, output and errors."""

    def run(*arguments: object, at: Path | None = data_dir) -> tuple[int, str, str]:
        folder = [] if at is None else ["--data-dir", str(at)]
        monkeypatch.setattr(sys, "argv", ["coach", *map(str, arguments), *folder])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return run


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Path:
    """Where the notes lie once they are taken in; tests get a copy."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def taken_in(coach, notes, data_dir, shelf) -> str:
    """Return the id of a mentorship made from the notes."""
    name = shelf / "name"
    if name.exists():
        shutil.copytree(shelf / "data", data_dir)
    else:
        code, told, _ = coach("ingest", notes, "--mentor", "Ana Lima", "--mentee", "Ben Okoro")
        assert code == 0
        shutil.copytree(data_dir, shelf / "data")
        name.write_text(told.split()[-1])
    return name.read_text()


def process(*arguments: object, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `coach` in a separate process, as people do."""
    return subprocess.run(
        [sys.executable, "-m", "coach", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin:/bin", "COLUMNS": "200", **settings},
    )


@contextmanager
def serving(data_dir: Path):
    """A server of this data directory in a separate process, on a free port."""
    with socket.socket() as looking:
        looking.bind(("127.0.0.1", 0))
        port = looking.getsockname()[1]
    command = [sys.executable, "-m", "coach", "serve", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--data-dir", str(data_dir)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as server:
        try:
            _wait_until_it_answers(port, server)
            yield port
        finally:
            server.terminate()
            server.communicate(timeout=30)


def _wait_until_it_answers(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as asking:
            try:
                asking.request("GET", "/healthz")
                assert asking.getresponse().status == 200
            except OSError:
                time.sleep(0.05)
            else:
                return
    raise AssertionError("the server did not start")


# help


def test_help_lists_every_command():
    told = CliRunner().invoke(cli.app, ["--help"], env={"TERM": "dumb"}).output

    assert set(re.findall(r"^\W*([a-z]+)  +\w", told, re.MULTILINE)) >= COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS), ids=str)
def test_every_command_explains_itself(command):
    result = CliRunner().invoke(cli.app, [command, "--help"])

    assert result.exit_code == 0
    assert "Usage" in result.output


def test_help_comes_at_once_because_nothing_heavy_is_imported():
    script = f"""
        import sys
        import coach.terminal.cli
        print([name for name in {HEAVY!r} if name in sys.modules])
    """

    told = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )

    assert told.stdout == "[]\n"


# demo


def test_the_demo_shows_both_pairs_and_keeps_nothing(tmp_path):
    told = subprocess.run(
        [sys.executable, "-m", "coach", "demo"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(cli.__file__).parents[2])},
    )

    assert (told.returncode, told.stderr) == (0, "")
    for pair in ("Aileen Strachan and Emre Tuncay", "For Emre, before the next session"):
        assert pair in told.stdout
    assert told.stdout.count("before the next session") == 5
    assert "as a strong language model writes it" in told.stdout
    assert "No model is asked here" in told.stdout
    assert "Questions worth asking" in told.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_demo_runs_in_this_process(coach):
    code, told, errors = coach("demo", at=None)

    assert (code, errors) == (0, "")
    assert "Every line above cites the words it rests on." in told


# ingest


def test_a_folder_becomes_one_session_a_file(coach, notes, data_dir):
    code, told, errors = coach(
        "ingest", notes, "--mentor", "Ana Lima", "--mentee", "Ben Okoro", "--author", "mentor"
    )

    assert (code, errors) == (0, "")
    assert "skipped, no date in its name: shopping.md" in told
    assert "2 sessions taken in, mentorship " in told
    with reading_only(Settings(data_dir=data_dir)) as parts:
        kept = list(parts.store.every_session())
    assert [session.held_on for _, session in kept] == [date(2026, 2, 2), date(2026, 3, 2)]
    assert {note.author for _, session in kept for note in session.notes} == {"mentor"}


def test_taking_a_folder_in_twice_adds_only_what_is_new(coach, notes, taken_in):
    (notes / "2026-03-16.md").write_text("We met again.")

    code, told, _ = coach("ingest", notes, "--mentor", "Ana Lima", "--mentee", "Ben Okoro")

    assert code == 0
    assert f"1 sessions taken in, 2 were there already, mentorship {taken_in}" in told


def test_one_file_goes_to_the_only_mentorship_there_is(coach, notes, taken_in):
    file = notes / "2026-04-01.md"
    file.write_text("We met again.")

    code, told, _ = coach("ingest", file)

    assert code == 0
    assert f"1 sessions taken in, mentorship {taken_in}" in told


def test_nothing_is_taken_in_when_one_file_cannot_be_read(coach, notes, data_dir):
    (notes / "2026-12-31.md").write_bytes(b"caf\xe9")

    code, _, errors = coach("ingest", notes, "--mentor", "Ana", "--mentee", "Ben")

    assert (code, errors) == (2, "coach: 2026-12-31.md is not UTF-8 text\n")
    assert not data_dir.exists()


# brief


def test_a_brief_is_printed_for_one_side(coach, taken_in):
    code, told, errors = coach("brief", "--as", "mentor", "--as-of", "2026-02-20")

    assert (code, errors) == (0, "")
    assert "Ana Lima and Ben Okoro: before the next session" in told
    assert "last session 18 days ago" in told
    assert "Their day has passed and the notes are silent" in told
    assert "Overdue" not in told
    assert "budget draft" in told


def test_a_brief_is_written_as_one_page(coach, taken_in, tmp_path):
    page = tmp_path / "brief.html"

    code, told, _ = coach("brief", "--as", "mentee", "--html", page, "--mentorship", taken_in)

    assert (code, told) == (0, "")
    text = page.read_text(encoding="utf-8")
    assert text.lstrip().lower().startswith("<!doctype html>")
    assert "budget draft" in text


def test_a_printed_brief_names_owners_warnings_and_what_was_not_read(data_dir, clock, capsys):
    spoken = (
        "Ben will send the budget draft to the board by 2 March. Ana will call the supplier. "
        "We will both read the book on feedback by 5 March. Somebody should order the crane."
    )
    foreign = (
        "Wir haben lange über den Plan für den Frühling gesprochen und nichts beschlossen. "
        "Er möchte sich das noch einmal in Ruhe überlegen, und ich habe ihm nichts geraten."
    )
    with opened(Settings(data_dir=data_dir), clock=clock) as parts:
        pair = parts.coach.create_mentorship(ADMIN, make_mentorship())
        tool = Principal("t", "tool", pair.id)
        parts.coach.agree_on_contract(tool, pair.id, make_contract())
        parts.coach.record_session(tool, pair.id, make_session(date(2026, 2, 13), foreign))
        parts.coach.record_session(tool, pair.id, make_session(date(2026, 2, 20), spoken))
        brief = parts.coach.brief(tool, pair.id)

    print_brief(Console(width=200), brief, pair)

    told = capsys.readouterr().out
    assert "Has the contract been left?" in told
    assert "A note of 13 February was not read" in told
    assert "Ben, due 2 March 2026" in told
    (warning, *_) = brief.drift
    ways = (warning.options.return_to, warning.options.amend_to)
    for text in (warning.message, warning.innocent_explanation, warning.question, *ways):
        assert text in told
    assert f"Clause, version 1: {warning.clause.text}" in told
    assert f"Seen: {warning.seen[0].computed}" in told


# keys


def test_a_key_is_shown_once_listed_without_its_secret_and_revoked(coach, taken_in):
    _, key, _ = coach("keys", "new", "--as", "mentee", "--expires-on", "2030-01-01")
    public_id = key.split("_")[2]
    _, listed, _ = coach("keys", "list")
    code, revoked, _ = coach("keys", "revoke", public_id)
    _, listed_after, _ = coach("keys", "list")

    assert re.fullmatch(r"msc_live_\w{8}_\w{43}_\w{6}\n", key)
    assert public_id in listed
    assert "2030-01-01" in listed
    assert key.split("_")[3] not in listed
    assert (code, revoked) == (0, f"revoked: {public_id}\n")
    assert len(re.findall(r"\d\d:\d\d", listed)) == 1
    assert len(re.findall(r"\d\d:\d\d", listed_after)) == 2


def test_a_key_that_is_not_there_cannot_be_revoked(coach, taken_in):
    code, _, errors = coach("keys", "revoke", "nothing")

    assert (code, errors) == (2, "coach: no such key\n")


# upkeep


def test_the_index_is_built_anew(coach, taken_in, data_dir):
    assert coach("reindex")[0] == 0

    with opened(Settings(data_dir=data_dir)) as parts:
        assert parts.index.settle(timeout_seconds=30)
        tool = Principal("t", "tool", taken_in)
        assert parts.coach.search(tool, taken_in, query="budget draft", limit=5).sessions


def test_only_what_was_not_read_is_read_again(coach, taken_in, data_dir):
    with opened(Settings(data_dir=data_dir)) as parts:
        session = make_session(date(2026, 4, 1), "We met again.")
        parts.store.add_session(taken_in, session, posted_by="tool")

    _, first, _ = coach("reread")
    _, second, _ = coach("reread")

    assert "1 notes read" in first
    assert "0 notes read" in second


def test_a_backup_opens_and_equals_what_was_backed_up(coach, taken_in, data_dir, tmp_path):
    restored = tmp_path / "restored"
    restored.mkdir()

    code, told, _ = coach("backup", restored / "coach.db")

    assert code == 0
    assert "written: " in told
    with (
        reading_only(Settings(data_dir=data_dir)) as parts,
        reading_only(Settings(data_dir=restored)) as again,
    ):
        assert list(again.store.every_session()) == list(parts.store.every_session())
        assert len(list(again.store.every_session())) == 2


# beside a server


def test_beside_a_server_reading_works_and_writing_is_refused(coach, taken_in, data_dir, tmp_path):
    with serving(data_dir) as port:
        refused = [
            coach(*command)
            for command in (
                ["ingest", tmp_path / "notes"],
                ["keys", "new", "--as", "mentor"],
                ["keys", "revoke", "nothing"],
                ["reindex"],
                ["reread"],
                ["serve", "--port", port],
            )
        ]
        brief = coach("brief", "--as", "mentor")
        listed = coach("keys", "list")
        backup = coach("backup", tmp_path / "copy.db")

    for code, told, errors in refused:
        assert code == 2
        assert "taken in" not in told
        assert errors.startswith("coach: another process uses ")
        assert errors.count("\n") == 1
    assert "budget draft" in brief[1]
    assert [brief[0], listed[0], backup[0]] == [0, 0, 0]


def test_a_port_that_is_taken_is_said_in_one_line(coach):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, told, errors = coach("serve", "--port", taken.getsockname()[1])

    assert (code, told) == (2, "")
    assert re.fullmatch(r"coach: Address already in use.*\n", errors)


# links


def test_an_invite_prints_one_link_that_opens(coach, data_dir):
    code, told, errors = coach("invite", "Ana Lima")

    assert (code, errors) == (0, "")
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/welcome/msc_live_\w+\n", told)
    with opened(Settings(data_dir=data_dir)) as parts:
        assert parts.coach.invited(told.strip().rpartition("/")[2]).name == "Ana Lima"


def test_who_is_known_by_name_is_invited_again_and_not_added_anew(coach, data_dir):
    coach("invite", "Ana Lima")
    coach("invite", "Ana Lima", "--administrator")

    with opened(Settings(data_dir=data_dir)) as parts:
        assert [each.name for each in parts.store.accounts()] == ["Ana Lima"]


def test_an_invite_works_beside_a_server_and_names_its_address(coach, data_dir):
    with serving(data_dir) as port:
        code, told, _ = coach("invite", "Ana Lima", "--address", f"http://127.0.0.1:{port}")
        place = told.strip().partition(f":{port}")[2]
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as asking:
            asking.request("GET", place)
            page = asking.getresponse()
            body = page.read().decode()

    assert code == 0
    assert page.status == 200
    assert "Welcome" in body
    assert "Ana" in body


def test_the_address_that_is_set_stands_in_links(coach, monkeypatch):
    monkeypatch.setenv("COACH_PUBLIC_URL", "https://coach.example.org/")

    _, told, _ = coach("invite", "Ana Lima")

    assert told.startswith("https://coach.example.org/welcome/")


# mistakes


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["--nope"], "No such option: --nope", id="an unknown option"),
        pytest.param(["brief", "--nope"], "No such option: --nope", id="of a command"),
        pytest.param(["nope"], "No such command 'nope'.", id="an unknown command"),
        pytest.param(["keys", "nope"], "No such command 'nope'.", id="an unknown command of keys"),
        pytest.param(["ingest"], "Missing argument 'path'.", id="a missing argument"),
        pytest.param(
            ["brief"], "Missing option '--as'. Choose from: mentor, mentee", id="a missing option"
        ),
        pytest.param(["brief", "--as", "tool"], "Invalid value for '--as'", id="an unknown reader"),
        pytest.param(["serve", "--port", "99999"], "Invalid value for '--port'", id="a wrong port"),
        pytest.param(["serve", "--port", "x"], "Invalid value for '--port'", id="no port"),
        pytest.param(
            ["brief", "--as", "mentor", "--as-of", "tomorrow"],
            "a day is written YYYY-MM-DD, not 'tomorrow'",
            id="no day",
        ),
        pytest.param(
            ["reindex", "--data-dir", "nowhere"], "nothing is kept in nowhere yet", id="no data"
        ),
        pytest.param(["ingest", "nowhere"], "there is no file or folder nowhere", id="no notes"),
        pytest.param(
            ["keys", "new", "--as", "admin"], "Invalid value for '--as'", id="no such role"
        ),
        pytest.param([], "no command was given", id="nothing"),
    ],
)
def test_a_mistake_gives_one_line_and_exit_code_2(coach, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)

    code, _, errors = coach(*arguments, at=None)

    assert code == 2
    assert errors.startswith(f"coach: {told}")
    assert errors.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(
            ["brief", "--as", "mentor", "--mentorship", "nobody"],
            "no such mentorship",
            id="unknown",
        ),
        pytest.param(
            ["keys", "new", "--as", "tool"],
            "there are several mentorships: name one with --mentorship",
            id="one of two",
        ),
        pytest.param(
            ["brief", "--as", "mentor", "--mentorship", "b", "--html", "no/where.html"],
            "No such file or directory: no/where.html",
            id="nowhere to write to",
        ),
        pytest.param(
            ["backup", "no/where.db"], "No such file or directory: no/where.db", id="no folder"
        ),
        pytest.param(["backup", "."], ". is there already", id="something there"),
        pytest.param(["ingest", "2026-01-01.md", "--mentor", "Ana"], "give both", id="one name"),
        pytest.param(
            ["ingest", "2026-01-01.md", "--mentor", "Ana", "--mentorship", "b"],
            "give --mentorship, or",
            id="a name too many",
        ),
        pytest.param(["ingest", "undated.md"], "no file with a date in its name", id="no date"),
    ],
)
def test_a_mistake_about_what_is_kept_gives_one_line(
    coach, data_dir, tmp_path, monkeypatch, arguments, told
):
    monkeypatch.chdir(tmp_path)
    for name in ("2026-01-01.md", "undated.md"):
        Path(name).write_text("We met.")
    with opened(Settings(data_dir=data_dir)) as parts:
        for name in ("a", "b"):
            parts.store.add_mentorship(make_mentorship(id=name))

    code, _, errors = coach(*arguments)

    assert code == 2
    assert errors.startswith(f"coach: {told}")
    assert errors.count("\n") == 1


def test_a_first_mentorship_needs_two_names(coach, notes):
    code, _, errors = coach("ingest", notes)

    assert code == 2
    assert errors.startswith("coach: there is no mentorship yet")


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"COACH_ADMIN_KEY": "short"}, "COACH_ADMIN_KEY needs 32 characters or more"),
        ({"COACH_PEPPER": "short"}, "COACH_PEPPER needs 16 characters or more"),
        ({"COACH_LOG_LEVEL": "short"}, "COACH_LOG_LEVEL takes one of"),
    ],
    ids=["admin key", "pepper", "log level"],
)
def test_a_wrong_setting_gives_one_line_that_does_not_repeat_it(tmp_path, setting, told):
    answer = process("serve", "--data-dir", tmp_path / "data", **setting)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith(f"coach: {told}")
    assert answer.stderr.count("\n") == 1
    assert "short" not in answer.stderr


def test_a_newer_database_keeps_the_server_from_starting_in_one_line(coach, taken_in, data_dir):
    with sqlite3.connect(data_dir / "coach.db") as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()

    code, _, errors = coach("serve")

    assert code == 2
    assert errors.startswith("coach: the database is at version 9999, newer than this program")
    assert errors.count("\n") == 1


def test_what_was_pasted_into_a_note_cannot_steer_the_terminal(tmp_path):
    console = Console(record=True, width=200)
    note = make_note("Worried about \x1b]0;owned\x07 the \x1b[2J big release in March.")
    with opened(Settings(data_dir=tmp_path)) as parts:
        pair = parts.coach.create_mentorship(ADMIN, make_mentorship())
        mentor = Principal("k", "mentor", pair.id)
        parts.coach.record_session(mentor, pair.id, make_session(date(2026, 3, 2), note))

        print_brief(console, parts.coach.brief(mentor, pair.id, date(2026, 3, 3)), pair)

    shown = console.export_text(styles=False)
    assert "big release in March" in shown
    assert "\x1b" not in shown
    assert "\x07" not in shown
