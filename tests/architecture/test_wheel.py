"""A wheel built from the tree runs in an empty environment elsewhere, with the runtime dependencies and nothing more.

The environment is a fresh one whose packages are links to those of the lock that Tallystick asks for at run time, found
through their metadata: no development tool, and not the editable install of this tree.
"""

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
ROOMS = ("core", "events", "plugins")
SITE_PACKAGES = Path(sysconfig.get_path("purelib"))
DEMO_READY_WITHIN = 180  # seconds, on two busy cores

pytestmark = [pytest.mark.wheel, pytest.mark.xdist_group("wheel")]


def runtime_distributions() -> set[str]:
    """What the project asks for at run time, and what that asks for in turn."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    todo = [Requirement(text) for text in project["dependencies"]]
    seen: set[tuple[str, str]] = set()
    while todo:
        asked = todo.pop()
        for extra in {"", *asked.extras}:
            if (key := (canonicalize_name(asked.name), extra)) not in seen:
                seen.add(key)
                wanted = map(Requirement, distribution(asked.name).requires or [])
                todo += [one for one in wanted if not one.marker or one.marker.evaluate({"extra": extra})]
    return {name for name, _ in seen}


def top_levels(name: str) -> set[str]:
    """The files and folders of one distribution that lie directly among the installed packages."""
    tops = {file.parts[0] for file in distribution(name).files or []}
    return {top for top in tops if top not in {"..", "__pycache__"} and not top.endswith(".pth")}


class Elsewhere:
    """An environment with the wheel in it, far from the tree."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.wheel = wheel
        self.environment = folder / "venv"
        self.cwd = folder / "cwd"
        self.cwd.mkdir()
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.environment], check=True)
        packages = Path(self.says("python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
        pip: list[str | Path] = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            self.environment / "bin/python",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], check=True, cwd=self.cwd)
        for name in runtime_distributions():
            for top in top_levels(name):
                if not (packages / top).exists():
                    (packages / top).symlink_to(SITE_PACKAGES / top)

    def says(self, program: str, *arguments: str, seconds: float = 60) -> str:
        """What a program of the environment prints; it must end well."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        done = subprocess.run(
            [self.environment / "bin" / program, *arguments],
            cwd=self.cwd,
            env=kept | {"HOME": str(self.cwd), "TALLYSTICK_HOME": str(self.cwd / "tallystick")},
            check=False,
            capture_output=True,
            text=True,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    folder = tmp_path_factory.mktemp("elsewhere")
    build: list[str | Path] = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist"]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("tallystick-*.whl")
    return Elsewhere(folder, wheel)


def test_the_wheel_holds_every_file_of_the_rooms_and_the_assets(elsewhere: Elsewhere) -> None:
    held = set(zipfile.ZipFile(elsewhere.wheel).namelist())
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *ROOMS],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    kept = {name for name in listed.split("\0") if name and (ROOT / name).is_file()}
    assets = {path.relative_to(ROOT).as_posix() for path in (ROOT / "core/web/static/vendor").iterdir()}
    assert kept - held == set()
    assert assets - held == set()
    assert "core/web/static/vendor/.stamp" in held
    assert {name.split("/")[0] for name in held if ".dist-info/" not in name} == set(ROOMS)


def test_the_rooms_come_from_the_wheel_and_not_from_the_tree(elsewhere: Elsewhere) -> None:
    script = (
        "import core, events, plugins.register as register; print(core.__file__, events.__file__, register.__file__)"
    )
    places = elsewhere.says("python", "-c", script).split()
    assert len(places) == len(ROOMS)
    assert all(Path(place).is_relative_to(elsewhere.environment) for place in places)
    assert str(ROOT) not in elsewhere.says("python", "-c", "import sys; print(sys.path)")


def test_no_development_tool_is_there(elsewhere: Elsewhere) -> None:
    script = "import importlib.util as u; print(*[n for n in ('pytest', 'mypy', 'hatchling') if u.find_spec(n)])"
    assert elsewhere.says("python", "-c", script).strip() == ""


def test_the_command_says_its_version(elsewhere: Elsewhere) -> None:
    assert "0.1.0" in elsewhere.says("tallystick", "--version")


def test_the_demo_starts_and_answers(elsewhere: Elsewhere) -> None:
    said = elsewhere.says("tallystick", "demo", "--pupils", "600", "--port", "0", "--check", seconds=DEMO_READY_WITHIN)
    assert re.search(r"http://(127\.0\.0\.1|localhost):[1-9]\d*", said)
