from hypothesis import given
from hypothesis import strategies as st

from coach.ids import derived_id, random_id


def test_a_random_id_says_what_it_names_and_never_comes_again():
    made = {random_id("session") for _ in range(100)}

    assert len(made) == 100
    assert all(each.startswith("session_") and len(each) == len("session_") + 32 for each in made)


def test_a_derived_id_is_the_same_for_the_same_parts_for_ever():
    # Stored and shown to people: a change of this value breaks their links.
    assert derived_id("fact", "note_1", 3, 17, "win") == "fact_aaf9c566a75b137c54b0588e"


@given(
    one=st.lists(st.text(alphabet="ab1"), max_size=3),
    other=st.lists(st.text(alphabet="ab1"), max_size=3),
)
def test_different_parts_give_different_ids(one, other):
    assert (derived_id("fact", *one) == derived_id("fact", *other)) == (one == other)


def test_the_kind_is_part_of_what_is_named():
    assert derived_id("fact", "n").removeprefix("fact") != derived_id("drift", "n").removeprefix(
        "drift"
    )
