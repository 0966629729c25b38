"""What a password must be, as a table."""

from __future__ import annotations

from datetime import date

import pytest

from core.signing_in.rules import LONGEST, password_findings

TODAY = date(2026, 11, 22)
ABOUT = ("Robin Example", "robin@keystone.example", "Keystone Learning Trust")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "too_short"),
        ("elevenchars", "too_short"),
        ("lantern gravel Tuesday", ""),
        ("twelve chars", ""),
        ("přílišžluťoučký", ""),
        ("x7!Kd92#vQpL", ""),
        ("password1234", "common"),
        ("qwertyuiop12", "common"),
        ("aaaaaaaaaaaaaaaa", "common"),
        ("123456789012", "common"),
        ("robinexample", "common"),
        ("Keystone Learning Trust", "common"),
        ("Keystone Trust 2026!", "common"),
        ("Summer2026!!", "common"),
        ("ChangeMe2026!", "common"),
        ("Keystone lantern gravel", ""),
        ("4839 2017 6650 9148", ""),
        ("Summer 7719 8340 2265", ""),
        ("lantern gravel Tuesday" + "a" * (LONGEST - 22), ""),
        ("lantern gravel Tuesday" + "a" * (LONGEST - 21), "too_long"),
    ],
)
def test_a_password_is_long_and_not_one_that_everyone_tries(password: str, code: str) -> None:
    assert [one.code for one in password_findings(password, ABOUT, TODAY)] == ([code] if code else [])


def test_a_finding_never_repeats_the_password() -> None:
    assert all("robinexample" not in one.says for one in password_findings("robinexample", ABOUT, TODAY))
