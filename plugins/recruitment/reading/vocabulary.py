"""How job descriptions call their parts, their groups of duties and criteria, and what they say of the post."""

from __future__ import annotations

import re
from typing import Literal, TypeVar, get_args

Section = Literal["top", "purpose", "duties", "person", "statements", "checks", "values", "elsewhere"]
Field = Literal["title", "location", "reports_to", "responsible_for", "grade", "pay", "allowances", "hours", "contract"]
FIELDS: tuple[Field, ...] = get_args(Field)

GROUPS = ("main", "strategy", "operation", "pupils", "leadership", "safeguarding", "general")
"""The groups of duties; a heading we do not know is a group of its own name."""

T = TypeVar("T", bound=str)
_AND = r" ?(?:and|&|/) ?"
_OF_THE_POST = r"(?: (?:of|for) (?:the |this )?(?:post|role|job|position|senco|sendco|postholder))?"
_DUTIES = r"(?:duties|responsibilities|responsibility|accountabilities|tasks)"
_LEARNERS = r"(?:individual )?(?:pupils?|students?|children|learners)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


SECTIONS: tuple[tuple[Section, re.Pattern[str]], ...] = (
    (
        "purpose",
        _any(
            rf"(?:the )?(?:main |overall |core |key |job |role |post |general )*purpose{_OF_THE_POST}",
            r"(?:job|role|post) (?:summary|overview|outline)",
            r"summary of (?:the )?(?:role|post|job)",
        ),
    ),
    (
        "checks",
        _any(
            r"pre-? ?(?:employment|appointment) (?:checks?|screening|vetting)\b.*",
            r"(?:safer recruitment|vetting|employment|recruitment) checks?\b.*",
        ),
    ),
    (
        "values",
        _any(
            rf"(?:(?:our|the|trust|school|academy|core|shared|co-?operative) )*values(?:{_AND}(?:ethos|vision|aims))?",
            rf"(?:our )?(?:vision|ethos|mission){_AND}values",
        ),
    ),
    (
        "person",
        _any(
            r"(?:the )?(?:person|personal|personnel|employee|candidate) (?:specification|profile|spec)"
            r"(?: ?[-\u2013:(].*)?",
            r"selection criteria|the (?:successful|ideal) candidate",
        ),
    ),
    (
        "top",
        _any(
            r".{0,80}\bjob (?:description|profile)\b.{0,80}",
            r"(?:role|job|post|position|contract|employment|key) (?:details|particulars)",
        ),
    ),
    (
        "duties",
        _any(
            r"(?:the |your |main |key |core |specific |principal |major |job |primary |areas? of )*"
            rf"{_DUTIES}(?:{_AND}(?:main |key |specific )?{_DUTIES})?{_OF_THE_POST}"
        ),
    ),
    (
        "statements",
        _any(
            r"equal(?:ity|ities)? (?:and diversity|statement|opportunit(?:y|ies)(?: (?:statement|policy))?)",
            rf"data protection|health{_AND}safety|confidentiality|declaration|agreement|signatures?",
            r"review(?: of (?:the )?job description)?|notes?|disclaimer|amendments?",
            r"safeguarding (?:statement|commitment|children)|rehabilitation of offenders(?: act)?.*",
            r"conditions of (?:employment|service)|special conditions",
        ),
    ),
    (
        "elsewhere",
        _any(
            r"to be placed|how to apply|to apply|appl(?:y|ications?|ication process)|closing dates?|interviews?",
            r"benefits|what we offer|we (?:can )?offer|why (?:join|work).{0,40}|visits?",
            r"about (?:us|the .{1,40})|our school|contact(?: us| details)?",
        ),
    ),
)
"""The heading of each part, whole."""

DUTY_GROUPS = (
    ("safeguarding", _any(r"(?:safeguarding|child protection)\b.*")),
    ("general", _any(r"(?:general|other|additional|wider|whole[- ]school|miscellaneous)\b.*")),
    ("strategy", _any(r"strateg(?:y|ic)\b.*")),
    ("operation", _any(r"(?:operation(?:al)?|day[- ]to[- ]day|implementation)\b.*")),
    ("leadership", _any(r"(?:leadership|management|leading|managing|line management|staff(?:ing)?)\b.*")),
    ("pupils", _any(rf"(?:support(?:ing)? (?:for |of |to )?|work(?:ing)? with )?{_LEARNERS}\b.*")),
)
"""The group a heading among the duties means, the first that fits."""

OPENS_GROUP = _any(
    rf"strategic (?:development|direction|leadership|planning|role)(?:(?: of | for |{_AND}).*)?",
    r"strategy(?: (?:and|for) .*)?",
    r"operation(?:al)? (?:of .*|management|leadership|duties|responsibilities)",
    r"day[- ]to[- ]day (?:operation|management)(?: of .*)?",
    rf"support(?:ing)? (?:for )?{_LEARNERS}(?: (?:with|and) .*)?",
    rf"(?:leadership|management)(?:(?: of |{_AND}).*)?|leading and managing .*",
    r"general|(?:general|other|additional) (?:duties|responsibilities|tasks).*",
    rf"child protection|safeguarding(?:(?:{_AND}| (?=children|pupils|responsibilities|duties)).*)?",
)
"""Such a heading when it says so plainly that what stands under it need not be looked at."""

CRITERIA_WORDS = frozenset(
    {"qualification", "qualifications", "training", "education", "experience", "skill", "skills", "knowledge"}
    | {
        "understanding",
        "ability",
        "abilities",
        "aptitude",
        "aptitudes",
        "personal",
        "professional",
        "quality",
        "qualities",
    }
    | {"attribute", "attributes", "characteristics", "competence", "competences", "competencies", "commitment"}
    | {"circumstances", "special", "requirements", "relevant", "disposition", "interpersonal", "other"}
    | {"essential", "desirable", "and", "&", "/"}
)
"""What the heading of a group of criteria is made of."""

COLUMN_WORDS = frozenset(
    {"criteria", "criterion", "qualities", "essential", "desirable", "requirement", "requirements", "attribute"}
    | {"attributes", "how", "assessed", "method", "of", "assessment", "evidence", "measured", "by", "identified"}
    | {"source", "category", "area", "factor", "e", "d", "and", "&", "/"}
)
"""What the headings of the columns of such a table are made of."""

LABELS: tuple[tuple[Field, re.Pattern[str]], ...] = (
    ("title", _any(r"(?:job|post|role) ?title|title(?: of (?:the )?post)?|post|role|position|job")),
    ("location", _any(r"location|(?:place of )?work ?(?:place|base)|based? at|base|school|academy|site")),
    ("reports_to", _any(r"report(?:s|ing) to|responsible to|accountable to|line manager|(?:line )?managed by")),
    ("responsible_for", _any(r"responsible for|line manage(?:s|ment)(?: of| for)?|staff managed|manages")),
    ("allowances", _any(r"allowances?|tlr|send? allowance")),
    (
        "pay",
        _any(
            r"salary(?: ?(?:range|scale|grade))?|pay(?: ?(?:range|scale|grade|spine))?|remuneration",
            rf"(?:salary|pay|grade){_AND}(?:salary|pay|grade|allowances?)",
        ),
    ),
    ("grade", _any(r"(?:job |post )?grade|scale|band")),
    ("hours", _any(r"(?:working |contracted )?hours(?: of work| per week)?|working (?:pattern|time|weeks)|fte")),
    (
        "contract",
        _any(
            r"(?:type of )?contract(?: ?(?:type|term|status|length|duration))?",
            r"employment (?:type|status)|term|duration",
        ),
    ),
)
"""The label of each thing said of the post, whole and without its colon."""

LABEL_AND_VALUE = _any(
    r"(?P<label>job title|post title|location|reporting to|reports to|responsible to|responsible for|salary(?: range)?"
    r"|pay (?:scale|range)|contract(?: type| term)|working hours|working pattern|hours of work|allowances)"
    r"\s+(?P<value>(?-i:[A-Z0-9£]).*)"
)
"""A label that is told from a sentence even where no colon follows it."""

SIGNED = _any(
    r"(?:.{0,60}\bsignature|signed(?: by)?(?: .{1,40})?|(?:print |full )?name|date(?: signed| of issue| agreed)?)"
    r"\s*[:.…_\s]*"
)
"""A place to sign or to date."""

POST = _any(
    r"\b(?:send?co|sen ?d?|co-?ordinator|teacher|head|leader|lead|manager|director|officer|assistant|tutor|mentor"
    r"|practitioner|administrator|governor|principal|technician)\b"
)
PLACE = _any(r"\b(?:schools?|academy|academies|college|trust|nursery|federation)\b")
DESCRIBES = _any(r"\W*\bjob (?:description|profile)\b\W*")

SPEAKS_OF_PAY = _any(r"£|\b(?:pay|salary|range|scale|spine|mps|ups|tps|mpr|upr|m\d|u\d|l\d+|leadership|per annum)\b")
SPEAKS_OF_ALLOWANCE = _any(r"\ballowances?\b|\btlr\b|\btlr ?\d")
BESIDES_PAY = _any(
    r"\s*(?:[+;&]|,(?=\s))\s*(?=[^+;,&]{0,60}(?:allowance|\bTLR))",
    r"\s+(?=(?:plus|and) [^+;,&]{0,60}(?:allowance|\bTLR))",
)
"""Where what is paid ends and an allowance begins."""

GENERAL_DUTY = _any(
    r"\billustrative\b",
    r"\bnot (?:intended to be )?(?:an? )?(?:comprehensive|exhaustive|complete|definitive|all[- ]inclusive)\b",
    r"\b(?:any )?other (?:reasonable |such |appropriate |related )*(?:duties|tasks|responsibilities)\b",
)
STATEMENT = _any(
    r"this (?:job description|document|post|role) (?:may|will|can|is|does|should)\b",
    r".*\bcommitted to\b",
    r".*\brehabilitation of offenders\b",
    r".*\b(?:will be|is) subject to\b.{0,200}\b(?:check|disclosure|dbs)",
)
SAFEGUARDS = _any(r"\bsafeguard(?:ing)?\b|\bchild protection\b")
IS_OWED = _any(r"\b(?:required|expected|responsible|responsibility|must|will|have to|duty)\b")
BEGINS_WITH_SUBJECT = _any(r"(?:the|this|these|in|all|it|as|we|our|you|your|he|she|they|an?|any)\b")
HAS_VERB = _any(r"\b(?:will|shall|should|must|is|are|has|have|can|may)\b")


def first_of(table: tuple[tuple[T, re.Pattern[str]], ...], text: str) -> T | None:
    """What a text is called in a table, the first whose pattern is the whole of it; None when there is none."""
    return next((name for name, pattern in table if pattern.fullmatch(text)), None)
