"""`rules`: every rule, its words and source, and what it answers."""

from __future__ import annotations

from typing import Any

import click

from core.cli.asking import Line, answer, json_option
from core.errors import Refused
from core.trying import BadArguments, Rule


@click.group()
def rules_command() -> None:
    """Rules and their sources."""


def _rule(line: Line, name: str) -> Rule:
    found = line.plugins.rules().get(name)
    if found is None:
        raise Refused(f"There is no rule {name!r}. See: tallystick rules list", code="no_rule")
    return found


@rules_command.command("list")
@json_option
@click.pass_obj
def list_rules(line: Line, as_json: bool) -> None:
    """Every rule in one line."""
    rules = line.plugins.rules().values()
    told = [_told(rule) for rule in rules]
    width = max(len(rule.name) for rule in rules)
    answer(
        told,
        as_json,
        [
            f"{rule.name:<{width}}  {'verified  ' if rule.citation.verified else 'unverified'}  {rule.summary}"
            for rule in rules
        ],
    )


@rules_command.command("show")
@click.argument("name")
@json_option
@click.pass_obj
def show(line: Line, name: str, as_json: bool) -> None:
    """A rule's words, source and arguments."""
    rule = _rule(line, name)
    told = _told(rule) | {"wording": rule.wording, "arguments": {one.name: one.wants for one in rule.parameters}}
    lines = [rule.wording, "", f"Source: {_source(rule)}"]
    lines += [f"  {one.name}: {one.wants}{'' if one.required else ' (may be left out)'}" for one in rule.parameters]
    answer(told, as_json, lines)


@rules_command.command("try")
@click.argument("name")
@click.argument("given", nargs=-1, metavar="[KEY=VALUE]...")
@json_option
@click.pass_obj
def try_rule(line: Line, name: str, given: tuple[str, ...], as_json: bool) -> None:
    """What a rule answers: tallystick rules try register.review_due_by made_on=2025-09-01"""
    rule = _rule(line, name)
    pairs = [one.partition("=") for one in given]
    if any(not equals for _, equals, _ in pairs):
        raise click.UsageError("Give each argument as key=value.")
    try:
        tried = rule.try_with({key: value for key, _, value in pairs})
    except BadArguments as error:
        raise Refused(str(error), code="bad_arguments") from None
    told: dict[str, Any] = {"value": tried.value, "says": tried.says, "wording": rule.wording, "source": _source(rule)}
    answer(told, as_json, [tried.says, "", rule.summary, f"Source: {_source(rule)}"])


def _told(rule: Rule) -> dict[str, Any]:
    citation = rule.citation
    return {
        "name": rule.name,
        "summary": rule.summary,
        "source": citation.source,
        "address": citation.address,
        "edition": citation.edition,
        "as_at": citation.as_at,
        "verified": citation.verified,
    }


def _source(rule: Rule) -> str:
    citation = rule.citation
    parts = [
        citation.source,
        citation.address,
        f"read on {citation.as_at}",
        "" if citation.verified else "not verified",
    ]
    return ", ".join(part for part in parts if part)
