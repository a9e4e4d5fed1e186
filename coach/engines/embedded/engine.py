"""The default engine.

Reads a note by its structure and with a small trained reader, in this process, with nothing else.
"""

from coach.engines.embedded.facts import finding
from coach.engines.embedded.forms import worded
from coach.engines.embedded.outcomes import outcomes
from coach.engines.embedded.promises import promises
from coach.engines.embedded.reader import Reader
from coach.engines.embedded.sentences import in_sentences
from coach.errors import EngineFailed
from coach.language.dates import order_shown
from coach.language.detection import foreign_language
from coach.language.names import Writer, people_of
from coach.model.material import Material, Wording
from coach.model.readings import EngineName, Reading
from coach.model.sessions import Note
from coach.notes.meetings import meetings_and_absences
from coach.notes.portions import Limits, both_ends, portion
from coach.notes.sentences import units
from coach.notes.speakers import speakers
from coach.ports import ReadingContext


class EmbeddedEngine:
    """The default engine: the same note always gives the same reading."""

    name: EngineName = "embedded"
    version = "5"

    def __init__(self, reader: Reader | None = None, *, limits: Limits | None = None) -> None:
        self._reader = reader or Reader()
        self._limits = limits or Limits()

    def read(self, note: Note, context: ReadingContext) -> Reading:
        """See Engine."""
        try:
            return self._read(note, context)
        except EngineFailed:
            raise
        except Exception as error:
            # A mistake of ours in one note must not take the answers of the whole mentorship down.
            raise EngineFailed(f"the embedded engine could not read note {note.id}") from error

    def word(self, material: Material) -> Wording:
        """See Engine."""
        return in_sentences(material)

    def _read(self, note: Note, context: ReadingContext) -> Reading:
        if language := foreign_language(note.text):
            return Reading(engine=self.name, version=self.version, unread_language=language)
        every = units(note)
        taken = portion([len(each.text) for each in every], self._limits, share=context.share)
        found = both_ends(every, most=taken)
        whole = taken == len(every)
        people = people_of(context.mentorship)
        said_by = speakers(found, note.author, people)
        writer = Writer(note.author, people, context.held_on)
        scored = self._reader.scored(found, said_by, context.mentorship)
        sentences = worded(found, said_by, writer)
        promised = promises(sentences, writer, [each.promise for each in scored])
        starts = {promise.start for promise in promised}
        fact_from = self._reader.calibration.fact_from
        told = list(zip(found, said_by, strict=True))
        held_on = context.held_on
        facts = (
            finding(unit, score, said_by=side, promised=unit.start in starts, fact_from=fact_from)
            for (unit, side), score in zip(told, scored, strict=True)
        )
        return Reading(
            engine=self.name,
            version=self.version if whole else f"{self.version} in part",
            signals=(
                *(each for each in facts if each),
                *promised,
                *outcomes(
                    sentences,
                    held_on,
                    promised=starts,
                    scores=[each.outcomes for each in scored],
                ),
                *meetings_and_absences(found, held_on),
            ),
            day_first=order_shown(note.text),
            unread_from=None if whole else every[taken - taken // 2].start,
        )
