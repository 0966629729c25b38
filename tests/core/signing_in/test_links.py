"""A link sets a password once, before it runs out, and goes to its person alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from core.accounts.commands import RemovePerson
from core.cli.asking import Line
from core.cli.people import user_command
from core.signing_in.facts import LinkSent, PasswordSet
from tests.core.house import NORTH, PASSWORD, House, HouseMaker, email_of, errors
from tests.core.mailbox import Mailbox

SENCO = email_of("senco", NORTH)
BETTER = "lantern gravel Tuesday"


@pytest.fixture
def mailbox(mailboxes: Callable[..., Mailbox]) -> Mailbox:
    return mailboxes()


@pytest.fixture
def writing(make_house: HouseMaker, mailbox: Mailbox) -> House:
    """A trust with a mail server."""
    return make_house(smtp=f"smtp://127.0.0.1:{mailbox.port}")


def asked(house: House, mailbox: Mailbox, email: str = SENCO) -> str:
    """The path of the link in the letter to someone who forgot their password."""
    answer = house.browser().post("/sign-in/forgotten", email=email)
    assert answer.headers["location"] == "/sign-in"
    return path_in(mailbox)


def path_in(mailbox: Mailbox) -> str:
    text = mailbox.next().get_content()
    found = re.search(r"http://keystone\.example(/sign-in/link/\S+)", text)
    assert found
    return found[1]


def test_a_forgotten_password_is_set_by_the_link_in_the_letter(writing: House, mailbox: Mailbox) -> None:
    elsewhere = writing.browser(SENCO)
    path = asked(writing, mailbox)
    (letter,) = mailbox.letters
    assert (letter["to"], letter["subject"]) == (SENCO, "Your way into Tallystick")
    assert "Senco" not in letter.get_content()
    someone = writing.browser()
    assert someone.get(path).headers["referrer-policy"] == "strict-origin"
    assert someone.get(path).status_code == 200  # to open it uses nothing up
    answer = someone.post(path, password=BETTER)
    assert answer.headers["location"] == "/sign-in"
    assert elsewhere.get(f"/{NORTH}/pupils").status_code == 303
    assert writing.browser().sign_in(SENCO).status_code == 422
    assert writing.browser().sign_in(SENCO, BETTER).status_code == 303
    assert someone.get(path).status_code == 404
    assert [one.why for one in writing.recorded(LinkSent, "trust")] == ["forgotten"]
    assert [one.how for one in writing.recorded(PasswordSet, "trust")] == ["link"]


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "A password needs 12 characters or more"),
        ("password1234", "on the lists that are tried first"),
        ("keystone139204", "on the lists that are tried first"),
    ],
)
def test_a_poor_password_is_told_and_the_link_stays_good(
    writing: House, mailbox: Mailbox, password: str, says: str
) -> None:
    path, someone = asked(writing, mailbox), writing.browser()
    refused = someone.post(path, password=password)
    assert refused.status_code == 422
    assert says in errors(refused.text)[0]
    assert password not in refused.text
    assert someone.post(path, password=BETTER).status_code == 303


def test_a_link_runs_out(writing: House, mailbox: Mailbox) -> None:
    path, someone = asked(writing, mailbox), writing.browser()
    form = someone.form(path)
    writing.clock.forward(3600)
    assert someone.get(path).status_code == 404
    assert someone.raw_post(path, data=form | {"password": BETTER}).status_code == 404
    assert writing.browser().sign_in(SENCO).status_code == 303


def test_the_newest_link_is_the_only_one(writing: House, mailbox: Mailbox) -> None:
    first, second = asked(writing, mailbox), asked(writing, mailbox)
    assert [writing.browser().get(path).status_code for path in (first, second)] == [404, 200]


def test_an_address_nobody_has_is_answered_alike_and_gets_nothing(writing: House, mailbox: Mailbox) -> None:
    unknown = writing.browser().post("/sign-in/forgotten", email="nobody@keystone.example")
    known = writing.browser().post("/sign-in/forgotten", email=SENCO)
    assert (unknown.status_code, unknown.headers["location"]) == (known.status_code, known.headers["location"])
    mailbox.next()
    assert [one["to"] for one in mailbox.letters] == [SENCO]


def test_nobody_is_flooded_with_letters(writing: House, mailbox: Mailbox) -> None:
    for _ in range(8):
        writing.browser().post("/sign-in/forgotten", email=SENCO)
    assert len(writing.recorded(LinkSent, "trust")) == 4


def test_a_leaver_s_link_is_dead(writing: House, mailbox: Mailbox) -> None:
    path = asked(writing, mailbox)
    writing.desk().do(RemovePerson("Left"), writing.person(SENCO))
    assert writing.browser().get(path).status_code == 404
    writing.browser().post("/sign-in/forgotten", email=SENCO)
    assert len(writing.recorded(LinkSent, "trust")) == 1


def test_whoever_is_added_is_invited_and_whoever_added_them_never_sees_the_link(
    writing: House, mailbox: Mailbox
) -> None:
    admin = writing.as_role("identity_admin")
    added = admin.post("/people/add", name="Robin Example", email="robin@keystone.example")
    path = path_in(mailbox)
    shown = admin.get(added.headers["location"]).text
    assert "Send a link to set a password" in shown
    assert path.rpartition("/")[2] not in shown
    robin = writing.browser()
    assert robin.post(path, password=BETTER).status_code == 303
    assert robin.sign_in("robin@keystone.example", BETTER).headers["location"] == "/"
    assert robin.get("/").headers["location"] == "/nothing-yet"


def test_without_a_mail_server_no_page_promises_a_letter(house: House) -> None:
    assert "Forgotten your password?" not in house.browser().get("/sign-in").text
    senco = house.person(SENCO)
    admin = house.as_role("identity_admin")
    assert "Send a link" not in admin.get(f"/people/{senco}").text
    form = admin.form("/people/add")
    assert admin.raw_post(f"/people/{senco}/invite", data=form).status_code == 404


def test_someone_who_has_left_is_cut_off_by_a_page(house: House) -> None:
    admin, senco = house.as_role("identity_admin"), house.browser(SENCO)
    person = house.person(SENCO)
    left = f"/people/{person}/left"
    assert admin.post(left, reason="Moved on").status_code == 303
    assert senco.get(f"/{NORTH}/pupils").status_code == 303
    assert house.browser().sign_in(SENCO).status_code == 422
    assert admin.get(left).status_code == 404
    assert admin.get(f"/people/{house.person(email_of('identity_admin'))}/left").status_code == 404


def test_the_operator_hands_a_link_over(house: House) -> None:
    line = Line({"TALLYSTICK_HOME": str(house.home)}, None)
    line._building = house.building
    said = CliRunner().invoke(user_command, ["invite", SENCO], obj=line)
    assert said.exit_code == 0, said.output
    path = said.output.split()[0].removeprefix("http://keystone.example")
    assert house.browser().post(path, password=BETTER).status_code == 303
    assert house.browser().sign_in(SENCO, PASSWORD).status_code == 422
