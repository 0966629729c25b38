"""A plugin with a page that names no permission."""

from litestar import Controller

from core.manifest import Manifest
from core.web.routes import get


class Door(Controller):
    @get("/door")
    def show(self) -> str:
        return "anybody"


def about() -> Manifest:
    return Manifest(name="door", title="Door", purpose="Stands open.", controllers=(Door,))
