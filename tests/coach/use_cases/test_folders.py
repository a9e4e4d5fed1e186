from datetime import date
from pathlib import Path

import pytest

from coach.agreement.access import Principal
from coach.bootstrap import opened
from coach.errors import Invalid
from coach.settings import Settings
from coach.use_cases.folders import dated, files_below, session_of, take_in
from tests.builders import make_mentorship

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("name", "held_on"),
    [
        pytest.param("2026-03-01.md", DAY, id="dashes"),
        pytest.param("2026.03.01.md", DAY, id="dots"),
        pytest.param("Ana and Ben 2026-03-01 (call).txt", DAY, id="inside a name"),
        pytest.param("2026-03-01 about 2026-04-01.md", DAY, id="the first of two"),
        pytest.param("2026-13-01 2026-03-01.md", DAY, id="the first that is a day"),
        pytest.param("2024-02-29.md", date(2024, 2, 29), id="a leap day"),
        pytest.param("2026-02-29.md", None, id="no such day"),
        pytest.param("2026-03.01.md", None, id="mixed signs"),
        pytest.param("12026-03-01.md", None, id="inside a longer number before"),
        pytest.param("2026-03-011.md", None, id="inside a longer number behind"),
        pytest.param("20260301.md", None, id="no signs"),
        pytest.param("01-03-2026.md", None, id="the day first"),
        pytest.param("0000-00-00.md", None, id="zeros"),
        pytest.param("notes.md", None, id="no date"),
    ],
)
def test_the_day_of_a_session_is_the_first_date_in_a_files_name(name, held_on):
    taken, skipped = dated([Path(name)])

    assert taken == ([(held_on, Path(name))] if held_on else [])
    assert skipped == ([] if held_on else [Path(name)])


def test_files_come_oldest_first_whatever_they_are_called():
    files = [Path("z 2026-01-01.md"), Path("a 2026-03-01.md"), Path("m 2026-02-01.md")]

    taken, _ = dated(files)

    assert [file.name[0] for _, file in taken] == ["z", "m", "a"]


def test_every_note_below_a_folder_is_found(tmp_path):
    (tmp_path / "2026").mkdir()
    names = ["a.md", "b.TXT", "2026/c.vtt", "2026/d.srt", "e.markdown", "f.text"]
    for name in [*names, "picture.png", "2026/table.csv"]:
        (tmp_path / name).write_text("We met.")

    found = files_below(tmp_path)

    assert {str(each.relative_to(tmp_path)) for each in found} == set(names)


def test_a_file_is_taken_by_itself_whatever_its_ending(tmp_path):
    file = tmp_path / "2026-03-01"
    file.write_text("We met.")

    assert files_below(file) == [file]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(Invalid, match="no file or folder"):
        files_below(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("n.md", "markdown"),
        ("n.MD", "markdown"),
        ("n.txt", "text"),
        ("n.vtt", "vtt"),
        ("n.srt", "srt"),
        ("n", "text"),
    ],
    ids=["md", "MD", "txt", "vtt", "srt", "none"],
)
def test_the_ending_tells_the_format(tmp_path, name, kind):
    file = tmp_path / name
    file.write_text("We met.")

    assert session_of(DAY, file, author="mentor").notes[0].format == kind


def test_the_words_are_kept_as_they_are_but_for_a_byte_order_mark(tmp_path):
    file = tmp_path / "n.md"
    file.write_bytes(b"\xef\xbb\xbf- One\r\n- Zwei \xc3\xa4\n")

    session = session_of(DAY, file, author="mentor")

    assert session.held_on == DAY
    assert session.notes[0].text == "- One\r\n- Zwei ä\n"
    assert session.notes[0].author == "mentor"
    assert session.notes[0].visibility == "shared"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"caf\xe9", "n.md is not UTF-8 text", id="Latin-1"),
        pytest.param("We met.".encode("utf-16"), "n.md is not UTF-8 text", id="UTF-16"),
        pytest.param(b"a\x00b", "n.md holds a NUL character", id="NUL"),
    ],
)
def test_what_is_not_text_is_refused_by_its_files_name(tmp_path, content, told):
    file = tmp_path / "n.md"
    file.write_bytes(content)

    with pytest.raises(Invalid) as refused:
        session_of(DAY, file, author="mentor")

    assert str(refused.value) == told


def test_the_same_words_of_the_same_day_are_taken_in_once(tmp_path, clock):
    file, other = tmp_path / "n.md", tmp_path / "other.md"
    file.write_text("We met.")
    other.write_text("We met again.")
    sessions = [
        session_of(DAY, file, author="mentor"),
        session_of(DAY, file, author="mentor"),
        session_of(date(2026, 3, 2), file, author="mentor"),
        session_of(DAY, other, author="mentor"),
    ]

    with opened(Settings(data_dir=tmp_path / "data"), clock=clock) as parts:
        pair = parts.coach.create_mentorship(Principal("a", "admin", None), make_mentorship())
        taken = [take_in(parts.coach, pair.id, each) for each in sessions]
        kept = parts.coach.sessions(Principal("t", "tool", pair.id), pair.id)

    assert taken == [True, False, True, True]
    assert len(kept) == 3
