"""The real server in a process of its own, and one client that keeps its connection, as a browser does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.made_up import EMAIL, PASSWORD
from tests.bench.measuring import ROOT
from tests.postgres import free_port

_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_COMMAND = "from core.cli import main; main()"


class Client:
    """Someone signed in at a server on the loopback address."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookie = ""

    def get(self, path: str) -> str:
        """A page; raises RuntimeError for any other answer."""
        status, _, text = self._ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}: {text[:400]}")
        return text

    def refused(self, path: str) -> str:
        """The page that says there is nothing here; raises RuntimeError for any other answer."""
        status, _, text = self._ask("GET", path)
        if status != 404:
            raise RuntimeError(f"{path} answered {status}: {text[:400]}")
        return text

    def post(self, path: str, page: str, **fields: str) -> str:
        """Sends a form of a page, told by its last token; the address it leads to."""
        body = urlencode({"token": _TOKEN.findall(page)[-1], **fields}).encode()
        return self._posted(path, body, "application/x-www-form-urlencoded")

    def upload(self, path: str, page: str, name: str, content: bytes) -> str:
        """Sends a file with the form of a page; the address it leads to."""
        token = _TOKEN.findall(page)[-1].encode()
        head = b'--bench\r\nContent-Disposition: form-data; name="token"\r\n\r\n%b\r\n' % token
        file = b'--bench\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n\r\n' % name.encode()
        body = head + file + content + b"\r\n--bench--\r\n"
        return self._posted(path, body, "multipart/form-data; boundary=bench")

    def finished(self, path: str) -> str:
        """A page that asks for itself again until its work is done, as a browser would, only sooner."""
        while True:
            page = self.get(path)
            if "<progress" not in page:
                return page
            time.sleep(0.05)

    def sign_in(self) -> None:
        page = self.get("/sign-in")
        self.post("/sign-in", page, email=EMAIL, password=PASSWORD)

    def close(self) -> None:
        self._connection.close()

    def _posted(self, path: str, body: bytes, kind: str) -> str:
        status, location, text = self._ask("POST", path, body, {"Content-Type": kind})
        if status != 303:
            raise RuntimeError(f"{path} answered {status}: {text[-3000:]}")
        return location

    def _ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        sent = {"Cookie": self._cookie, "Host": f"127.0.0.1:{self._port}", **(headers or {})}
        self._connection.request(method, path, body, sent)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            if cookie.startswith("tallystick="):
                self._cookie = cookie.partition(";")[0]
        return answer.status, answer.headers.get("Location", ""), text


@contextmanager
def serving(home: Path) -> Iterator[tuple[Client, int]]:
    """A server over the trust in a home folder: a client not signed in yet, and the server's process id."""
    port = free_port()
    environ = {**os.environ, "TALLYSTICK_HOME": str(home), "TALLYSTICK_ORIGIN": f"http://127.0.0.1:{port}"}
    environ["TALLYSTICK_SECOND_FACTOR"] = "offered"  # whoever is measured has none
    words = [sys.executable, "-c", _COMMAND, "serve", "--port", str(port)]
    with subprocess.Popen(words, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL) as process:
        try:
            yield _arrived(process, port), process.pid
        finally:
            process.terminate()


def _arrived(process: subprocess.Popen[bytes], port: int) -> Client:
    while process.poll() is None:
        client = Client(port)
        try:
            client.get("/sign-in")
        except OSError:
            time.sleep(0.05)
        else:
            return client
    raise RuntimeError("the server did not start")
