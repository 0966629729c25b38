"""A data protection officer adds an authenticator app, signs in with it, and answers who saw a child's record."""

import pyotp

from tests.journeys.conftest import Visit
from tests.journeys.visiting import Visitor
from tests.journeys.world import CAREFUL, OLD, PASSWORD, SENCO, World


def code(world: World, secret: str) -> str:
    """What the app shows; at the world's own time."""
    return pyotp.TOTP(secret).at(world.clock() // 1_000_000)


def test_the_dpo_signs_in_safely_and_says_who_saw(visit: Visit, world: World) -> None:
    key, child = world.somebody("K")
    priya = visit(SENCO)
    priya.goes_to(f"/{OLD}/pupils/{key}")
    priya.is_at(child.full_name)

    # An app is added: a wrong code first, then the one it shows; the recovery codes are shown once.
    wren = visit(CAREFUL)
    wren.follows("Wren Hartley Data protection officer")
    wren.is_at("Your account")
    wren.reads("Where you are signed in", "this one", "With one, a stolen password opens nothing.")
    wren.follows("Add an app")
    wren.is_at("Add an authenticator app")
    wren.page.get_by_text("No camera?").click()
    secret = wren.page.locator("details code").inner_text().replace(" ", "")
    wren.fills("Code", "000000")
    with wren.expecting(422):
        wren.presses("Add this app")
    wren.reads("That is not the code it shows now.")
    wren.fills("Code", code(world, secret))
    wren.presses("Add this app")
    wren.is_at("Keep these recovery codes")
    codes = wren.page.locator(".ts-codes code").all_inner_texts()
    assert len(codes) == 10
    wren.follows("I have kept them")
    wren.reads("10 are left.")
    wren.signs_out()

    # The next sign-in asks for the second factor. The phone is at home: a recovery code will do.
    signs_in(wren)
    wren.is_at("Code from your app")
    wren.fills("Code", codes[0])
    wren.presses("Go on")
    wren.is_at("Nine academies, side by side")

    # Called away: the page is hidden, and opens with the password at the place it was left.
    wren.goes_to(f"/{OLD}/looks/{key}")
    wren.is_at(child.full_name)
    wren.presses("Hide this page until you type your password")
    wren.is_at("Hidden")
    wren.does_not_read(child.full_name)
    wren.fills("Password", PASSWORD)
    wren.presses("Go on")

    # Who saw this child's record, when, and why.
    wren.is_at(child.full_name)
    wren.reads("Who saw it: one line for each person and day", "Priya Nair", "Walks through the pages")
    wren.goes_to(f"/{OLD}/looks/unusual")
    wren.reads("None of this is proof of a wrong: ask before you judge.")


def signs_in(visitor: Visitor) -> None:
    visitor.goes_to("/sign-in")
    visitor.fills("Email address", CAREFUL.email)
    visitor.fills("Password", PASSWORD)
    visitor.presses("Sign in")
