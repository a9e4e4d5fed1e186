"""Notes in a language that is not read."""

import pytest

from coach.language.detection import foreign_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我们谈了预算和日程", "zh"),
        ("来週までに資料を送ります", "ja"),
        ("คุยเรื่องแผนงานกับอนา", "th"),
        ("говорили о плане и сроках", "ru"),
        ("Je rappelle la mairie avant lundi pour la salle", "fr"),
        ("Ich rufe bis Montag die Schule an und frage nach", "de"),
        ("Llamaré a la escuela antes del lunes", "es"),
        ("Call the school, ask for Ana", None),
        ("de la Cruz paper sent, no reply", None),
        ("Q3 budget, hiring freeze, roadmap, launch", None),
        ("ok", None),
        ("", None),
    ],
)
def test_a_short_note_is_known_by_its_letters_or_small_words(text, language):
    assert foreign_language(text) == language
