"""Wordings of job descriptions that the law or the trade has left behind, each with the rule it goes by."""

from __future__ import annotations

from msgspec import Struct


class Wording(Struct, frozen=True):
    """A wording, and what to do about it.

    Attributes:
        pattern: A regular expression; capitals do not matter, and a space is any white space.
        says: One or two sentences that say what to write instead.
        address: Without https://; empty when the source has none.
        verified: False where the source was not read itself.
    """

    code: str
    pattern: str
    says: str
    rule: str
    source: str
    address: str
    verified: bool = True


_R49 = "legislation.gov.uk/uksi/2014/1530/regulation/49"
_FIGURE = r"£ ?\d{1,3}(?:,\d{3})+"
_PAY = r"(?:salary|pay|range|scale|grade|allowance|TLR|MPS|UPS|MPR|UPR|per annum|p\.a\.|FTE)"
_COUNT = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)"

STALE_WORDINGS = (
    Wording(
        "national_award",
        r"national award|\bNASENCO\b|\bNASC\b",
        "Whoever starts the course now takes the National Professional Qualification (NPQ) for SENCOs. The National "
        "Award counts only if it was begun before 1 September 2024 and is completed before 1 September 2027. Ask for "
        "either.",
        "recruitment R16",
        "SEND Regulations 2014, regulation 49(7)-(9)",
        _R49,
    ),
    Wording(
        "sen_points",
        r"\bSEN[- ]?[12]\b(?: allowances?)?",
        "SEN 1 and SEN 2 ended on 1 September 2010: there is one range, and a sum is chosen within it. Being SENCO is "
        "no ground for the allowance by itself. State the sum and the ground, or take it out.",
        "recruitment D4",
        "School Teachers' Pay and Conditions Document 2010, as docsbay.net tells it",
        "docsbay.net",
        verified=False,
    ),
    Wording(
        "tlr_step",
        r"\bTLR ?[123] ?[a-e]\b",
        "The steps a, b and c within a TLR band are a local custom, not national points. State the band and the sum.",
        "recruitment D5",
        "National Education Union, TLR leaflet 2022",
        "neu.org.uk",
        verified=False,
    ),
    Wording(
        "cv",
        r"\b(?:send|submit|e-?mail|upload|attach|provide|forward|with) (?:us )?(?:your|a|an|their) "
        r"(?:full |up-to-date |current )*(?:CV|curriculum vitae)\b"
        r"|\bCV (?:and|with|plus) (?:a )?(?:covering|cover|supporting) (?:letter|statement)",
        "Do not take a CV in place of the application form: it leaves out what must be asked. Ask for the full form.",
        "recruitment R32",
        "Keeping children safe in education, Part three, as told by a checklist of March 2026",
        "avvanz.com/blog/kcsie-safeguarding-checklist",
        verified=False,
    ),
    Wording(
        "pay_figures",
        rf"\b{_PAY}\b[^\n£]{{0,80}}{_FIGURE}|{_FIGURE}[^\n]{{0,40}}\b{_PAY}\b",
        "Pay in pounds changes each September. Check the figures against the pay tables of the day the post is "
        "advertised before anything is published.",
        "recruitment 1.4",
        "School Teachers' Pay and Conditions Document, as schoolbusinessservices.co.uk tells that of 2025",
        "schoolbusinessservices.co.uk",
        verified=False,
    ),
    Wording(
        "code_as_origin",
        r"\b(?:requirement|required|requires|mandatory|statutory|duty|necessary)\b[^.\n]{0,40}\s?[^.\n]{0,40}"
        r"\b(?:SEND?|SEN and disability) Code(?: of Practice)?",
        "What a SENCO must hold is laid down by regulation 49, which goes before the older words of the SEND Code of "
        "Practice. Name the regulations as its origin.",
        "recruitment R15",
        "Department for Education, Mandatory qualification for SENCOs, April 2024",
        "gov.uk/government/publications/mandatory-qualification-for-sencos",
    ),
    Wording(
        "year_count",
        rf"\b{_COUNT}\+? (?:or more )?years?['\u2019]?(?: of)?(?: \w+){{0,3}} (?:teaching|experience)\b",
        "A bare count of years may discriminate against younger people. Say what depth of experience the post needs, "
        "and how it can be shown.",
        "recruitment 1.3 E1",
        "Equality Act 2010, section 19: our reading of indirect discrimination",
        "legislation.gov.uk/ukpga/2010/15/section/19",
        verified=False,
    ),
)
