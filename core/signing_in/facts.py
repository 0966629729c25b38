"""What became of somebody's way in: in the trust's log, class core.people, of the person. No secret stands here."""

from __future__ import annotations

from datetime import date
from typing import Literal

from events import Fact, FreeText


class PasswordSet(Fact, frozen=True, tag="signing_in.password_set/1", record="core.people", on="set_on"):
    """They have another password; their other sessions ended."""

    set_on: date
    how: Literal["link", "own account", "command line"]


class LinkSent(Fact, frozen=True, tag="signing_in.link_sent/1", record="core.people", on="sent_on"):
    """They were sent a link with which they set a password."""

    sent_on: date
    why: Literal["invited", "forgotten", "visit"]


class FactorAdded(Fact, frozen=True, tag="signing_in.factor_added/1", record="core.people", on="added_on"):
    """An authenticator app is their second factor from now on."""

    added_on: date


class PasskeyAdded(Fact, frozen=True, tag="signing_in.passkey_added/1", record="core.people", on="added_on"):
    """A passkey is a second factor of theirs from now on."""

    added_on: date
    called: FreeText


class PasskeyRemoved(Fact, frozen=True, tag="signing_in.passkey_removed/1", record="core.people", on="removed_on"):
    """A passkey of theirs opens nothing any more."""

    removed_on: date
    called: FreeText


class FactorRemoved(Fact, frozen=True, tag="signing_in.factor_removed/1", record="core.people", on="removed_on"):
    """Their second factor was taken away, with the recovery codes; who needs one is asked to set up another."""

    removed_on: date


class IdentityLinked(Fact, frozen=True, tag="signing_in.identity_linked/1", record="core.people", on="linked_on"):
    """They signed in by a provider for the first time; from now on its account is theirs."""

    linked_on: date
    provider: str
    """Its title, as the button had it."""


class TokenMade(Fact, frozen=True, tag="signing_in.token_made/1", record="core.people", on="made_on"):
    """A program may act as them by a token, until it runs out; what it does bears the token's name as its session."""

    made_on: date
    name: str
    writes: bool
    until_by: date
    called: FreeText
    reach: tuple[str, ...] = ()
    """Rooms and plugins whose records it opens; () for all that its person does."""


class TokenEnded(Fact, frozen=True, tag="signing_in.token_ended/1", record="core.people", on="ended_on"):
    """A token was ended before it ran out."""

    ended_on: date
    name: str


class SignInRefused(Fact, frozen=True, tag="signing_in.refused/1", record="core.people", on="refused_on"):
    """Somebody tried to sign in as them and failed. Once an hour at most; in the log of who looked."""

    refused_on: date
    at: Literal["password", "code", "passkey", "token", "shut"]
    """What was tried; a token that had ended, too. "shut": they proved who they are, and the account is shut."""
