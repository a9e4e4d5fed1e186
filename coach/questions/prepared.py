"""A prompt on what the mentee asked of the next session already."""

from collections.abc import Iterator

from coach.ids import derived_id
from coach.language.phrasing import day
from coach.model.citations import Citation
from coach.model.questions import Question
from coach.model.sessions import Note, Preparation
from coach.notes.lines import plain
from coach.notes.sentences import Unit, units
from coach.questions.templates import Offer, Writer
from prompts import question


def on_preparations(writer: Writer, prompt: str) -> Iterator[Offer]:
    """One question on the newest preparation of the asked side that can be quoted."""
    for preparation in reversed(writer.history.preparations):
        if preparation.author != writer.ask_of or _answers_a_prompt(preparation):
            continue
        on = day(preparation.made_on, near=writer.history.as_of)
        for unit in units(_as_note(preparation)):
            quote = writer.quotable(plain(unit.text), question(prompt, day=on, quote=""))
            if quote is None:
                continue
            yield (
                prompt,
                Question(
                    id=derived_id("question", prompt, preparation.id, unit.start),
                    ask_of=writer.ask_of,
                    text=question(prompt, day=on, quote=quote),
                    intent="exploration",
                    citations=(_cited(preparation, unit),),
                ),
            )
            return


def _answers_a_prompt(preparation: Preparation) -> bool:
    """Whether it stands under the prompt that it answers: then it asks for nothing of its own."""
    first, _, rest = preparation.text.partition("\n")
    return bool(rest.strip()) and first.startswith("“") and first.rstrip().endswith("?”")


def _as_note(preparation: Preparation) -> Note:
    return Note(
        id=preparation.id,
        author=preparation.author,
        visibility=preparation.visibility,
        format="text",
        text=preparation.text,
    )


def _cited(preparation: Preparation, unit: Unit) -> Citation:
    return Citation(
        session_id=None,
        held_on=preparation.made_on,
        note_id=preparation.id,
        start=unit.start,
        end=unit.end,
        quote=preparation.text[unit.start : unit.end],
    )
