"""Somebody in a real browser, who looks at every page they come by; and the server they come to.

Tests that import this are left out where there is no browser, and the summary says so in one line.
"""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import pytest

_LEFT_OUT = "LEFT OUT, the walk through the pages in a real browser: needs "
playwright = pytest.importorskip(
    "playwright.sync_api", reason=f"{_LEFT_OUT}the Python package playwright (make setup)"
)

CHROMIUM = shutil.which("chromium")
if not CHROMIUM:
    pytest.skip(f"{_LEFT_OUT}Debian's chromium (apt-get install chromium)", allow_module_level=True)

ROOT = Path(__file__).parents[3]
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE, DESK = 360, 1280
_GRAVE = {"serious", "critical"}


@contextmanager
def opened_browser() -> Iterator[object]:
    """Debian's Chromium without a screen."""
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
        yield opened
        opened.close()


@contextmanager
def first_start(folder: Path) -> Iterator[str]:
    """A server on empty data; the link that its first start prints."""
    log = folder / "server.log"
    command = [sys.executable, "-m", "coach", "serve", "--port", "0"]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [*command, "--data-dir", str(folder / "data")], cwd=ROOT, stdout=out, stderr=out
        )
    try:
        yield _printed_link(server, log)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _printed_link(server: subprocess.Popen, log: Path) -> str:
    for _ in range(600):  # a minute: what takes longer has failed
        told = log.read_text()
        if (found := re.search(r"http://\S+/welcome/\S+", told)) and "startup complete" in told:
            return found[0]
        assert server.poll() is None, told
        time.sleep(0.1)
    raise AssertionError("the server did not start")


class Walker:
    """Somebody with a browser, who looks at every page they come by."""

    def __init__(self, browser, home: str, *, width: int | None = None) -> None:
        self.home = home
        self.asked: list[str] = []
        self._light = "light"
        self._checked: set[tuple[str, int, str]] = set()
        self.widths = (width,) if width else (PHONE, DESK)
        self.context = browser.new_context(java_script_enabled=True)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("request", lambda request: self.asked.append(request.url))

    def go(self, place: str) -> "Walker":
        self.page.goto(place if place.startswith("http") else self.home + place)
        return self.looked()

    def press(self, words: str) -> "Walker":
        self.page.get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state()
        return self.looked()

    def follow(self, words: str) -> "Walker":
        self.page.get_by_role("link", name=words, exact=True).first.click()
        self.page.wait_for_load_state()
        return self.looked()

    def looked(self) -> "Walker":
        """Nothing hangs over the edge, on a phone or a desk; nothing keeps anybody out."""
        for width in self.widths:
            self.page.set_viewport_size({"width": width, "height": 800})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{self.page.url} is {wide} wide on {width}"
        if self._is_new():
            found = [each for each in _checked(self.page) if each["impact"] in _GRAVE]
            told = [(each["id"], each["nodes"][0]["html"]) for each in found]
            assert not found, f"{self.page.url}: {told}"
        return self

    def _is_new(self) -> bool:
        """Whether a page of this address and size was not checked yet: a check takes a second."""
        address = self.page.url.partition("#")[0]
        size = self.page.evaluate("document.querySelectorAll('*').length")
        seen = (address, size, self._light)
        new = seen not in self._checked
        self._checked.add(seen)
        return new

    def in_the_dark(self) -> "Walker":
        """The same on a device that is set to dark."""
        for self._light in ("dark", "light"):
            self.page.emulate_media(color_scheme=self._light)
            self.looked()
        return self

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    @property
    def elsewhere(self) -> list[str]:
        """What was asked of anybody but the server."""
        return [url for url in self.asked if not url.startswith((self.home, "data:"))]


def _checked(page) -> list[dict]:
    """What axe finds, also of what is too small for a finger, which it leaves out unless asked."""
    script = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text()
    # The pages' own policy lets no script in: this one is put in by the browser's driver.
    page.evaluate(script)
    return page.evaluate("axe.run({rules: {'target-size': {enabled: true}}})")["violations"]


class Walked(NamedTuple):
    """Two people in their browsers, and where the pages of their mentorship begin."""

    ana: Walker
    ben: Walker
    pair: str
