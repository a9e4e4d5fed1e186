"""A browser without a screen: it keeps cookies, reads the forms of a page, and sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

import httpx2
from starlette.testclient import TestClient

from tests.api.world import World


@dataclass
class Shape:
    """A form of a page: where it goes, what it holds already, and the names of its parts."""

    action: str
    method: str = "get"
    held: dict[str, str | list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Shape] = []
        self._open: Shape | None = None
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Shape(given.get("action", ""), given.get("method", "get").lower())
            self.found.append(self._open)
        elif self._open is not None:
            self._part(tag, given)

    def _part(self, tag: str, given: dict[str, str]) -> None:
        assert self._open is not None
        name = given.get("name", "")
        if name:
            self._open.names.add(name)
        if tag == "input" and name and given.get("type") not in {"radio", "checkbox", "file"}:
            self._hold(name, given.get("value", ""))
        elif tag == "input" and name and "checked" in given:
            self._hold(name, given.get("value", "on"))
        elif tag == "textarea":
            self._area = name
            self._hold(name, "")
        elif tag == "select":
            self._select = name
            self._hold(name, "")
        elif tag == "option" and self._select and "selected" in given:
            self._open.held[self._select] = given.get("value", "")

    def _hold(self, name: str, value: str) -> None:
        assert self._open is not None
        earlier = self._open.held.get(name)
        if name.startswith("goal_"):
            self._open.held[name] = [*(earlier or []), value]
        else:
            self._open.held[name] = value

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._area:
            self._open.held[self._area] = data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""


def forms_of(page: str) -> list[Shape]:
    """Every form of a page."""
    parser = _Forms()
    parser.feed(page)
    return parser.found


class Browser:
    """Somebody's browser."""

    def __init__(self, world: World) -> None:
        self.client = TestClient(
            world.client.app,
            raise_server_exceptions=False,
            follow_redirects=False,
            headers={"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"},
        )
        # The application's own loop answers all of them.
        self.client.portal = world.client.portal

    def get(self, place: str, **request) -> httpx2.Response:
        """A page."""
        return self.client.get(path_of(place), **request)

    def page(self, place: str) -> str:
        """The text of a page that is there."""
        answer = self.get(place)
        assert answer.status_code == 200, f"{place}: {answer.status_code} {answer.text[-900:]}"
        return answer.text

    def form(self, place: str, action: str | None = None) -> Shape:
        """The form on a page that goes there; the first one of the page's own without."""
        page = self.page(place)
        goes = path_of(place) if action is None else action
        found = [each for each in forms_of(page) if (each.action or path_of(place)) == goes]
        assert found, f"no form to {goes} on {place}"
        return found[0]

    def send(
        self, place: str, action: str | None = None, *, files: object = None, **fields: object
    ) -> httpx2.Response:
        """Fill in the form on a page and send it."""
        return self.post(action or place, {**self.form(place, action).held, **fields}, files=files)

    def post(self, place: str, fields: dict, *, files: object = None, **headers: str):
        """Send fields as a form."""
        return self.client.post(path_of(place), data=fields, files=files, headers=headers)

    def sign_in(self, link: str, **fields: object) -> "Browser":
        """Open a link that signs in."""
        answer = self.send(link, **fields)
        assert answer.status_code == 303, answer.text[-500:]
        return self


def path_of(place: str) -> str:
    """An address without its host and its anchor."""
    parts = urlsplit(place)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def link_on(page: str) -> str:
    """The link that a page shows."""
    return page.split('<textarea id="link"')[1].split(">", 1)[1].split("<", maxsplit=1)[0]
