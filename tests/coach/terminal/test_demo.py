"""The last page of the demo.

What a strong model adds, replayed from answers that were written for the sample.
"""

from coach.settings import Settings
from coach.terminal.demo import RECORDED, strong_page


def test_the_recorded_answers_fit_the_sample_and_every_sentence_of_them_stands():
    page, pair = strong_page(Settings(llm_model=None, llm_replay=RECORDED))

    made = page.provenance
    # A question without an answer means that a prompt changed: `python -m
    # coach.terminal.sample_answers` makes them anew.
    assert (made.engine, made.reason, made.fell_back) == ("llm", None, False)
    assert (made.dropped.statements, made.dropped.questions) == (0, 0)
    assert made.prompts.keys() == {"ask", "read", "word"}
    assert made.led_by
    assert set(made.led_by.values()) == {"llm"}
    assert "Chapel Lane" in page.headline.text
    assert pair.mentor.name == "Denzil Rowe"
    told = [each.text for section in page.sections for each in section.statements]
    assert any("You will walk round" in each for each in told)
