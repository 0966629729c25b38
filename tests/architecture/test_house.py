"""The house style, as far as a machine can hold it; `lint-imports` (in `make check`) holds who may import whom."""

import ast
import json
import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
ROOMS = ("core", "events", "plugins")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PLUGINS: dict[str, str] = PROJECT["project"]["entry-points"]["tallystick.plugins"]

LONGEST_MODULE = 300  # lines
ALONE = {"events/packs/verify.py"}  # goes to strangers as one file, so it cannot be a folder
LONGEST_FRONT_DOOR = 60  # lines

# Written in halves, so that this file does not hold what it forbids.
HOSTS = ("pypi" + ".org", "python" + "hosted", "registry" + ".npmjs", "deb" + ".debian")
PATHS = tuple(f"/{folder}/" for folder in ("work", "root", "farm", "opt/pypi", "opt/wheels"))
NAMED = re.compile("|".join(re.escape(word) for word in HOSTS + PATHS).encode())


def committed() -> list[Path]:
    """Every file git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def modules() -> list[Path]:
    """Every Python file of the three rooms."""
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def within(path: Path) -> str:
    """How the tree calls a file."""
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text("utf-8").splitlines())


def locked(name: str = "requirements.lock") -> dict[str, str]:
    """The distributions of a lock, and the one version of each."""
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9.-]*)==(\S+)", text, flags=re.MULTILINE))


def test_no_file_names_a_package_index_or_a_path_of_this_machine() -> None:
    found = [
        f"{within(path)}:{number}: {line[:120]!r}"
        for path in committed()
        for number, line in enumerate(path.read_bytes().splitlines(), start=1)
        if NAMED.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-node.lock", "requirements-go.lock"])
def test_a_lock_holds_a_hash_for_everything_and_no_options(name: str) -> None:
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    assert all(line.count("==") and "--hash=sha256:" in line for line in text.splitlines() if line.strip())
    assert "--index-url" not in text
    assert "--find-links" not in text


def test_the_lock_leaves_out_what_breaks_the_house() -> None:
    # `Events` overwrites our package of that name; the other two slow Litestar and SQLite down by being there.
    assert {"events", "core", "plugins", "advanced-alchemy", "aiosqlite"}.isdisjoint(locked())


def test_the_lock_is_the_one_pyproject_asks_for() -> None:
    project, versions = PROJECT["project"], locked()
    wanted = [
        *project["dependencies"],
        *project["optional-dependencies"]["postgres"],
        *PROJECT["dependency-groups"]["dev"],
    ]
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement


def test_npm_packages_are_pinned_and_say_no_address() -> None:
    pinned = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in pinned.values())
    assert {f"node_modules/{name}": version for name, version in pinned.items()} == {
        name: package["version"] for name, package in packages.items() if name
    }
    assert all(package["integrity"] and "resolved" not in package for name, package in packages.items() if name)


def test_the_macros_and_the_style_sheet_are_of_one_release() -> None:
    release = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]["govuk-frontend"]
    assert release in distribution("govuk-frontend-jinja").metadata.json["description"]


def test_a_module_fits_in_a_head() -> None:
    long = {within(path): lines(path) for path in modules() if lines(path) > LONGEST_MODULE}
    assert long.keys() <= ALONE, long


def test_a_plugin_has_a_short_front_door() -> None:
    doors = [ROOT / "plugins" / name / "__init__.py" for name in PLUGINS]
    assert {within(door): lines(door) for door in doors if lines(door) > LONGEST_FRONT_DOOR} == {}


def test_a_plugin_is_called_as_its_folder() -> None:
    folders = {path.parent.name for path in (ROOT / "plugins").glob("*/__init__.py")}
    assert {name: f"plugins.{name}" for name in folders} == PLUGINS


def test_a_rule_of_the_core_sees_only_law_and_periods() -> None:
    # The plugins' rules are held by an import contract, which cannot say this of the core itself.
    allowed = {"core.law", "core.periods"}
    seeing = [*ROOT.glob("core/*/rules.py"), ROOT / "core/law.py", ROOT / "core/periods.py"]
    seen = {within(path): sorted(set(imports(path)) - allowed) for path in seeing}
    assert {name: ours for name, ours in seen.items() if ours} == {}


def imports(path: Path) -> Iterator[str]:
    """The modules of the house a module imports; relative ones as they are written."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names if name.name.split(".")[0] in ROOMS)
            case ast.ImportFrom(module=str(module), level=0) if module in ROOMS:
                yield from (f"{module}.{name.name}" for name in node.names)
            case ast.ImportFrom(module=module, level=level) if level or (module or "").split(".")[0] in ROOMS:
                yield "." * level + (module or "")


def test_no_module_is_called_by_a_word_that_says_nothing() -> None:
    said = {"info", "data", "manager", "helper", "helpers", "util", "utils", "common", "misc"}
    assert [within(path) for path in modules() if path.stem in said or path.parent.name in said] == []


def test_a_rule_never_looks_at_the_clock() -> None:
    clocks = {"today", "now", "utcnow", "time", "monotonic"}
    assert {within(path): called for path in rules() if (called := sorted(clocks & set(calls(path))))} == {}


def rules() -> list[Path]:
    """The rules of every plugin, and of the core's own folders, in a file or a folder."""
    patterns = ("*/*/rules.py", "plugins/*/rules/*.py")
    return [path for pattern in patterns for path in ROOT.glob(pattern) if within(path).split("/")[0] in ROOMS]


def calls(path: Path) -> Iterator[str]:
    """The last name of everything a module calls."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Attribute(attr=name) | ast.Name(id=name):
                    yield name


def test_ci_runs_what_a_newcomer_runs() -> None:
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").splitlines()[-1] == "exec make test"
