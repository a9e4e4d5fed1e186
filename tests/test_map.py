"""The page that says where to change what names places that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "coach/README.md").read_text(encoding="utf-8")


def test_every_place_that_the_map_names_is_there():
    named = re.findall(r"`((?:api|coach|evals|prompts|retrieval)/[\w./]*)`", PAGE)

    assert len(named) > 20
    assert [each for each in named if not (ROOT / each).exists()] == []


def test_every_folder_of_the_coach_is_on_the_map():
    folders = {each.name for each in (ROOT / "coach").iterdir() if (each / "__init__.py").exists()}

    assert {each for each in folders if f"coach/{each}/" not in PAGE} == set()
