"""The words that made-up histories are composed of."""

VERBS = {
    "draft": "drafted",
    "send": "sent",
    "rehearse": "rehearsed",
    "review": "reviewed",
    "rewrite": "rewrote",
    "measure": "measured",
    "sketch": "sketched",
    "finish": "finished",
    "book": "booked",
    "present": "presented",
    "collect": "collected",
    "compare": "compared",
}
THINGS = (
    "rollout plan",
    "risk list",
    "cost estimate",
    "interview guide",
    "hiring rubric",
    "incident report",
    "test strategy",
    "capacity forecast",
    "supplier contract",
    "training outline",
    "quarterly summary",
    "onboarding checklist",
    "decision log",
    "budget table",
    "customer survey",
    "migration script",
    "release calendar",
    "escalation path",
    "slide deck",
    "workshop agenda",
)
PLACES = (
    "warehouse",
    "payments",
    "billing",
    "returns",
    "harbour depot",
    "northern branch",
    "call centre",
    "loyalty card",
    "invoice",
    "night shift",
    "pricing",
    "mobile app",
    "data platform",
    "fraud desk",
    "delivery fleet",
    "packing hall",
    "refund",
    "wholesale",
    "export",
    "catalogue",
)
OTHERS = ("Odile", "Farid", "Wanda", "Piet", "Sunniva", "Yusuf", "Carmen", "Leopold")
TOLD = (
    "I'm proud that the {place} {thing} was approved without a single change.",
    "The {place} demo went really well, {other} rang me to say so and I walked home the long way.",
    "I finally managed to explain the {place} numbers to {other} without slides.",
    "My worry is the {place} {thing}: we are behind schedule and nobody has said it aloud.",
    "I'm scared that the {place} team falls apart when {other} leaves.",
    "I'm not sure whether the {place} work is still mine, or why I keep holding on to it.",
    "I wonder if I should ask {other} for help with the {thing} or just work another weekend.",
    "{other} has announced a new reporting line for {place} from the first of the month.",
    "There is a new manager in {place} and she wants to see the {thing} before anything is signed.",
    "I tried to run the {place} stand-up with questions alone, and it took me three goes to "
    "stay quiet.",
    "We tested the {thing} with two people from {place}; both got lost on the same page.",
    "I talked to {other} about the {place} figures and learned that half of them are guesses.",
    "We agreed that the {place} {thing} comes before everything else until the end of the quarter.",
    "We decided to park the {place} idea, because it only keeps me from the {thing}.",
    "{other} said I explain {place} well but hide behind the {thing} when somebody disagrees.",
    "Every time {place} comes up I put it off and polish the {thing} instead.",
    "What I learned: a {thing} of one page gets read, and a {place} folder of forty does not.",
    "Next time I want to talk about {place} and how to say no to {other}.",
)
ASIDES = (
    "It rained the whole way and the tram was full, so we began ten minutes late and with "
    "wet shoes.",
    "{other} looked in halfway through, took the last biscuit and left again without a word.",
    "The room upstairs was taken, so we sat in the canteen between two loud tables and "
    "shared one chair.",
    "Marit drew the usual two boxes and an arrow on a napkin and asked me which box I am "
    "standing in.",
    "Tea, then the {thing}, then more tea, because the {place} part was harder to say than I "
    "thought.",
    "I read the {thing} out loud and heard for myself where the {place} part stops making sense.",
    "Marit asked what {other} would say about {place} if he were sitting here, and I had no "
    "good answer.",
    "We spent a good quarter of an hour on {place} and on what the {thing} is really "
    "supposed to change.",
)
RESULTS = (
    "{past} the {place} {thing} for {other}, done.",
    "The {place} {thing} for {other}: {past} it on time.",
    "I {past} the {place} {thing} for {other} on the evening before it was due.",
    "Only half of the {place} {thing} for {other} is there so far.",
    "Did not get to the {place} {thing} for {other}, nothing sent yet.",
    "The {place} {thing} for {other} was dropped, it is no longer needed.",
)
# In the order of the results: most promises are kept, some halfway or not at all, few dropped.
RESULT_ODDS = (5, 5, 5, 2, 2, 1)
PROMISES = (
    "I'll {verb} the {place} {thing} for {other} by {due}",
    "I will {verb} the {place} {thing} for {other} before our next session",
    "Marit will {verb} the {place} {thing} for {other} by {due}",
)
PRIVATE = (
    "He talks about {place} to avoid the {thing}. I did not push, I will ask once more and "
    "then wait.",
    "Tired today. {other} is on his mind more than the {thing}, and I am not sure that he sees it.",
    "I said too much about {place}. Next time I ask, count to ten, and let him find the "
    "{thing} himself.",
    "Good hour. He said the hard sentence about {other} without being asked, I was proud of him.",
)
