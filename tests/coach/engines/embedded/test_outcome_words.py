"""Outcomes that words leave no doubt about."""

import pytest

from coach.engines.embedded.outcome_words import status_outright


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The seed list has been on my desk since Tuesday.", "done"),
        ("The seed list is on my desk since Tuesday.", "done"),
        ("Your parcel arrived on the 4th.", "done"),
        ("The survey is in my inbox, 12 pages.", "done"),
        ("The forms were handed in on Friday.", "done"),
        ("The survey will be handed in on Friday.", None),
        ("Nothing has arrived so far.", None),
        ("If it is signed by May we can start.", None),
        ("The poster I did not draw and I will not draw.", "dropped"),
        ("Have not started it, nor will I ever.", "not_done"),
        ("Yes, a bad week. I still have not written to the council.", "not_done"),
        ("Olga still hasn't sent the seed list, she said June.", "not_done"),
        ("Well: didn't book the van.", "not_done"),
        ("She asked why I have not written.", None),
        ("Two of the five hives are painted.", "partly"),
        ("One out of six answered.", "partly"),
        ("Six of six answered.", None),
    ],
)
def test_outright_words(text, status):
    assert status_outright(text) == status
