import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.model.citations import LONGEST_QUOTE
from retrieval.passages import split
from tests import cost

FORMATS = ("markdown", "text", "vtt", "srt")
PIECES = [
    *("\n", "\n\n", "\r\n", " ", "\t", "# ", "- ", "1. ", "> ", "| ", " | ", "|---|", "```", ": "),
    *("WEBVTT\n\n", "00:01.000 --> 00:02.000\n", "1\n", "<v Tom>", "</v>", "NOTE ", "Tom: "),
    *(". ", "? ", "! ", "...", ")", "”", "。", "e.g. ", "word", "Wort", "日本語", "ไทย", "नमस्ते"),
    *("👩‍👩‍👧", "e\u0301", "\u202e", "\u200b", "\x00", "\ufeff", "\u2028", "x" * 400, "a, " * 150),
]


def texts(note):
    return [piece.text for piece in split(note)]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=40).map("".join),
    st.sampled_from(FORMATS),
)
def test_every_passage_stands_in_the_note_as_it_says(make_note, text, written):
    pieces = split(make_note(text, format=written))

    ends = [0, *(piece.end for piece in pieces)]
    for piece, end_before in zip(pieces, ends, strict=False):
        assert text[piece.start : piece.end] == piece.text
        assert end_before <= piece.start < piece.end <= len(text)
        assert len(piece.text) <= LONGEST_QUOTE
        assert piece.text == piece.text.strip()
        assert any(character.isalnum() for character in piece.text)


def test_markdown_gives_sentences_bullets_rows_and_long_headings(make_note):
    note = make_note(
        "# Session\n\n## What we agreed today\nTom spoke first. Dr. Roy, e.g., came at 9.30 a.m. "
        "and left!\n\n- [x] wrote to Anna. Twice.\n* [ ] book a room\n  near the lake\n"
        "1) read the book\n\n| who | what |\n|-----|:----:|\n| Tom | the offer |\n> quoted words\n"
        "---\n```\ncode here\n```\n",
        format="markdown",
    )

    assert texts(note) == [
        "What we agreed today",
        "Tom spoke first.",
        "Dr. Roy, e.g., came at 9.30 a.m. and left!",
        "wrote to Anna. Twice.",
        "book a room\n  near the lake",
        "read the book",
        "Tom | the offer",
        "quoted words",
    ]


def test_a_sentence_that_an_editor_wrapped_is_one_passage_and_short_lines_are_their_own(make_note):
    note = make_note(
        "We spoke for a long time about what the next role of Tom\nmight be. He was unsure.\n"
        "met the CFO\nwants a raise\n"
    )

    assert texts(note) == [
        "We spoke for a long time about what the next role of Tom\nmight be.",
        "He was unsure.",
        "met the CFO",
        "wants a raise",
    ]


def test_a_transcript_in_plain_text_gives_one_passage_a_turn(make_note):
    note = make_note("[00:12] Tom Becker: I did it. Really.\nPriya: Well done! How?\n")

    assert texts(note) == ["I did it. Really.", "Well done! How?"]


def test_sentences_end_without_white_space_where_the_script_has_none(make_note):
    note = make_note("会いました。元気でしたか。また来週。")

    assert texts(note) == ["会いました。", "元気でしたか。", "また来週。"]


def test_webvtt_gives_only_what_was_said(make_note):
    note = make_note(
        "WEBVTT - a title\n\nNOTE nobody said this\n\nSTYLE\n::cue { color: red }\n\n"
        "intro\n00:00:01.000 --> 00:00:04.000 align:start\n<v Priya Nair>How was <i>it</i>?</v>\n\n"
        "00:04.000 --> 00:06.000\n- Good.\n- And you?\n\n"
        "00:06.000 --> 00:08.000\nTom: I wrote\nto Anna.\nPriya: <00:07.000>Great.\n",
        format="vtt",
    )

    assert texts(note) == [
        "How was <i>it</i>?",
        "Good.",
        "And you?",
        "I wrote\nto Anna.",
        "Great.",
    ]


def test_subrip_gives_only_what_was_said_even_without_empty_lines(make_note):
    note = make_note(
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nWe start at 5.\r\n\r\n"
        "2\r\n00:00:02,000 --> 00:00:03,000\r\n12.\r\n3\r\n00:00:03,000 --> "
        "00:00:04,000\r\nBye\r\n",
        format="srt",
    )

    assert texts(note) == ["We start at 5.", "12.", "Bye"]


def test_a_transcript_without_timings_is_read_as_text(make_note):
    assert texts(make_note("Tom: hello there", format="vtt")) == ["Tom: hello there"]


def test_what_is_too_long_to_quote_is_cut_after_a_sentence_a_clause_or_a_word(make_note):
    sentences = "- " + "He said that the plan is fine. " * 20
    clauses = "- " + "first this, " * 60
    solid = "x" * (2 * LONGEST_QUOTE + 5)

    assert all(text.endswith("fine.") for text in texts(make_note(sentences)))
    assert all(text.endswith("this,") for text in texts(make_note(clauses)))
    assert [len(text) for text in texts(make_note(solid))] == [LONGEST_QUOTE, LONGEST_QUOTE, 5]


@pytest.mark.parametrize("written", FORMATS)
@pytest.mark.parametrize(
    "nearly",
    [
        pytest.param(near, id=f"near-miss-{number}")
        for number, near in enumerate(
            (".", ".)", "a.", "> ", "- ", "<", "<v ", "|", " ", "\n", "1", "a: ", "。”", "_*", "0:")
        )
    ],
)
def test_a_near_miss_takes_time_in_proportion_to_its_length(make_note, written, nearly):
    def near(size):
        text = "00:01.000 --> 00:02.000\n" + nearly * (size // len(nearly))
        note = make_note(text, format=written)
        return cost.seconds(lambda: split(note), times=2)

    # In proportion it is four times, a square would be sixteen. Very short times are not judged.
    assert near(40_000) < 9 * max(near(10_000), 0.0125)
