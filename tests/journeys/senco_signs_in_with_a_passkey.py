"""A SENCO adds a passkey, signs in with it, and with a recovery code where there is no script."""

from tests.journeys.conftest import Visit
from tests.journeys.visiting import Visitor
from tests.journeys.world import KEYED, PASSWORD

_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_the_senco_signs_in_with_a_passkey(visit: Visit) -> None:
    zara = visit(KEYED)
    device = zara.page.context.new_cdp_session(zara.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": _KEY})

    # She adds it; the recovery codes are shown once.
    zara.follows("Zara Quinn SENCO")
    zara.follows("Add a passkey")
    zara.is_at("Add a passkey")
    zara.fills("What do you call it?", "Work laptop")
    zara.has_signed("Add a passkey", "Keep these recovery codes")
    codes = zara.page.locator(".ts-codes code").all_inner_texts()
    assert len(codes) == 10
    zara.follows("I have kept them")
    zara.reads("Work laptop", "not used yet", "10 are left.")
    zara.signs_out()

    # The next sign-in: password, then the key.
    signs_in(zara)
    zara.is_at("Is it you?")
    zara.has_signed("Use your passkey", "What needs doing")
    zara.follows("Zara Quinn SENCO")
    zara.does_not_read("not used yet")
    zara.signs_out()

    # Whoever says no to the browser is told what else there is.
    zara.page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('no'))")
    signs_in(zara)
    with zara.expecting(422):
        zara.has_signed("Use your passkey", "No passkey was used. Try again, or type a code instead.")
    zara.fills("Recovery code", codes[1])
    zara.presses("Go on")
    zara.is_at("What needs doing")

    # Another browser, without a script: a recovery code will do.
    plain = visit(script=False)
    signs_in(plain)
    plain.fills("Recovery code", codes[0])
    plain.presses("Go on")
    plain.is_at("What needs doing")


def signs_in(visitor: Visitor) -> None:
    visitor.goes_to("/sign-in")
    visitor.fills("Email address", KEYED.email)
    visitor.fills("Password", PASSWORD)
    visitor.presses("Sign in")
