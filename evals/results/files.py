"""Results as JSON files."""

from pathlib import Path

from pydantic import ValidationError

from coach.errors import Invalid
from evals.results.result import Result


def save(result: Result, folder: Path) -> Path:
    """Write a result as JSON; its name says when, what and by which engine."""
    folder.mkdir(parents=True, exist_ok=True)
    made = result.provenance
    path = folder / f"{made.made_at:%Y%m%dT%H%M%SZ}-{made.engine}-{result.suite}.json"
    path.write_text(as_json(result), encoding="utf-8")
    return path


def as_json(result: Result) -> str:
    """One figure a line, so that two results can be compared by eye."""
    return result.model_dump_json(indent=1) + "\n"


def load(path: Path) -> Result:
    """Read a result. Raises Invalid when it is none."""
    try:
        return Result.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Invalid(f"{path} cannot be read: {error.strerror}") from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise Invalid(f"{path} is not the result of a run") from error
