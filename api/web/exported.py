"""Everything that one may see, as a text that people can read."""

from api.web.agreement import NAMES
from api.web.pages import environment
from api.web.rendering import in_words, promised
from coach.agreement.clauses import agreed_clauses
from coach.model.answers import Export
from coach.model.contract import Contract


def as_markdown(export: Export) -> str:
    """An export in Markdown: notes as they were written, the rest in sentences and lists."""
    template = environment().get_template("export.md")
    return template.render(
        export=export,
        mentorship=export.mentorship,
        clauses=_clauses,
        promised=promised,
        quoted=_quoted,
    )


def _clauses(contract: Contract) -> list[tuple[str, str]]:
    """The clauses of a version by name, in words."""
    said = [each.clause for each in agreed_clauses(contract) if each.clause.name != "text"]
    return [(NAMES[each.name], in_words(each.text)) for each in said]


def _quoted(text: str) -> str:
    """The words as they are, set apart line by line."""
    return "\n".join(f"> {line}".rstrip() for line in text.rstrip("\n").split("\n"))
