"""Makes the pictures in docs/pictures from the made-up trust at full size: `python -m tests.journeys.pictures`.

With an address of a served made-up trust as argument, takes them from there; with names behind it, only those.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from core.demo import PASSWORD, make
from tests.journeys.visiting import launch
from tests.journeys.world import OLD, TUESDAY, World, settings_of
from tests.plugins.recruitment.descriptions import MILLBROOK

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
_SIZES = {1280: 900, 375: 812}
_SENCO, _DIRECTOR = "senco.cawdor@keystone.example", "send-director@keystone.example"
_OFFICER, _DESIGNATED = "exams-officer.cawdor@keystone.example", "designated-teacher.cawdor@keystone.example"
_HR, _PANEL = "hr-admin.cawdor@keystone.example", "panel-member.cawdor@keystone.example"
_MANAGER, _FINANCE = "business-manager.cawdor@keystone.example", "finance-director@keystone.example"
_HEAD, _DPO = "head.cawdor@keystone.example", "dpo@keystone.example"
_ADMIN, _DSL = "identity-admin@keystone.example", "dsl.cawdor@keystone.example"
_LARGEST = 250_000
_VISITS = count(1)
Errand = Callable[[Page], None]


def trust(page: Page) -> None:
    page.goto("/")


def academy(page: Page) -> None:
    page.goto(f"/{OLD}?until=365")


def register(page: Page) -> None:
    page.goto(f"/{OLD}/register")


def pupil(page: Page) -> None:
    """A child with a plan, whose history has something to show."""
    page.goto(f"/{OLD}/register?provision=E&sort=review")
    for row in page.locator("tbody tr").all()[:12]:
        path = row.get_by_role("link").first.get_attribute("href")
        assert path
        history = page.context.new_page()
        history.goto(path)
        notches = history.locator(".ts-notch").count()
        late = history.locator(".ts-notch-late").count()
        history.close()
        if notches >= 5 and late:
            page.goto(path)
            return
    page.locator("tbody tr").first.get_by_role("link").first.click()


def import_preview(page: Page) -> None:
    """A new export of the same school: some new, some changed, some left, some refused."""
    page.goto(f"/{OLD}/pupils?sort=year")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV", exact=True).click()
    lines = Path(waiting.value.path()).read_text("utf-8-sig").splitlines()
    head = lines[0].replace("Came on roll", "Enrolment Date").replace("Born", "Date of birth")
    born = f"{date.today() - timedelta(days=4200):%d/%m/%Y}"  # noqa: DTZ011 - a child who does not exist
    rows = lines[1:-9]
    for at in (40, 41, 42, 300, 301, 700, 701, 702):
        rows[at] = re.sub(r",(\d+)[A-K],", r",\1L,", rows[at])
    rows[90] = rows[90].replace(rows[90].split(",")[3], "31/02/2014")
    rows[91] = rows[91].replace(rows[91].split(",")[2], "B123456789012")
    rows += [f"Okonkwo,Ife,,{born},7,7A,,", f"Marsh,Rowan,Z885410819002,{born},7,7B,,"]
    file = Path(tempfile.mkdtemp()) / "roll-autumn.csv"
    file.write_text("\n".join([head, *rows]), "utf-8")
    page.goto(f"/{OLD}/import")
    page.get_by_label("The file", exact=True).set_input_files(file)
    page.get_by_role("button", name="Upload and look").click()
    page.get_by_role("button", name="Compare with the roll").click()
    page.get_by_role("heading", name="Look before you record").wait_for(timeout=60_000)


def trail(page: Page) -> None:
    page.goto(f"/{OLD}/audit?plugin=register")


def exams_list(page: Page) -> None:
    page.goto(f"/{OLD}/exams")


def exams_candidate(page: Page) -> None:
    """Somebody whose approval does not reach the last paper."""
    page.goto(f"/{OLD}/exams/deadlines")
    page.locator("section[aria-labelledby=lapsing] tbody a").first.click()


def exams_check(page: Page) -> None:
    exams_candidate(page)
    page.get_by_role("link", name="Check eligibility").first.click()


def exams_deadlines(page: Page) -> None:
    page.goto(f"/{OLD}/exams/deadlines")


def exams_paper(page: Page) -> None:
    page.goto(f"/{OLD}/exams/papers")
    page.get_by_role("link", name="History paper 1").first.click()


def lac_list(page: Page) -> None:
    page.goto(f"/{OLD}/lac")


def lac_child(page: Page) -> None:
    page.goto(f"/{OLD}/lac")
    page.locator("tbody th a").first.click()


def lac_pep(page: Page) -> None:
    page.goto(f"/{OLD}/lac")
    page.locator("td[data-l=Plan] a").first.click()


def lac_authorities(page: Page) -> None:
    page.goto(f"/{OLD}/lac/authorities")


def lac_report(page: Page) -> None:
    page.goto(f"/{OLD}/lac/report")


def trust_exams(page: Page) -> None:
    page.goto("/trust/exams")


def trust_lac(page: Page) -> None:
    page.goto("/trust/lac")


def exports(page: Page) -> None:
    page.goto(f"/{OLD}/exports")


def recruitment_import(page: Page) -> None:
    """A made-up description, as it was read and before it is recorded."""
    page.goto(f"/{OLD}/recruitment/descriptions/import")
    page.get_by_label("Or its text").fill(MILLBROOK)
    page.get_by_role("button", name="Read it").click()


def recruitment_vacancy(page: Page) -> None:
    page.goto(f"/{OLD}/recruitment/vacancies")
    page.locator("tbody th a").first.click()


def recruitment_sift(page: Page) -> None:
    """Somebody who was not shortlisted, as the panel has them: without a name, for good."""
    recruitment_vacancy(page)
    page.get_by_role("link", name="See the applicants").first.click()
    page.get_by_role("link", name="Applicant 3").click()


def recruitment_start(page: Page) -> None:
    """Somebody who accepted, and what is missing before they may start."""
    recruitment_vacancy(page)
    page.get_by_role("link", name="See the applicants").first.click()
    page.get_by_role("row", name="checks under way").get_by_role("link").first.click()
    page.get_by_role("link", name="Look at their checks").click()
    page.get_by_role("link", name="Whether they may start").first.click()


def recruitment_record(page: Page) -> None:
    page.goto(f"/{OLD}/recruitment/record")


def recruitment_sencos(page: Page) -> None:
    page.goto("/centre/recruitment/sencos")


def finance_budget(page: Page) -> None:
    page.goto(f"/{OLD}/finance")


def finance_line(page: Page) -> None:
    """The line that heads over its budget, with the reason."""
    finance_budget(page)
    page.get_by_role("link", name="Help for pupils with top-up").first.click()


def finance_order(page: Page) -> None:
    page.goto(f"/{OLD}/finance/orders?state=paid")
    page.locator("tbody th a").first.click()


def finance_pupil(page: Page) -> None:
    """Somebody who is in a line of provision."""
    page.goto(f"/{OLD}/finance/pupils")
    helped = page.locator("tbody tr").filter(has=page.locator("td[data-l=Cost]", has_text=re.compile("[1-9]")))
    helped.get_by_role("link").first.click()


def finance_strategy(page: Page) -> None:
    page.goto(f"/{OLD}/finance/strategy")


def finance_trust(page: Page) -> None:
    page.goto("/centre/finance/budgets")


def disposal_records(page: Page) -> None:
    """A leaver, one of whose records waits for somebody else to agree."""
    page.goto(f"/{OLD}/pupils?enrolment=left&sort=-enrolled")
    for path in [row.get_attribute("href") or "" for row in page.locator("tbody th a").all()]:
        page.goto(path.replace("/pupils/", "/disposal/"))
        if page.locator("tbody tr").count() > 1:
            break
    if page.get_by_text("proposed to be destroyed").count() == 0:
        page.get_by_role("link", name="Propose to destroy").first.click()
        page.get_by_label("Its retention period has ended").check()
        page.get_by_label("Why?").fill("They left, and the period in our schedule is over.")
        page.get_by_role("button", name="Propose it").click()
        page.goto(page.url)


def disposal_certificate(page: Page) -> None:
    """What the head proposed and the data protection officer agreed to."""
    page.goto(f"/{OLD}/disposal")
    if page.locator("section[aria-labelledby=done] tbody a").count() == 0:
        page.locator("section[aria-labelledby=waiting] tbody a").first.click()
        page.get_by_role("link", name="Agree").first.click()
        page.get_by_role("button", name="Destroy it for ever").click()
        page.goto(f"/{OLD}/disposal")
    page.locator("section[aria-labelledby=done] tbody a").first.click()


def backups(page: Page) -> None:
    page.goto("/audit/backups")


def outside(page: Page) -> None:
    page.goto("/audit/outside")


def second_factor(page: Page) -> None:
    page.goto("/account/app")


def account(page: Page) -> None:
    page.goto("/account")


def who_saw(page: Page) -> None:
    """A child whose record several people have opened."""
    page.goto(f"/{OLD}/register?provision=E")
    path = page.locator("tbody tr").first.get_by_role("link").first.get_attribute("href")
    assert path
    page.goto(path.replace("/pupils/", "/looks/"))


def roles(page: Page) -> None:
    page.goto("/people/roles?of=register")


def visit(page: Page) -> None:
    """The link and the code for an inspector."""
    page.goto("/people/add")
    page.get_by_label("Name", exact=True).fill("Petra Voss")
    page.get_by_label("Email address", exact=True).fill(f"petra{next(_VISITS)}@inspectors.example")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label("Role", exact=True).select_option(label="Ofsted inspector")
    page.get_by_label("Where", exact=True).select_option(label="Cawdor High School")
    page.get_by_label("What for", exact=True).fill("Inspection")
    last = date.today() + timedelta(days=1)  # noqa: DTZ011 - a visit that nobody makes
    for part, number in (("Day", last.day), ("Month", last.month), ("Year", last.year)):
        page.get_by_label(part, exact=True).fill(str(number))
    page.get_by_role("button", name="Give this grant").click()
    page.get_by_role("link", name="Make a link for their visit").click()
    page.get_by_role("button", name="Make the link").click()


def glass(page: Page) -> None:
    page.goto(f"/{OLD}/pupils")
    path = page.locator("tbody a").first.get_attribute("href")
    assert path
    page.goto(f"{path}/glass")


def processing(page: Page) -> None:
    page.goto(f"/{OLD}/processing")


def request(page: Page) -> None:
    page.goto(f"/{OLD}/requests")
    page.locator("tbody th a").first.click()


def request_kept(page: Page) -> None:
    request(page)
    page.get_by_role("link", name="Gather what is kept, and decide what is given").click()


def request_parts(page: Page) -> None:
    request_kept(page)
    page.locator("tbody th a").first.click()


def retention(page: Page) -> None:
    page.goto("/retention")


def sample(page: Page) -> None:
    page.goto(f"/{OLD}/register/samples")
    page.locator("tbody th a").first.click()


ERRANDS: dict[str, tuple[str, Errand]] = {
    "trust": (_DIRECTOR, trust),
    "academy": (_SENCO, academy),
    "register": (_SENCO, register),
    "pupil": (_SENCO, pupil),
    "import-preview": (_SENCO, import_preview),
    "trail": (_SENCO, trail),
    "exams-list": (_SENCO, exams_list),
    "exams-candidate": (_SENCO, exams_candidate),
    "exams-check": (_SENCO, exams_check),
    "exams-deadlines": (_SENCO, exams_deadlines),
    "exams-paper": (_OFFICER, exams_paper),
    "lac-list": (_DESIGNATED, lac_list),
    "lac-child": (_DESIGNATED, lac_child),
    "lac-pep": (_DESIGNATED, lac_pep),
    "lac-authorities": (_DESIGNATED, lac_authorities),
    "lac-report": (_DESIGNATED, lac_report),
    "trust-exams": (_DIRECTOR, trust_exams),
    "trust-lac": (_DIRECTOR, trust_lac),
    "exports": (_DESIGNATED, exports),
    "recruitment-import": (_HR, recruitment_import),
    "recruitment-vacancy": (_HR, recruitment_vacancy),
    "recruitment-sift": (_PANEL, recruitment_sift),
    "recruitment-start": (_HR, recruitment_start),
    "recruitment-record": (_HR, recruitment_record),
    "recruitment-sencos": (_DIRECTOR, recruitment_sencos),
    "finance-budget": (_MANAGER, finance_budget),
    "finance-line": (_MANAGER, finance_line),
    "finance-order": (_MANAGER, finance_order),
    "finance-pupil": (_SENCO, finance_pupil),
    "finance-strategy": (_SENCO, finance_strategy),
    "finance-trust": (_FINANCE, finance_trust),
    "backups": (_DPO, backups),
    "outside": (_DPO, outside),
    "second-factor": (_SENCO, second_factor),
    "account": (_SENCO, account),
    "who-saw": (_HEAD, who_saw),
    "roles": (_ADMIN, roles),
    "visit": (_ADMIN, visit),
    "glass": (_DSL, glass),
    "processing": (_DPO, processing),
    "request": (_DPO, request),
    "request-kept": (_DPO, request_kept),
    "request-parts": (_DPO, request_parts),
    "retention": (_DPO, retention),
    "sample": (_SENCO, sample),
    "disposal-records": (_HEAD, disposal_records),
    "disposal-certificate": (_DPO, disposal_certificate),
}


@contextmanager
def signed_in(browser: Browser, origin: str, email: str, width: int) -> Iterator[Page]:
    viewport = {"width": width, "height": _SIZES[width]}
    context = browser.new_context(base_url=origin, viewport=viewport, locale="en-GB", timezone_id="Europe/London")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    yield page
    context.close()


def take(origin: str, *names: str) -> None:
    """Takes the pictures of those names; all of them without any."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name in names or ERRANDS:
            email, errand = ERRANDS[name]
            for width in _SIZES:
                with signed_in(browser, origin, email, width) as page:
                    errand(page)
                    page.wait_for_load_state("networkidle")
                    path = FOLDER / f"{name}-{width}.png"
                    page.screenshot(path=path)
                size = path.stat().st_size
                assert size < _LARGEST, f"{path.name} has {size:,} bytes"
                print(f"{path.name}: {size:,} bytes")
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take(*sys.argv[1:])
    else:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            make(settings_of(home), pupils=6000, progress=lambda done, total: None, today=TUESDAY)
            world = World(home, TUESDAY)
            try:
                take(world.origin)
            finally:
                world.close()
