"""Statements an advertisement must have, in neutral words to begin with: the trust puts in its own."""

SAFEGUARDING = (
    "We are committed to safeguarding and promoting the welfare of children, and expect everybody who works here to "
    "share that commitment. The post involves contact with children. Before anybody starts we make checks, among them "
    "references, an enhanced disclosure from the Disclosure and Barring Service with a check of the children's barred "
    "list, and an online search of those who are shortlisted."
)
EXEMPT_NOTICE = (
    "This post is exempt from the Rehabilitation of Offenders Act 1974. Those who are shortlisted are asked about "
    "convictions and cautions, also about spent ones, but not about those the law protects. It is an offence to apply "
    "if you are barred from work with children."
)
CONTRACTS = {"permanent": "Permanent", "fixed_term": "Fixed term", "casual": "Casual"}
OUTCOMES = {
    "appointed": "Somebody was appointed",
    "not_appointed": "Nobody was appointed",
    "withdrawn": "The vacancy was withdrawn",
}
"""How a campaign ends."""
