"""A plugin that takes a form without checking its token."""

from litestar import Controller

from core.manifest import Manifest
from core.web.guards import signed_in
from core.web.routes import post


class Unchecked(Controller):
    @post("/unchecked", guards=[signed_in])
    def take(self) -> str:
        return "taken"


def about() -> Manifest:
    return Manifest(name="unchecked", title="Unchecked", purpose="Takes anything.", controllers=(Unchecked,))
