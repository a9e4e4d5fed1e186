"""Reads cases strictly: every error names its file and line.

The format is that of `coach.use_cases.casefile`, with labels under `gold`.
"""

from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from coach.errors import Invalid
from coach.use_cases import casefile
from evals.cases.case import Case
from evals.cases.label_checks import wrong_labels
from evals.cases.labels import Labels

FOLDER = Path(__file__).parent
Split = Literal["train", "dev", "test"]
SPLITS: tuple[Split, ...] = ("train", "dev", "test")


def load_split(split: Split) -> list[Case]:
    """Every case of a split, by name."""
    return load_folder(FOLDER / split, split=split)


def load_folder(folder: Path, *, split: str = "given") -> list[Case]:
    """Every case of a folder, by name. Raises Invalid for the first that is wrong."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise Invalid(f"there is no case in {folder}")
    return [load(path, split=split) for path in files]


def load(path: Path, *, split: str = "given") -> Case:
    """One case. Raises Invalid naming file and line of what is wrong."""
    file = casefile.load(path)
    try:
        labels = Labels.model_validate(file.gold)
    except ValidationError as error:
        first = error.errors()[0]
        place = ("gold", *first["loc"])
        raise Invalid(casefile.LineNumbers(path).told(place, str(first["msg"]))) from None
    case = Case(name=path.stem, split=split, file=file, labels=labels)
    for place, wrong in wrong_labels(case):
        raise Invalid(casefile.LineNumbers(path).told(("gold", *place), wrong))
    return case
