"""A visitor with a real browser: what they press and read, and what is checked on every page they come to."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Download, Locator, Page, Playwright, Response, expect

from tests.journeys.world import PASSWORD, Guest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Axe()


def browser_path() -> str:
    """The browser named by $CHROMIUM, or the first one on the PATH; a journey without one has failed."""
    wanted = os.environ.get("CHROMIUM")
    found = next((path for name in ([wanted] if wanted else _NAMES) if (path := shutil.which(name))), None)
    assert found, "The journeys need Chromium or Chrome: install one, or name it in CHROMIUM."
    return found


def launch(playwright: Playwright) -> Browser:
    """Starts the browser as someone in England has it."""
    english = {**os.environ, "LANGUAGE": "en_GB", "LANG": "en_GB.UTF-8"}
    return playwright.chromium.launch(executable_path=browser_path(), args=_ARGUMENTS, env=english)  # type: ignore[arg-type]


class Visitor:
    """One person at one browser window.

    Args:
        seen: Pages already checked in this run, by what stands in them; the same page is not checked twice.
    """

    def __init__(
        self, browser: Browser, origin: str, seen: set[int], *, width: int = 1280, script: bool = True
    ) -> None:
        self._context = browser.new_context(
            base_url=origin,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        self._context.set_default_timeout(10_000)
        self.page: Page = self._context.new_page()
        self._glass = self.page if script else self._copy_room(browser)
        self.expected: set[int] = set()
        self._host, self._seen, self._width = urlsplit(origin).netloc, seen, width
        self._faults: list[str] = []
        self._status = 200
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("response", self._answered)
        self.page.on("console", lambda said: self._said(said.type, said.text))
        self.page.on("pageerror", lambda error: self._faults.append(f"page error: {error}"))

    def close(self) -> None:
        self._context.close()
        if self._glass is not self.page:
            self._glass.context.close()

    def _copy_room(self, browser: Browser) -> Page:
        """Where a page is checked that was opened without scripts: the check is itself a script."""
        context = browser.new_context(viewport=self.page.viewport_size)
        context.set_default_timeout(10_000)
        return context.new_page()

    # Going about

    def goes_to(self, path: str) -> None:
        self.page.goto(path)
        self.looks_around()

    def signs_in(self, guest: Guest) -> None:
        self.goes_to("/sign-in")
        self.fills("Email address", guest.email)
        self.fills("Password", PASSWORD)
        self.presses("Sign in")

    def signs_out(self) -> None:
        self.presses("Sign out")
        self.is_at("Sign in")

    def presses(self, name: str, within: Locator | None = None) -> None:
        """Presses a button, and looks at the page it leads to."""
        (within or self.page).get_by_role("button", name=name, exact=True).first.click()
        self.looks_around()

    def has_signed(self, button: str, *words: str) -> None:
        """Presses a button behind which the browser asks for a passkey first; these words stand on the page after."""
        self.page.get_by_role("button", name=button, exact=True).click()
        self.reads(*words)
        self.looks_around()

    def follows(self, name: str, within: Locator | None = None) -> None:
        """Follows a link, by what a screen reader calls it."""
        (within or self.page).get_by_role("link", name=name, exact=True).first.click()
        self.looks_around()

    def goes_by_the_bar(self, name: str) -> None:
        self.follows(name, self.page.get_by_role("navigation", name="Main"))

    def fetches(self, name: str) -> Download:
        """Follows a link that leads to a file."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=name, exact=True).first.click()
        return waiting.value

    # Forms

    def fills(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def chooses(self, label: str, option: str) -> None:
        """Chooses from a list, by the option's words."""
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def picks(self, label: str) -> None:
        """Picks one of several round buttons."""
        self.page.get_by_label(label, exact=True).check()

    def answers(self, question: str, answer: str) -> None:
        """Picks the answer to one of several questions that may be answered alike."""
        self.page.get_by_role("group", name=question, exact=True).get_by_label(answer, exact=True).check()

    def dates(self, legend: str, day: date) -> None:
        """Fills in day, month and year."""
        group = self.page.get_by_role("group", name=legend, exact=True)
        for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(part, exact=True).fill(str(number))

    def filters(self, **fields: str) -> None:
        """Fills in a list's filter, by the names of its fields, opening it first where it is folded."""
        form = self.page.locator("form.ts-filter")
        if not form.locator(".ts-fields").is_visible():
            form.locator("summary").click()
        for name, value in fields.items():
            field = form.locator(f"#f-{name}")
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
        self.presses("Apply", form)

    def looks_up(self, words: str) -> None:
        """Finds a pupil by the search in the band."""
        self.fills("Find a pupil by name or UPN", words)
        self.presses("Find a pupil")

    # By keyboard alone

    def tabs_to(self, role: Any, name: str) -> None:
        """Presses Tab until the thing of that role and name has the focus."""
        wanted = self.page.get_by_role(role, name=name, exact=True).first
        for _ in range(120):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to the {role} {name!r}")

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)

    def hits(self, key: str, *, leads_on: bool = False) -> None:
        """Hits a key; `leads_on` when it sends a form or follows a link."""
        if leads_on:
            with self.page.expect_navigation():
                self.page.keyboard.press(key)
            self.looks_around()
        else:
            self.page.keyboard.press(key)

    # Reading

    @property
    def path(self) -> str:
        """Where the page is, without the host."""
        return urlsplit(self.page.url).path

    def is_at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def reads(self, *words: str) -> None:
        """Every one of these stands on the page."""
        for some in words:
            expect(self.page.locator("body")).to_contain_text(some)

    def does_not_read(self, *words: str) -> None:
        for some in words:
            expect(self.page.locator("body")).not_to_contain_text(some)

    def figure(self, label: str) -> int:
        """A number of the strip on top of a list."""
        strip = self.page.locator(".ts-figs > div", has=self.page.locator("dt", has_text=re.compile(f"^{label}$")))
        text = (strip.locator("dd").inner_text()).split("\n")[0]
        return int(text.replace(",", ""))

    def row(self, words: str) -> Locator:
        """The row of a table that begins with these words, or has them anywhere."""
        return self.page.get_by_role("row").filter(has_text=words).first

    @contextmanager
    def expecting(self, status: int) -> Iterator[None]:
        """Here a page may answer so: a form with mistakes, a page that is not there."""
        self.expected.add(status)
        yield
        assert self._status == status, f"the page answered {self._status}, not {status}"
        self.expected.discard(status)

    # What is checked on every page

    def looks_around(self) -> None:
        """Nothing from elsewhere, nothing broken, nothing in a disabled person's way, nothing wider than the window."""
        self.page.wait_for_load_state()
        self.is_sound()
        what = hash((re.sub(r'value="[^"]{40,}"', "", self.page.content()), self._width))
        if what not in self._seen:
            self._seen.add(what)
            self.is_accessible()
            self.fits_the_window()

    def is_sound(self) -> None:
        assert not self._faults, f"at {self.page.url}: {self._faults}"
        assert self._status < 400 or self._status in self.expected, f"{self.page.url} answered {self._status}"
        assert self.page.title().endswith("Tallystick"), self.page.title()

    def is_accessible(self) -> None:
        options = {"runOnly": _STANDARDS, "resultTypes": ["violations"]}
        if self._glass is not self.page:
            content, address = self.page.content(), self.page.url
            self._glass.route(address, lambda route: route.fulfill(body=content, content_type="text/html"))
            self._glass.goto(address)
        found = _AXE.run(self._glass, options=options).response["violations"]
        grave = [
            f"{one['impact']} {one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
        assert not grave, f"at {self.page.url}: {grave}"

    def fits_the_window(self) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self._width, f"{self.page.url} is {wide} pixels wide in a window of {self._width}"

    def _asked(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._host:
            self._faults.append(f"asked elsewhere: {address}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._status = response.status
        elif response.status >= 400:
            self._faults.append(f"{response.url} answered {response.status}")

    def _said(self, kind: str, text: str) -> None:
        told = any(f"status of {status}" in text for status in self.expected)
        if kind in ("error", "warning") and not told:
            self._faults.append(f"console {kind}: {text}")
