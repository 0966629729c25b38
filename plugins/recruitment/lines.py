"""The plugin's command below `tallystick import`: a job description, read and told, nothing recorded."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from core.cli.asking import answer, json_option
from core.errors import Refused

from .reading import FIELDS, GROUPS, Description, Unreadable, read_description, read_text


def importers() -> list[click.Command]:
    """`tallystick import job-description`."""
    return [job_description]


@click.command("job-description")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def job_description(file: Path, as_json: bool) -> None:
    """Read a job description (text, Word or PDF) and say what is in it. Nothing is recorded."""
    try:
        description = read_description(read_text(file.read_bytes(), file.name))
    except Unreadable as error:
        raise Refused(error.says, code="unreadable") from None
    answer(_told(description), as_json, _lines(description))


def _told(description: Description) -> dict[str, Any]:
    return {
        "duties": len(description.duties),
        "criteria": len(description.criteria),
        "checks": len(description.checks),
        "groups": _groups(description),
        "criteria_groups": Counter(criterion.group for criterion in description.criteria),
        "fields": {field: value for field in FIELDS if (value := getattr(description, field))},
        "values": description.values,
        "flags": description.flags,
        "unplaced": description.unplaced,
    }


def _groups(description: Description) -> dict[str, int]:
    """How many duties stand in each group: the known ones all, then those with a heading of their own."""
    return dict.fromkeys(GROUPS, 0) | Counter(duty.group for duty in description.duties)


def _lines(description: Description) -> list[str]:
    groups = ", ".join(f"{group} {count}" for group, count in _groups(description).items() if count) or "none"
    duties, criteria, checks, values = (
        len(found) for found in (description.duties, description.criteria, description.checks, description.values)
    )
    lines = [f"{duties} duties ({groups}), {criteria} criteria, {checks} checks, {values} values."]
    lines += [f"  {field.replace('_', ' ')}: {value}" for field in FIELDS if (value := getattr(description, field))]
    lines += [f"  line {flag.line}: {flag.says} ({flag.rule}: {flag.source})" for flag in description.flags]
    lines += [f"  not placed: {words}" for words in description.unplaced]
    return [*lines, "Nothing was recorded."]
