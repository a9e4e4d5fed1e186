"""`coach` for people: demo, serve, invite, ingest, brief, keys, reindex, reread, backup.

Each command imports its heavy parts itself, so that help is shown at once.
"""
# ruff: noqa: PLC0415 - late imports are this module's point; Typer takes flags as booleans

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from coach.errors import CoachError, Invalid, NotFound

if TYPE_CHECKING:
    from rich.console import Console

    from coach.agreement.access import Principal
    from coach.bootstrap import Parts
    from coach.model.people import Mentorship
    from coach.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Keeps the work of a mentor and a mentee honest and alive.",
)
keys_app = typer.Typer(no_args_is_help=True, help="Make, list and revoke keys.")
app.add_typer(keys_app, name="keys")


_ALL = 1_000_000  # more mentorships than one data directory holds


class Reader(StrEnum):
    """Whose brief is shown."""

    mentor = "mentor"
    mentee = "mentee"


class KeyRole(StrEnum):
    """Whom a key acts for."""

    mentor = "mentor"
    mentee = "mentee"
    tool = "tool"


DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Where everything is kept; else COACH_DATA_DIR.")
]
MentorshipId = Annotated[
    str | None, typer.Option("--mentorship", help="Its id; not needed when there is only one.")
]


def main() -> None:
    """Run the command; on a mistake print one clear line and exit with code 2."""
    try:
        code = app(standalone_mode=False)
    except CoachError as error:
        _refuse(str(error))
    except TyperException as error:
        # Without a command the help is printed, and nothing more is said.
        _refuse(error.format_message() or "no command was given")
    except OSError as error:
        about = f": {error.filename}" if error.filename else ""
        _refuse(f"{error.strerror or error}{about}")
    else:
        sys.exit(code)


def _refuse(why: str) -> NoReturn:
    sys.stderr.write(f"coach: {' '.join(why.split())}\n")
    sys.exit(2)


@app.command()
def demo() -> None:
    """Show the main job on the two sample mentorships; nothing is kept."""
    from coach.terminal import demo as shown

    shown.run(_console())


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    data_dir: DataDir = None,
) -> None:
    """Serve the pages and the HTTP API; the first start prints a link to sign in with."""
    import uvicorn

    from api.app import create_app
    from coach.bootstrap import make_ready, model_notice

    # A reason that stops the start is one line; the server itself would print many.
    settings = _settings(data_dir)
    make_ready(settings)
    if notice := model_notice(settings):
        _console().print(notice, markup=False)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listening:
        if link := _first_link(settings, host, listening.getsockname()[1]):
            sys.stdout.write(f"Open this link once, in your browser, to begin: {link}\n")
            sys.stdout.flush()
        config = uvicorn.Config(create_app(settings), access_log=False)
        uvicorn.Server(config).run(sockets=[listening])


@app.command()
def invite(
    name: Annotated[str, typer.Argument(help="Who shall be able to sign in.")],
    administrator: Annotated[  # noqa: FBT002 - Typer takes flags as booleans
        bool, typer.Option("--administrator", help="May make links for others.")
    ] = False,
    address: Annotated[
        str, typer.Option(help="Where the pages are, unless COACH_PUBLIC_URL says it.")
    ] = "http://127.0.0.1:8000",
    data_dir: DataDir = None,
) -> None:
    """Make a link that signs somebody in once, also while a server runs.

    Whoever is new is added.
    """
    from api.web.addresses import configured, sign_in_link
    from coach.bootstrap import reading_only
    from coach.model.people import Person

    settings = _made_ready(_settings(data_dir))
    with reading_only(settings) as parts:
        known = [each for each in parts.coach.people(_admin()) if each.name == name]
        if len(known) > 1:
            raise Invalid(f"{len(known)} people are called so: an administrator picks one")
        person_id = known[0].id if known else None
        if person_id is None:
            added = parts.coach.add_person(_admin(), Person(name=name), administers=administrator)
            person_id = str(added.id)
        made = parts.coach.invite(_admin(), person_id)
    sys.stdout.write(f"{sign_in_link(configured(settings) or address, made.token)}\n")


@app.command()
def ingest(  # noqa: PLR0913, PLR0917 - one parameter an option
    path: Annotated[
        Path, typer.Argument(help="A note, or a folder of notes, with dates in their names.")
    ],
    mentorship: MentorshipId = None,
    mentor: Annotated[
        str | None, typer.Option(help="Name of the mentor, for a mentorship that may be new.")
    ] = None,
    mentee: Annotated[
        str | None, typer.Option(help="Name of the mentee, for a mentorship that may be new.")
    ] = None,
    author: Annotated[KeyRole, typer.Option(help="Who wrote the words.")] = KeyRole.mentee,
    data_dir: DataDir = None,
) -> None:
    """Take notes in, one session a file; the date is the first YYYY-MM-DD or YYYY.MM.DD in the name."""  # noqa: E501 - help is one line
    from coach.use_cases.folders import dated, files_below, session_of, take_in

    console = _console()
    taken, skipped = dated(files_below(path))
    for file in skipped:
        console.print(f"skipped, no date in its name: {file.name}", markup=False)
    if not taken:
        raise Invalid(f"no file with a date in its name at {path}")
    sessions = [session_of(held_on, file, author=author.value) for held_on, file in taken]
    with _opened(_settings(data_dir)) as parts:
        pair = _pair(parts, mentorship, mentor=mentor, mentee=mentee)
        new = 0
        with _counted(console, "Reading") as progress:
            for done, session in enumerate(sessions, start=1):
                new += take_in(parts.coach, pair.id, session)
                progress(done, len(sessions))
        parts.coach.settle_model()
    known = f", {len(sessions) - new} were there already" if new < len(sessions) else ""
    console.print(f"{new} sessions taken in{known}, mentorship {pair.id}", markup=False)


@app.command()
def brief(
    as_: Annotated[Reader, typer.Option("--as", help="Whose brief.")],
    mentorship: MentorshipId = None,
    as_of: Annotated[str | None, typer.Option(help="The day, YYYY-MM-DD; else today.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write one printable page here.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Print the brief before the next session, also while a server runs."""
    from api.web.pages import brief_page
    from coach.terminal.show import print_brief

    day = _day(as_of)
    with _read_only(data_dir) as parts:
        pair = _pair(parts, mentorship)
        made = parts.coach.brief(_as(as_.value, pair.id), pair.id, day)
        if html is not None:
            html.write_text(brief_page(made, pair, "html"), encoding="utf-8")
        else:
            print_brief(_console(), made, pair)


@app.command()
def reindex(data_dir: DataDir = None) -> None:
    """Build the search index anew from the database."""
    console = _console()
    with _opened(_existing(data_dir)) as parts, _counted(console, "Indexing") as progress:
        parts.index.rebuild(progress)


@app.command()
def reread(data_dir: DataDir = None) -> None:
    """Read every note again that the present engine has not read yet."""
    console = _console()
    with _opened(_existing(data_dir), catches_up=False) as parts:
        with _counted(console, "Reading") as progress:
            count = parts.coach.reread(progress)
        console.print(f"{count} notes read")


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="The file to write.")], data_dir: DataDir = None
) -> None:
    """Write a consistent copy of the database, also while a server runs."""
    from coach.bootstrap import backup as copy

    if target.exists():
        raise Invalid(f"{target} is there already")
    copy(_existing(data_dir), target)
    _console().print(f"written: {target}", markup=False)


@keys_app.command("new")
def new_key(
    as_: Annotated[KeyRole, typer.Option("--as", help="For whom it acts.")],
    mentorship: MentorshipId = None,
    expires_on: Annotated[str | None, typer.Option(help="Its last day, YYYY-MM-DD.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Make a key; it is shown this once."""
    day = _day(expires_on)
    with _opened(_existing(data_dir)) as parts:
        pair = _pair(parts, mentorship)
        made = parts.coach.mint_key(_admin(), pair.id, acts_as=as_.value, expires_on=day)
    sys.stdout.write(f"{made.secret}\n")


@keys_app.command("list")
def list_keys(mentorship: MentorshipId = None, data_dir: DataDir = None) -> None:
    """List the keys of a mentorship, without secrets."""
    from coach.terminal.show import print_keys

    with _read_only(data_dir) as parts:
        pair = _pair(parts, mentorship)
        print_keys(_console(), parts.coach.keys(_admin(), pair.id))


@keys_app.command("revoke")
def revoke_key(
    key_id: Annotated[str, typer.Argument(help="The key's id.")],
    mentorship: MentorshipId = None,
    data_dir: DataDir = None,
) -> None:
    """Refuse a key from now on."""
    with _opened(_existing(data_dir)) as parts:
        pair = _pair(parts, mentorship)
        parts.coach.revoke_key(_admin(), pair.id, key_id)
    _console().print(f"revoked: {key_id}", markup=False)


def _console() -> "Console":
    from rich.console import Console

    return Console()


def _settings(data_dir: Path | None) -> "Settings":
    from coach.settings import from_environment

    return from_environment(data_dir=data_dir)


def _existing(data_dir: Path | None) -> "Settings":
    """Return the settings if the data directory exists; a mistyped folder is not made."""
    settings = _settings(data_dir)
    if not (settings.data_dir / "coach.db").exists():
        raise NotFound(f"nothing is kept in {settings.data_dir} yet")
    return settings


def _made_ready(settings: "Settings") -> "Settings":
    """The settings, with the database up to date: that of a running server is so already."""
    from coach.bootstrap import make_ready
    from coach.errors import DataDirectoryHeld

    with suppress(DataDirectoryHeld):
        make_ready(settings)
    return settings


def _first_link(settings: "Settings", host: str, port: int) -> str | None:
    """A link for whoever starts the coach first; None once somebody has signed in."""
    from api.web.addresses import configured, sign_in_link
    from coach.bootstrap import reading_only

    shown = f"[{host}]" if ":" in host else host
    with reading_only(settings) as parts:
        made = parts.coach.first_invite()
    if made is None:
        return None
    return sign_in_link(configured(settings) or f"http://{shown}:{port}", made.token)


@contextmanager
def _opened(settings: "Settings", *, catches_up: bool = True) -> "Iterator[Parts]":
    from coach.bootstrap import opened

    with opened(settings, catches_up=catches_up) as parts:
        yield parts
        # Ten minutes are enough to read or embed very many notes. Chosen by hand; not measured.
        parts.coach.catching_up.settle(timeout_seconds=600)
        parts.index.settle(timeout_seconds=600)


@contextmanager
def _read_only(data_dir: Path | None) -> "Iterator[Parts]":
    from coach.bootstrap import reading_only

    with reading_only(_existing(data_dir)) as parts:
        yield parts


def _admin() -> "Principal":
    from coach.agreement.access import Principal

    return Principal("cli", "admin", None)


def _as(role: str, mentorship_id: str) -> "Principal":
    """Return a principal; whoever may open the data directory may act for anyone in it."""
    from coach.agreement.access import Principal

    return Principal("cli", role, mentorship_id)  # type: ignore[arg-type]


def _pair(
    parts: "Parts",
    mentorship_id: str | None,
    *,
    mentor: str | None = None,
    mentee: str | None = None,
) -> "Mentorship":
    """Return the named mentorship, or that of the two people, or the only one there is.

    With both names, a new mentorship is made when there is none.
    """
    from coach.model.people import Mentorship, Person

    if mentorship_id is not None:
        if mentor or mentee:
            raise Invalid("give --mentorship, or --mentor and --mentee, not both")
        return parts.coach.mentorship(_admin(), mentorship_id)
    found = parts.coach.mentorships(_admin(), after=None, limit=_ALL)
    if mentor and mentee:
        found = [each for each in found if (each.mentor.name, each.mentee.name) == (mentor, mentee)]
        if not found:
            pair = Mentorship(id="", mentor=Person(name=mentor), mentee=Person(name=mentee))
            return parts.coach.create_mentorship(_admin(), pair)
    elif mentor or mentee:
        raise Invalid("give both --mentor and --mentee")
    if len(found) == 1:
        return found[0]
    raise Invalid(
        "there are several mentorships: name one with --mentorship"
        if found
        else "there is no mentorship yet: coach ingest with --mentor and --mentee makes one"
    )


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"a day is written YYYY-MM-DD, not {text!r}") from None


@contextmanager
def _counted(console: "Console", what: str) -> Iterator[Callable[[int, int], None]]:
    from rich.progress import Progress

    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
