"""Signing in by the trust's directory: a real provider in a process of its own, and one that lies."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import socket
import subprocess
import sys
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pyotp
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from core.accounts.commands import RemovePerson
from core.accounts.dormant import reopen
from core.accounts.facts import SignedIn
from core.errors import WillNotStart
from core.signing_in.facts import IdentityLinked
from core.signing_in.providers import Provider, providers
from tests.core.house import NORTH, Browser, House, HouseMaker, email_of

SENCO = email_of("senco", NORTH)
DOMAIN = SENCO.rpartition("@")[2]
KEY, OTHER = (RSAKey.generate_key(2048, {"kid": "one"}) for _ in range(2))


class Liar:
    """A provider that gives whatever token it is told to, signed by whatever key."""

    def __init__(self) -> None:
        liar = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                liar.answer(self, {})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                liar.answer(self, {name: texts[0] for name, texts in parse_qs(body).items()})

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self.begin_again()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def begin_again(self) -> None:
        """As it is for each test; its address stays, so that the tests share an application."""
        self.key: RSAKey | ECKey = KEY
        self.published: list[RSAKey | ECKey] = [self.key]
        self.token: str | None = None
        self.token_address = f"{self.issuer}/token"
        self.status = 200
        self.asked: list[tuple[str, dict[str, str]]] = []

    def answer(self, handler: BaseHTTPRequestHandler, sent: dict[str, str]) -> None:
        path = urlsplit(handler.path).path
        self.asked.append((path, sent))
        told = {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": self.token_address,
                "jwks_uri": f"{self.issuer}/keys",
            },
            "/keys": {"keys": [key.as_dict(private=False) for key in self.published]},
            "/token": {"id_token": self.token, "token_type": "Bearer"},
        }[path]
        body = json.dumps(told).encode()
        handler.send_response(self.status if path == "/token" else 200)
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def signed(self, claims: dict[str, Any], key: Any = None, **header: str) -> str:
        head = {"alg": "RS256", "kid": "one"} | header
        return jwt.encode(head, claims, key or self.key, algorithms=[head["alg"]])

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(scope="module")
def lying() -> Iterator[Liar]:
    made = Liar()
    yield made
    made.close()


@pytest.fixture
def liar(lying: Liar) -> Liar:
    lying.begin_again()
    return lying


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file with the secret that the provider knows us by."""
    file = tmp_path_factory.mktemp("provider") / "secret"
    file.write_text("only we two know\n")
    return file


@pytest.fixture
def directed(make_house: HouseMaker, secret: Path) -> Callable[..., House]:
    """A trust with a directory."""

    def made(issuer: str, needed: str = "offered", **more: Any) -> House:
        usual: dict[str, Any] = {
            "key": "staff",
            "domains": (DOMAIN,),
            "client_id": "tallystick",
            "client_secret_file": str(secret),
        }
        provider = Provider(title="Staff account", issuer=issuer, **(usual | more))
        house = make_house(providers=(provider,), second_factor=needed)
        house.clock.us = int(time.time() * 1e6)  # the provider's clock cannot be set
        for person in house.building.people():
            reopen(house.desk(), person)  # it may be months after the house was made
        return house

    return made


def gone(browser: Browser, path: str = "/sign-in/with/staff") -> dict[str, str]:
    """What stands in the address that leads to the provider."""
    answer = browser.get(path)
    assert answer.status_code == 303, answer.text
    return {name: texts[0] for name, texts in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def right(liar: Liar, house: House, asked: dict[str, str]) -> dict[str, Any]:
    """Claims of a token as it must be."""
    now = int(house.clock.us / 1e6)
    told = {"iss": liar.issuer, "aud": "tallystick", "sub": "senco-1", "nonce": asked["nonce"]}
    times = {"iat": now, "exp": now + 300}
    return told | times | {"email": SENCO, "email_verified": True, "name": "Senco North"}


def came_back(liar: Liar, house: House, browser: Browser, change: dict[str, Any] | None = None) -> Any:
    """The answer to whoever comes back from the liar, with a right token but for these claims."""
    asked = gone(browser)
    claims = {name: value for name, value in (right(liar, house, asked) | (change or {})).items() if value is not None}
    liar.token = liar.signed(claims)
    answer = browser.get(f"/sign-in/with/staff/back?code=once&state={asked['state']}")
    for sent in [sent for path, sent in liar.asked if path == "/token"][-1:]:  # RFC 7636, 4.6
        hashed = hashlib.sha256(sent["code_verifier"].encode()).digest()
        assert urlsafe_b64encode(hashed).rstrip(b"=").decode() == asked["code_challenge"]
    return answer


@pytest.fixture
def real() -> Iterator[str]:
    """The issuer of a provider others wrote, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    claims = json.dumps({"sub": "senco-1", "email": SENCO, "email_verified": True, "name": "Senco North"})
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--host", "localhost"]
    command += ["--user-claims", claims]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://localhost:{port}"
    while server.poll() is None:
        try:
            httpx2.get(f"{issuer}/.well-known/openid-configuration")
            break
        except httpx2.HTTPError:
            continue
    yield issuer
    server.terminate()
    server.wait()


def test_a_real_provider_signs_in_whoever_is_known_by_their_address(real: str, directed: Callable[..., House]) -> None:
    house = directed(real)
    browser = house.browser()
    assert "Staff account" in browser.get("/sign-in").text
    back = urlsplit("")
    for _ in range(2):
        there = browser.get("/sign-in/with/staff?next=/" + NORTH + "/pupils").headers["location"]
        page = httpx2.post(there, data={"sub": "senco-1"}, follow_redirects=False)
        back = urlsplit(page.headers["location"])
        assert back.netloc == "keystone.example"
        answer = browser.get(f"{back.path}?{back.query}")
        assert answer.headers["location"] == f"/{NORTH}/pupils"
        assert browser.get(f"/{NORTH}/pupils").status_code == 200
    assert [one.provider for one in house.recorded(IdentityLinked, "trust")] == ["Staff account"]
    assert [one.how for one in house.recorded(SignedIn, "trust-reads")] == ["Staff account"] * 2
    again = browser.get(f"{back.path}?{back.query}")
    assert again.status_code == 403, "what came back once is not taken twice"


def test_what_is_asked_of_the_provider_is_pkce_state_and_nonce(liar: Liar, directed: Callable[..., House]) -> None:
    house = directed(liar.issuer)
    browser = house.browser()
    first, second = gone(browser), gone(house.browser())
    assert first["code_challenge_method"] == "S256"
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]
        assert len(first[name]) == 43
    assert came_back(liar, house, browser).status_code == 303
    (sent,) = [sent for path, sent in liar.asked if path == "/token"]
    assert sent["client_secret"] == "only we two know"
    assert len(sent["code_verifier"]) == 43


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://accounts.example"},
        {"iss": None},
        {"aud": "somebody else"},
        {"aud": ["tallystick", "somebody else"]},
        {"aud": None},
        {"azp": "somebody else"},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"exp": 1},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": 4102444800},
        {"iat": None},
        {"exp": float("nan")},
        {"iat": float("nan")},
        {"nbf": float("nan")},
        {"nbf": "yesterday"},
        {"nbf": 4102444800},
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "true"},
        {"email": None},
        {"email": "senco@elsewhere.example"},
        {"email": f"a@b@{DOMAIN}"},
        {"email": ["x"]},
    ],
    ids=str,
)
def test_a_token_that_is_wrong_in_one_claim_signs_nobody_in(
    liar: Liar, directed: Callable[..., House], change: dict[str, Any]
) -> None:
    house = directed(liar.issuer)
    browser = house.browser()
    answer = came_back(liar, house, browser, change)
    assert answer.status_code == 403
    assert "nobody was signed in" in answer.text
    assert browser.get(f"/{NORTH}/pupils").status_code == 303
    assert house.recorded(IdentityLinked, "trust") == []


def forged(liar: Liar, claims: dict[str, Any]) -> str:
    return liar.signed(claims, OTHER)


def unsigned(_: Liar, claims: dict[str, Any]) -> str:
    body = urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"eyJhbGciOiJub25lIn0.{body}."


def with_the_public_key_as_secret(liar: Liar, claims: dict[str, Any]) -> str:
    head, body = (urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in ({"alg": "HS256"}, claims))
    seal = hmac.digest(liar.key.as_pem(private=False), head + b"." + body, "sha256")
    return b".".join((head, body, urlsafe_b64encode(seal).rstrip(b"="))).decode()


def cut_short(liar: Liar, claims: dict[str, Any]) -> str:
    return liar.signed(claims)[:-3]


def with_other_claims(liar: Liar, claims: dict[str, Any]) -> str:
    head, _, seal = liar.signed(claims).split(".")
    other = liar.signed(claims | {"email": email_of("head", NORTH)}).split(".")[1]
    return f"{head}.{other}.{seal}"


SPOILT = [forged, unsigned, with_the_public_key_as_secret, cut_short, with_other_claims]


@pytest.mark.parametrize("spoil", [*SPOILT, lambda *_: "", lambda *_: "a.b.c"])
def test_a_token_that_the_provider_did_not_sign_signs_nobody_in(
    liar: Liar, directed: Callable[..., House], spoil: Callable[[Liar, dict[str, Any]], str]
) -> None:
    house = directed(liar.issuer)
    browser = house.browser()
    asked = gone(browser)
    liar.token = spoil(liar, right(liar, house, asked))
    assert browser.get(f"/sign-in/with/staff/back?code=once&state={asked['state']}").status_code == 403
    assert browser.get(f"/{NORTH}/pupils").status_code == 303


def test_a_token_for_another_sign_in_is_not_taken(liar: Liar, directed: Callable[..., House]) -> None:
    house = directed(liar.issuer)
    mine, theirs = house.browser(), house.browser()
    stolen = liar.signed(right(liar, house, gone(theirs)))
    asked = gone(mine)
    liar.token = stolen
    assert mine.get(f"/sign-in/with/staff/back?code=once&state={asked['state']}").status_code == 403


@pytest.mark.parametrize(
    "query", ["", "?code=once", "?code=once&state=other", "?state={state}", "?state={state}&error=denied"]
)
def test_an_answer_nobody_asked_for_is_refused(liar: Liar, directed: Callable[..., House], query: str) -> None:
    house = directed(liar.issuer)
    browser = house.browser()
    asked = gone(browser)
    liar.token = liar.signed(right(liar, house, asked))
    answer = browser.get("/sign-in/with/staff/back" + query.replace("{state}", asked["state"]))
    assert answer.status_code == 403
    other = house.browser()
    assert other.get(f"/sign-in/with/staff/back?code=once&state={asked['state']}").status_code == 403


def test_an_answer_of_another_issuer_is_refused(liar: Liar, directed: Callable[..., House]) -> None:
    house = directed(liar.issuer)
    browser = house.browser()
    asked = gone(browser)
    liar.token = liar.signed(right(liar, house, asked))
    path = f"/sign-in/with/staff/back?code=once&state={asked['state']}&iss="
    assert browser.get(f"{path}https://mixed.example").status_code == 403


def test_whoever_has_no_password_here_proves_again_by_the_provider(liar: Liar, directed: Callable[..., House]) -> None:
    house = directed(liar.issuer)
    browser = house.browser()
    assert came_back(liar, house, browser).status_code == 303
    house.clock.forward(16 * 60)
    assert browser.get("/account/password").status_code == 303
    shown = browser.get("/sign-in/again?next=/account/password").text
    assert 'href="/sign-in/with/staff?next=%2Faccount%2Fpassword&amp;again=1"' in shown
    for asked_at, answered in ((-301, 403), (-10, 303)):
        asked = gone(browser, "/sign-in/with/staff?next=/account/password&again=1")
        assert (asked["prompt"], asked["max_age"]) == ("login", "0")
        claims = right(liar, house, asked)
        liar.token = liar.signed(claims | {"auth_time": claims["iat"] + asked_at})
        answer = browser.get(f"/sign-in/with/staff/back?code=once&state={asked['state']}")
        assert answer.status_code == answered
    assert browser.get("/account/password").status_code == 200


def test_whoever_has_an_app_here_is_asked_for_its_code_though_the_directory_vouches(
    liar: Liar, directed: Callable[..., House]
) -> None:
    house = directed(liar.issuer)
    house.building.desk_store.factors.set_app(house.person(SENCO), pyotp.random_base32(), 0)
    browser = house.browser()
    assert came_back(liar, house, browser).headers["location"] == f"/sign-in/code?next=/{NORTH}"
    assert browser.get(f"/{NORTH}/pupils").headers["location"].startswith("/sign-in/code")
    assert house.recorded(SignedIn, "trust-reads") == []


def test_ten_minutes_are_enough_to_sign_in_there(liar: Liar, directed: Callable[..., House]) -> None:
    house = directed(liar.issuer)
    browser = house.browser()
    asked = gone(browser)
    house.clock.forward(601)
    liar.token = liar.signed(right(liar, house, asked))
    assert browser.get(f"/sign-in/with/staff/back?code=once&state={asked['state']}").status_code == 403


def test_a_new_key_of_the_provider_s_is_taken_up(liar: Liar, directed: Callable[..., House], monkeypatch: Any) -> None:
    house = directed(liar.issuer)
    assert came_back(liar, house, house.browser()).status_code == 303
    liar.key = ECKey.generate_key("P-256", {"kid": "two"})
    liar.published = [liar.key]
    monkeypatch.setattr("core.signing_in.oidc._AGAIN", 0)
    browser = house.browser()
    asked = gone(browser)
    liar.token = liar.signed(right(liar, house, asked), alg="ES256", kid="two")
    assert browser.get(f"/sign-in/with/staff/back?code=once&state={asked['state']}").status_code == 303
    assert len([path for path, _ in liar.asked if path == "/keys"]) == 2


def test_a_provider_that_is_ill_signs_nobody_in_and_is_no_error_of_ours(
    liar: Liar, directed: Callable[..., House]
) -> None:
    house = directed(liar.issuer)
    liar.status = 500
    assert came_back(liar, house, house.browser()).status_code == 403
    nowhere = directed("http://127.0.0.1:9", key="nowhere")
    assert nowhere.browser().get("/sign-in/with/nowhere").status_code == 403
    assert nowhere.browser().get("/sign-in/with/unknown").status_code == 404


def test_a_provider_that_leads_astray_is_no_error_of_ours(liar: Liar, directed: Callable[..., House]) -> None:
    house = directed(liar.issuer)
    liar.token_address = "http://[nowhere"
    assert came_back(liar, house, house.browser()).status_code == 403


def test_a_first_sign_in_sees_nothing_until_granted(liar: Liar, directed: Callable[..., House]) -> None:
    house = directed(liar.issuer)
    browser = house.browser()
    answer = came_back(liar, house, browser, {"sub": "new-1", "email": f"new@{DOMAIN}", "name": "Nia New"})
    assert answer.headers["location"] == "/"
    assert browser.get("/").headers["location"] == "/nothing-yet"
    assert browser.get(f"/{NORTH}/pupils").status_code == 404
    assert "Nia New" in house.as_role("identity_admin").get("/people").text


def test_a_first_sign_in_cut_short_is_taken_up_and_two_at_once_are_one_person(
    liar: Liar, directed: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    house = directed(liar.issuer)
    new = {"sub": "new-1", "email": f"new@{DOMAIN}", "name": "Nia New"}
    with monkeypatch.context() as broken:
        broken.delattr("core.deskstore.identities.Identities.link")  # as if the power went
        assert came_back(liar, house, house.browser(), new).status_code == 500
    assert came_back(liar, house, house.browser(), new).status_code == 303
    store, account = house.building.desk_store, (liar.issuer, "new-1")
    person = house.person(f"new@{DOMAIN}")
    assert (store.identities.whose(*account), store.new_id("provider", *account)) == (person, person)
    assert len([one for one in house.building.people().values() if one.name == "Nia New"]) == 1


def test_the_account_counts_and_not_the_address_it_has_today(liar: Liar, directed: Callable[..., House]) -> None:
    house = directed(liar.issuer)
    assert came_back(liar, house, house.browser()).status_code == 303
    renamed = house.browser()
    assert came_back(liar, house, renamed, {"email": f"married@{DOMAIN}"}).status_code == 303
    assert renamed.get(f"/{NORTH}/pupils").status_code == 200


def test_a_leaver_is_cut_though_the_directory_still_knows_them(liar: Liar, directed: Callable[..., House]) -> None:
    house = directed(liar.issuer)
    browser = house.browser()
    assert came_back(liar, house, browser).status_code == 303
    house.desk().do(RemovePerson("Left"), house.person(SENCO))
    assert browser.get(f"/{NORTH}/pupils").status_code == 303
    assert came_back(liar, house, house.browser()).status_code == 403
    assert came_back(liar, house, house.browser(), {"sub": "another"}).status_code == 403


@pytest.mark.parametrize(
    ("more", "claims", "location"),
    [
        ({}, {}, "/sign-in/set-up"),
        ({}, {"amr": ["pwd", "mfa"]}, ""),
        ({"second_factor": True}, {}, ""),
        ({}, {"amr": "mfa"}, "/sign-in/set-up"),
    ],
)
def test_the_provider_s_second_factor_counts_where_it_says_that_it_asked(
    liar: Liar, directed: Callable[..., House], more: dict[str, Any], claims: dict[str, Any], location: str
) -> None:
    house = directed(liar.issuer, "required", **more)
    browser = house.browser()
    assert came_back(liar, house, browser, claims).status_code == 303
    answer = browser.get(f"/{NORTH}/pupils")
    assert (answer.headers.get("location", "").partition("?")[0]) == location


PRESETS = [
    ({"preset": "entra", "tenant": "0" * 36, "issuer": ""}, "https://login.microsoftonline.com/" + "0" * 36 + "/v2.0"),
    ({"preset": "google", "issuer": ""}, "https://accounts.google.com"),
    ({"issuer": "https://id.keystone.example"}, "https://id.keystone.example"),
]


@pytest.mark.parametrize(("given", "issuer"), PRESETS)
def test_each_preset_knows_its_issuer(given: dict[str, Any], issuer: str) -> None:
    usual: dict[str, Any] = {"key": "staff", "title": "Staff", "domains": (DOMAIN,), "client_id": "x"}
    assert Provider(**(usual | given), client_secret_file="x").issued_by == issuer


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('preset = "entra"', "tenant"),
        ('preset = "entra"\ntenant = "common"', "tenant"),
        ('preset = "google"', "domains"),
        ('issuer = "https://id.example"', "domains"),
        ('issuer = "https://[id.example"\ndomains = ["a.example"]', "Invalid IPv6 URL"),
        ('domains = ["a.example"]', "issuer"),
        ('issuer = "http://id.example"\ndomains = ["a.example"]', "https"),
        ('issuer = "https://id.example"\ndomains = ["a.example"]\nsecret = "no"', "secret"),
        ("broken", "TALLYSTICK_PROVIDERS"),
    ],
)
def test_a_provider_that_anyone_could_be_is_refused_at_the_start(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "providers.toml"
    usual = 'key = "staff"\ntitle = "Staff"\nclient_id = "x"\nclient_secret_file = "x"'
    file.write_text(f"[[provider]]\n{usual}\n{text}\n")
    with pytest.raises(WillNotStart, match=re.escape(says)):
        providers(file)


def test_two_of_one_key_are_refused(tmp_path: Path) -> None:
    one = (
        '[[provider]]\nkey = "staff"\ntitle = "Staff"\nclient_id = "x"\nclient_secret_file = "x"\n'
        'issuer = "https://id.example"\ndomains = ["a.example"]\n'
    )
    file = tmp_path / "providers.toml"
    file.write_text(one * 2)
    with pytest.raises(WillNotStart, match="same key"):
        providers(file)
    file.write_text(one)
    assert [each.key for each in providers(file)] == ["staff"]
