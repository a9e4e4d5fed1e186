"""A link that signs somebody in: shown once to copy, and sent by e-mail where that is set up."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Response

from api.mailing import Letter, letter_for
from api.web.addresses import base_of, sign_in_link
from api.web.ground import Visit
from api.web.pairs import Pair
from api.web.standing import after_invite
from coach.use_cases.people import Invite


def link_page(visit: Visit, made: Invite, *, back: str, pair: Pair | None = None) -> Response:
    """The page that shows a link, and says whether it was sent too.

    The link works whatever the mail does.
    """
    account = visit.parts.store.account(made.person_id)
    url = sign_in_link(base_of(visit.request), made.token)
    letter = letter_for(account, url, made.expires_at)
    if pair is not None:
        letter = _from_the_other(letter, visit, pair)
    mailed = visit.mailer.send(letter) if visit.mailer.there and letter.to else None
    return visit.page(
        "web/link.html",
        pair,
        url=url,
        here_alone=_is_here_alone(url),
        name=account.name,
        until=made.expires_at,
        back=back,
        onward=None if pair is None else after_invite(visit, pair),
        mailed=mailed,
        to=letter.to,
    )


def _from_the_other(letter: Letter, visit: Visit, pair: Pair) -> Letter:
    """A letter as one of the two sends it to the other: to the address that they give."""
    mine = " ".join(pair.mentorship.person(pair.side).name.split())
    why = f"{mine} invites you to Session Coach, where the two of you keep your sessions together."
    return letter._replace(to=visit.form.get("email"), why=why)


def _is_here_alone(url: str) -> bool:
    """Whether an address leads nowhere but to the computer on which it is opened."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
