"""A child's care as their page tells it: episodes and the proof of each, life after care, the four authorities."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.desk import Desk
from core.wording import counted, day

from ...codes import AUTHORITY_PARTS, CARE_KINDS, EPISODE_SOURCES, EVIDENCE_KINDS, LEAVING_REASONS, LEGAL_STATUSES
from ...facts import EvidenceSeen
from ...rules import census_code_for, either_not_both
from ...telling import base
from ...views import Child, Episode, Status, is_looked_after
from ..previous import funding_says, kinship_says, left_care_by, proof_of
from ..words import codes_on, name_of

Row = dict[str, Any]
_FUNDING = "/rules/lac.earliest_funding"


def care(desk: Desk, pupil_id: UUID, now: Status, writes: bool) -> dict[str, Any]:
    """The episodes, newest first."""
    forms = f"{base(desk)}/care/{pupil_id}"
    return {
        "links": [{"text": "Record an episode", "href": f"{forms}/begin"}] if writes else [],
        "episodes": [_episode(desk, now, one, forms if writes else "") for one in reversed(now.episodes)],
    }


def _episode(desk: Desk, now: Status, one: Episode, forms: str) -> dict[str, Any]:
    kind, legal = CARE_KINDS.value.get(one.care), LEGAL_STATUSES.value.get(one.legal)
    late = (one.told_on - one.began_on).days
    after = f", {counted(late, 'day', 'days')} after it began" if late > 0 else ""
    rows: list[Row] = [{"label": "From", "value": day(one.began_on)}]
    if is_looked_after(one.care) or legal:
        told = {"value": f"{legal.name} ({one.legal})" if legal else one.legal}
        rows.append({"label": "Legal status", **told, **({} if one.legal else _tag("not told", "soon"))})
    rows.append({"label": "The school was told", "value": f"{day(one.told_on)}{after}"})
    rows.append({"label": "By", "value": EPISODE_SOURCES.get(one.source, one.source)})
    if one.dual_from:
        until = f" to {day(one.dual_until)}" if one.dual_until else " on"
        rows.append({"label": "Registered elsewhere too", "value": f"from {day(one.dual_from)}{until}"})
    if one.ended_on:
        rows += _ended(one)
    rows.append(_proof(desk, [seen for seen in now.evidence if seen.episode == one.episode]))
    return {
        "title": kind.name if kind else one.care,
        "tag": None if one.ended_on is None else _tag("ended", "plain")["tag"],
        "rows": rows,
        "links": _links(one, forms) if forms else [],
    }


def _tag(text: str, kind: str) -> dict[str, dict[str, str]]:
    return {"tag": {"text": text, "kind": kind}}


def _links(one: Episode, forms: str) -> list[dict[str, str]]:
    says = f"of the episode from {day(one.began_on)}"
    links = [("Record proof seen", f"{forms}/evidence/{one.episode}")]
    if one.ended_on is None:
        changes = [("Change the legal status", f"{forms}/legal/{one.episode}")] if is_looked_after(one.care) else []
        links = [*changes, ("End it", f"{forms}/end/{one.episode}"), *links]
    return [{"text": text, "href": href, "says": says} for text, href in links]


def _ended(one: Episode) -> list[Row]:
    """The end with its reason, and the census codes that follow from it."""
    if one.ended_on is None:
        return []
    reason = codes_on(LEAVING_REASONS, one.ended_on).get(one.cause)
    said = f"{reason.name} ({one.cause})" if reason else one.cause or "no reason told"
    rows = [{"label": "Ended", "value": [day(one.ended_on), said]}]
    if not one.cause or not is_looked_after(one.care):
        return rows
    follows = census_code_for(one.cause, one.ended_on)
    codes = [
        f"Census code {follows.code}" if follows.code else "",
        f"kinship {follows.kinship}" if follows.kinship else "",
    ]
    says = [", ".join(code for code in codes if code), *(finding.says for finding in follows.findings)]
    return [*rows, {"label": "What follows", "value": [one for one in says if one]}]


def _proof(desk: Desk, seen: list[EvidenceSeen]) -> Row:
    """What proof was seen, when and by whom; no copy is kept."""
    if not seen:
        return {"label": "Proof seen", "value": "", **_tag("none", "soon")}
    return {"label": "Proof seen", "value": [_seen(desk, one) for one in seen]}


def _seen(desk: Desk, one: EvidenceSeen) -> str:
    kind = EVIDENCE_KINDS.value.get(one.evidence)
    return f"{kind.name if kind else one.evidence}, {day(one.seen_on)}, by {desk.name_of(one.seen_by)}"


def before(desk: Desk, pupil_id: UUID, now: Status, writes: bool) -> dict[str, Any]:
    """How the child left care, when the school is first paid, and kinship care: each as declared, and never a no."""
    told, funding = now.previous, funding_says(now, desk)
    rows: list[Row] = [{"label": "Previous care", "value": left_care_by(now)}]
    if told and told.code != "N":
        rows.append({"label": "Order of", "value": day(told.ordered_on) if told.ordered_on else "not recorded"})
    if (told and told.code != "N") or proof_of(now):
        rows.append(_proof(desk, [seen for seen in now.evidence if seen.episode is None]))
    if funding:
        how = {"action": {"text": "How this is counted", "href": _FUNDING}}
        rows.append({"label": "Earliest premium", "value": funding, **how})
    rows.append({"label": "Kinship care", "value": kinship_says(now)})
    forms = f"{base(desk)}/care/{pupil_id}"
    links = [
        {"text": "Record previous care", "href": f"{forms}/previous"},
        {"text": "Record proof seen", "href": f"{forms}/evidence", "says": "of previous care"},
        {"text": "Record kinship care", "href": f"{forms}/kinship"},
    ]
    return {"rows": rows, "links": links if writes else [], "notes": _either(now, desk)}


def _either(now: Status, desk: Desk) -> list[str]:
    """Where a code of previous care would count while the child is looked after."""
    if now.previous is None:
        return []
    from_on = now.previous.ordered_on or now.previous.declared_on
    return [finding.says for finding in either_not_both(now.care(), now.previous.code, from_on, desk.today)]


def authorities(desk: Desk, pupil_id: UUID, child: Child, writes: bool) -> list[Row]:
    """Each of the four as entered, or unknown: none is ever worked out from another."""
    rows = []
    for part, called in AUTHORITY_PARTS.items():
        told = child.status.authorities.get(part)
        row: Row = {"label": f"{called[0].upper()}{called[1:]}", "value": "", **_tag("unknown", "soon")}
        if told is not None and told.authority:
            row = {"label": row["label"], "value": [name_of(child.authorities, told.authority)]}
            row["value"].append(f"{told.source}, {day(told.named_on)}" if told.source else day(told.named_on))
        if writes:
            row["action"] = {"text": "Change", "href": f"{base(desk)}/care/{pupil_id}/authority/{part}"}
        rows.append(row)
    return rows
