"""Labelled mentorships: `train` may teach, `dev` chooses, `test` is looked at last.

The split is by mentorship, and is the folder that a file lies in.
"""

from evals.cases.case import Case, NoteSpan
from evals.cases.labels import Checkpoint, CommitmentLabel, FactLabel, Label, Search
from evals.cases.loading import FOLDER, SPLITS, Split, load, load_folder, load_split

__all__ = [
    "FOLDER",
    "SPLITS",
    "Case",
    "Checkpoint",
    "CommitmentLabel",
    "FactLabel",
    "Label",
    "NoteSpan",
    "Search",
    "Split",
    "load",
    "load_folder",
    "load_split",
]
