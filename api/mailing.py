"""Links by e-mail, where a mail server is set: in bounded time, and in no log."""

import hashlib
import logging
import re
import smtplib
import ssl
import time
from collections import deque
from datetime import datetime
from email.message import EmailMessage
from threading import Lock, Semaphore, Thread
from typing import NamedTuple

from coach.language.phrasing import day
from coach.model.people import Account
from coach.settings import Settings

_SECONDS = 10.0
"""So long one step of a mail server may take, and the whole of it for who waits. Chosen by hand."""
_AT_ONCE = 4
_AN_HOUR, _HOUR_SECONDS = 60, 3600.0
"""More links in an hour no coach invites by hand: what comes then is a mistake or a misuse."""
_TLS_PORT = 465
_ADDRESS = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*")
_TEXT = """Hello {name},

{why}

Open this link on the device that you want to use. It opens once, and until {until}:

{url}

If you did not expect this, do nothing: nothing will happen.
"""

logger = logging.getLogger("coach.api.mailing")


class Letter(NamedTuple):
    """A link for somebody, and where it goes."""

    to: str
    name: str
    why: str
    url: str
    until: datetime


def letter_for(account: Account, url: str, until: datetime, *, why: str = "") -> Letter:
    """The letter to somebody with an account; it goes nowhere where no address is known of them."""
    said = why or "you can sign in to Session Coach."
    return Letter(account.email or "", account.name, said, url, until)


class Mailer:
    """Sends links by the mail server of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._places = Semaphore(_AT_ONCE)
        self._lock = Lock()
        self._sent: deque[tuple[float, bytes]] = deque()

    @property
    def there(self) -> bool:
        """Whether a mail server is set."""
        return self._settings.smtp_host is not None

    def send(self, letter: Letter) -> bool:
        """Send it, in a few seconds at most; False where it was not sent for certain.

        The same link to the same address is sent once.
        """
        if not (self.there and is_address(letter.to)):
            return False
        mark = hashlib.sha256(f"{letter.to}\n{letter.url}".encode()).digest()
        place = self._taken(mark)
        if place is None:
            return True
        if not place:
            logger.warning("mail not sent", extra={"error": "TooMany"})
            return False
        result: list[bool] = []
        thread = Thread(
            target=self._tried, args=(letter, mark, result), name="mailing", daemon=True
        )
        thread.start()
        thread.join(_SECONDS)
        return result == [True]

    def _taken(self, mark: bytes) -> bool | None:
        """Whether there is a place to send from now; None where this was sent already."""
        with self._lock:
            since = time.monotonic() - _HOUR_SECONDS
            while self._sent and self._sent[0][0] < since:
                self._sent.popleft()
            if mark in {each for _, each in self._sent}:
                return None
            if len(self._sent) >= _AN_HOUR or not self._places.acquire(blocking=False):
                return False
            self._sent.append((time.monotonic(), mark))
            return True

    def _tried(self, letter: Letter, mark: bytes, result: list[bool]) -> None:
        try:
            self._given_to_the_server(letter)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            # An error of a mail server may repeat the address.
            logger.warning("mail not sent", extra={"error": type(error).__name__})
            with self._lock:
                self._sent = deque(each for each in self._sent if each[1] != mark)
            result.append(False)
        else:
            result.append(True)
        finally:
            self._places.release()

    def _given_to_the_server(self, letter: Letter) -> None:
        said, context = self._settings, ssl.create_default_context()
        host, port = str(said.smtp_host), said.smtp_port
        server: smtplib.SMTP
        if port == _TLS_PORT:
            server = smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=_SECONDS)
        with server:
            if said.smtp_starttls and port != _TLS_PORT:
                server.starttls(context=context)
            if said.smtp_user and said.smtp_password:
                server.login(said.smtp_user, said.smtp_password.get_secret_value())
            message = _message(letter, sender=str(said.smtp_from))
            server.send_message(message, said.smtp_from, [letter.to])


def is_address(text: str) -> bool:
    """Whether this looks like one e-mail address that every mail server takes."""
    return bool(_ADDRESS.fullmatch(text))


def _message(letter: Letter, *, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Your link to Session Coach"
    message["From"] = sender
    message["To"] = letter.to
    message["Auto-Submitted"] = "auto-generated"
    words = _TEXT.format(
        name=" ".join(letter.name.split()) or "there",
        why=letter.why,
        until=day(letter.until.date()),
        url=letter.url,
    )
    message.set_content(words)
    return message
