"""The sorts of channels: what people call them is free text."""

from coach.language.words import words as words_of

_SORTS = {
    word: sort
    for sort, words in {
        "video": "video zoom teams meet skype webex facetime hangouts hangout jitsi online virtual remote screen",
        "phone": "phone telephone tel call calls called landline mobile ring voice",
        "chat": "chat chats whatsapp slack telegram signal sms text texts texting messenger instagram insta imessage wechat discord message messages dm",
        "mail": "mail mails email emails e",
        "letter": "letter letters post",
        "in person": "person face office cafe café lunch coffee walk walking home house room visit onsite site",
    }.items()
    for word in words.split()
}


_CALLS = frozenset({"call", "calls", "called", "voice", "ring"})


def sorts_of(channel: str) -> set[str]:
    """Return the sorts of talking that a text names; a place or an unknown word names none.

    A call is by telephone, but not where the text says that it is one with pictures: `video call`.
    """
    words = words_of(channel)
    pictured = any(_SORTS.get(word) == "video" for word in words)
    heard = [word for word in words if not (pictured and word in _CALLS)]
    return {sort for word in heard if (sort := _SORTS.get(word))}
