"""What people promise to do."""

TASKS = frozenset(
    """
    accept add address agree analyse answer apply approach arrange ask attend back bake block bring
    calculate call cancel carry chair change chase check clean clear close collect come compare
    compile complete confirm contact convert copy count cover create cut deliver describe design
    discuss do document draft email enter explain file fill film find finish fix forward follow get
    give go have help hire hold introduce invite join keep lead learn leave lend let list listen
    log look mail make mark measure meet message move name note offer open order organise organize
    paint pass pay phone photograph pick plan plant play post practise practice prepare present
    print propose publish pull put raise reach read record rehearse remind remove repair repeat
    rent reply report request research return review revise rewrite ring run say schedule search see
    sell send set shadow share shoot show sign sit sketch sort speak spend split spot start stay
    stop study submit suggest switch take talk tell test text think track train translate try turn
    type update upload use visit walk watch wear write
    """.split()
)
"""Verbs that name work which can be done and then is done."""


def base_form(verb: str) -> str:
    """`send` for `sends`, `catch` for `catches`; any other word as it stands."""
    cut = verb[:-1] if verb.endswith("s") else verb
    bases = (each for each in (cut, cut.removesuffix("e")) if each in TASKS)
    return next(bases, verb)
