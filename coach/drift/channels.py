"""Maps the free text that names a channel to sorts of channels."""

from coach.language.words import words as words_of

_SORTS = {
    word: sort
    for sort, words in {
        "video": (
            "video zoom teams meet skype webex facetime hangouts hangout jitsi online virtual "
            "remote screen"
        ),
        "phone": "phone telephone tel call calls called landline mobile ring voice",
        "chat": (
            "chat chats whatsapp slack telegram signal sms text texts texting messenger instagram "
            "insta imessage wechat discord message messages dm"
        ),
        "mail": "mail mails email emails e",
        "letter": "letter letters post",
        "in person": (
            "person face office cafe café lunch coffee walk walking home house room visit onsite "
            "site"
        ),
    }.items()
    for word in words.split()
}
"""Each word that people use for a channel, with its sort. Chosen by hand; not measured."""


_CALLS = frozenset({"call", "calls", "called", "voice", "ring"})
"""Words for a call that may be by telephone or by video."""


def sorts_of(channel: str) -> set[str]:
    """Return the sorts of channel that a text names; a place or an unknown word names none.

    A call counts as telephone, unless the text says that it is by video, as in `video call`.
    """
    words = words_of(channel)
    pictured = any(_SORTS.get(word) == "video" for word in words)
    heard = [word for word in words if not (pictured and word in _CALLS)]
    return {sort for word in heard if (sort := _SORTS.get(word))}
