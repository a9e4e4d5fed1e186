"""Notes of our own in folders, published as people publish theirs."""

FRONT = "---\ntitle: Week 1\nauthor: Nadia Sow\n---\n\n"

NOTE = """\
# Week 1

## Attendees

- Nadia Sow
- Tom Hale

## Discussion

- I finally got the parser to pass every test, very proud of it.
- I am worried that the build is too slow for the release.

## Next steps

- Nadia will send the benchmark to Tom by 20 June.
"""

GERMAN = """\
# Woche 2

Wir haben heute über die nächsten Schritte gesprochen und beschlossen, \
dass ich den Bericht bis zum Freitag schreibe.
Danach wollen wir gemeinsam überlegen, wie es mit der Arbeit weitergeht \
und wer die Leitung übernimmt.
"""


def write_note_folders(tmp_path):
    """Two folders: one with everything that may stand in a folder, one with a single note."""
    parser = tmp_path / "2024__parser"
    parser.mkdir()
    (parser / "00_project_proposal.md").write_text("We meet every week.", encoding="utf-8")
    (parser / "2024-06-11.md").write_text(FRONT + NOTE, encoding="utf-8")
    (parser / "nadia_2024.06.18.md").write_text(FRONT + GERMAN, encoding="utf-8")
    (parser / "2024-06-25.md").write_bytes(b"caf\xe9")
    (parser / "2024-07-02.md").write_text(" \n", encoding="utf-8")
    (parser / "benchmark.md").write_text("1 2 3", encoding="utf-8")
    single = tmp_path / "2025__single"
    single.mkdir()
    (single / "2025-01-08.md").write_text("I'll book the room by Friday.", encoding="utf-8")
    return tmp_path
