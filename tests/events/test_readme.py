"""The example in events/README.md is run as it stands there."""

import re
from pathlib import Path

README = (Path(__file__).parents[2] / "events/README.md").read_text("utf-8")


def test_the_example_runs_as_it_stands() -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    exec(compile(example, "events/README.md", "exec"), {"__name__": "readme"})  # noqa: S102 - ours, and what is tested


def test_every_module_has_its_place() -> None:
    modules = {path.name for path in Path(__file__).parents[2].glob("events/*.py")}
    named = set(re.findall(r"`(\w+\.py)`", README))
    assert modules - {"__init__.py", "errors.py"} <= named
