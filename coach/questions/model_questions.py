"""A model's questions beside our own: those that keep every rule come first, ours fill the set.

A question may use the words of what it cites, of the goals, and of a closed list of words to ask
with. So no server can carry into a question what it heard elsewhere.
"""

import re
from collections.abc import Iterator, Sequence

from coach.ids import derived_id
from coach.language.phrasing import first_name
from coach.language.words import stems, words
from coach.model.material import Material, PageLine, Suggested
from coach.model.people import Side
from coach.model.questions import Question
from coach.notes.figures import Figures
from coach.questions.rules.grounding import grounded
from coach.questions.rules.sets import chosen
from coach.questions.rules.table import faults
from coach.questions.selection import AskedQuestions

_SHARED = 2
_TO_ASK_WITH = stems(
    """
    action agenda aim aloud alternative answer apart approach area arrive ask aspect assume aware
    balance barrier begin behaviour believe
    benefit best better big bring broken build call capable care carry case cause challenge chance
    change check choice choose clear close
    come common communicate compare complete concern concrete condition confidence confident
    connect consider continue contribute control
    conversation cost count courage curious current cut date day deal decide decision deep defend
    define delay deliver depend describe develop
    difference different difficult direct discover discuss doubt draw drop early easy effect effort
    end energy enough enter evidence exact
    example expect experience explain explore express face fact fail fall feedback feel fill find
    finish first fit fix focus follow form forward
    future gain gap give goal good great grow habit half hand happen hard help hold honest hope
    idea imagine impact important improve include
    influence inform insight interest involve issue join judge keep kind know language large late
    lead learn least leave lesson let level like limit
    line list little live long look lose main maintain make manage mark matter mean measure meet
    mind miss moment month more motivate move
    need new next note notice number obstacle offer once open opportunity option order outcome own
    pace part past pattern people person piece
    place plan point position possible practice practise prepare present prevent previous prior
    priority problem process progress promise protect
    prove purpose put question raise reach read ready real reason recent recognise reduce reflect
    relate relationship remain remember
    remove repeat request require reserve resource respond response responsibility rest result
    return reveal review right risk role room rule
    say second see sense sentence serve session set settle shape share short show sign significant
    signal simple situation size skill small solve sound
    space speak specific spend stage stand start state stay step stick stop story strange stranger
    strength strong struggle succeed success suggest
    suit support sure surprise take talk task teach tell term test thank thing think third time
    today together tomorrow top topic touch train true trust try turn
    uncertain understand unclear use useful value version view visible wait want way week weigh
    well whole win wish withdraw wonder
    word work worry worth write wrong year yourself
    came gave given gone went done made known saw seen said told took taken written spoke spoken
    began begun brought chosen
    grew grown led left lost met meant kept felt found thought understood easier harder hear heard
    besides instead both ring call
    """
)
_MARKUP = re.compile(r"[<>`|\[\]{}*_]|https?:|www\.", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_SAID = re.compile(
    r"(?<!\w)([^\W\d_]+)(?:['’]ve)?(?: have| had| has| also| once| just)? (?:said|says|told|wrote"
    r"|asked|mentioned|noted|described)(?!\w)|(?<!\w)did ([^\W\d_]+) say(?!\w)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.!?:“\"] )(?<!^)(?<!\w)[A-Z][\w’'-]+")


def combined(
    own: AskedQuestions,
    suggested: Sequence[Suggested],
    material: Material,
    *,
    of: Side,
    prompt: str,
) -> AskedQuestions:
    """Return at most five questions, the model's first.

    What of the model's breaks a rule or is not in the notes is counted as dropped.
    """
    kept = [
        question
        for question, told in _questions(suggested, material, of)
        if _stands(question, material, told) and _of_who_said_it(question, material, told)
    ]
    questions = chosen([*kept, *own.questions])
    used = {each.id for each in questions}
    prompts = {**own.prompts, **({"ask": prompt} if any(each.id in used for each in kept) else {})}
    fallen = len(suggested) - len(kept)
    return AskedQuestions(questions, dict(sorted(prompts.items())), own.dropped + fallen)


def _questions(
    suggested: Sequence[Suggested], material: Material, of: Side
) -> Iterator[tuple[Question, list[PageLine]]]:
    """Those that name lines there are, each with these lines."""
    goals = {goal.id for goal in material.goals}
    for each in suggested:
        if not each.of or any(not 0 <= n < len(material.lines) for n in each.of):
            continue
        told = [material.lines[n] for n in dict.fromkeys(each.of)]
        if material.audience != of and not all(line.shared for line in told):
            continue
        lines = [line.statement for line in told]
        text = " ".join(each.text.split())
        question = Question(
            id=derived_id("question", of, text, *(line.id for line in lines)),
            ask_of=of,
            text=text,
            intent=each.intent,
            about=each.about if each.about in goals else None,
            citations=tuple(citation for line in lines for citation in line.citations),
        )
        yield question, told


def _beside(lines: Sequence[PageLine]) -> Iterator[str]:
    """Yield what a question may speak of besides its lines, as far as both may read it.

    That is what stands around them and what is promised there.
    """
    for line in lines:
        yield from (
            cited.quote for each in line.around if each.shared for cited in each.statement.citations
        )
        if line.state_shared:
            yield line.task


def _says_of(text: str, cited: str) -> bool:
    """Whether a question speaks of what it cites.

    It has two words with meaning of it, or three words in a row.
    """
    said, there = words(text), f" {' '.join(words(cited))} "
    in_a_row = any(f" {' '.join(said[at : at + 3])} " in there for at in range(len(said) - 2))
    return in_a_row or len(stems(text) & stems(cited)) >= _SHARED


def _stands(question: Question, material: Material, lines: Sequence[PageLine]) -> bool:
    """Whether a question keeps the rules and names nothing but what it cites.

    That goes for names, numbers and words.
    """
    cited = " ".join((*(each.quote for each in question.citations), *_beside(lines)))
    people = {
        word
        for name in (material.mentorship.mentor.name, material.mentorship.mentee.name)
        for word in words(f"{name} {first_name(name)}'s")
    }
    known = set(words(cited)) | people | {word.removesuffix("'s") for word in words(cited)}
    goals = " ".join(f"{goal.statement} {goal.success_criteria or ''}" for goal in material.goals)
    may_say = (
        stems(cited)
        | stems(goals)
        | stems(" ".join(people))
        | _TO_ASK_WITH
        | stems(_days(question))
    )
    return (
        not faults(question.text)
        and grounded(question)
        and not _MARKUP.search(question.text)
        and _numbers_stand(question, f"{cited} {goals} {_days(question)}", material, lines)
        and all(
            {word.removesuffix("'s") for word in words(name)} <= known | _MONTHS
            for name in _NAME.findall(question.text)
        )
        and {each for each in stems(question.text) if not each.isdigit()}
        <= may_say | stems(" ".join(f"{day} {day}s" for day in _MONTHS & known))
        and _says_of(question.text, cited)
    )


def _numbers_stand(
    question: Question, known: str, material: Material, lines: Sequence[PageLine]
) -> bool:
    """Whether its numbers are cited as they are, or name days that are."""
    if set(_NUMBER.findall(question.text)) <= set(_NUMBER.findall(known)):
        return True
    return Figures(material).stand(
        question.text, [one for each in lines for one in (each, *_shared(each))]
    )


def _shared(line: PageLine) -> list[PageLine]:
    return [each for each in line.around if each.shared]


def _of_who_said_it(question: Question, material: Material, lines: Sequence[PageLine]) -> bool:
    """Whether whom it calls the speaker of what it cites is one, or is named there.

    `you` is who is asked.
    """
    said_by = {line.said_by for line in lines}
    cited = set(words(" ".join(each.quote for each in question.citations)))
    pair = material.mentorship
    sides: dict[str, Side] = {
        **dict.fromkeys(words(pair.mentor.name), "mentor"),
        **dict.fromkeys(words(pair.mentee.name), "mentee"),
        "you": question.ask_of,
    }
    called = [(by or did).lower() for by, did in _SAID.findall(question.text)]
    return all(
        sides[name] in said_by or name in cited - {"you"} for name in called if name in sides
    )


_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "i monday tuesday wednesday thursday friday saturday sunday".split()
)


def _days(question: Question) -> str:
    """The days of what is cited, as a question may name them."""
    return "".join(f" {each.held_on.day} {each.held_on.year}" for each in question.citations)
