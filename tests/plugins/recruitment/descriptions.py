"""Made-up job descriptions, and the layouts in which such a thing comes."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from io import BytesIO

from docx import Document

from plugins.recruitment.reading import FIELDS, Criterion, Description, Duty

MILLBROOK = """\
SENCO JOB DESCRIPTION

Job Title: SENCO and Lead Teacher for Inclusion
Location: Millbrook Junior School
Grade / Allowances: Main Pay Range M3-M6 / Upper Pay Range

SEN-1 allowance & TLR2a
Contract Type Permanent
Reporting to: Deputy Head
Responsible for: Six support assistants

MAIN PURPOSE

The SENCO, guided by the deputy head, will:

● Shape how Millbrook meets additional needs, year after year, and say plainly where it falls
short

● Run the policy from Monday to Friday

The SENCO also teaches two days a week, as every leader at this school does, in line with what
Millbrook and the
Harbour Trust ask of each of them.

DUTIES & RESPONSIBILITIES

Strategic Direction of inclusion

● Keep the whole picture in view: who needs help, who gets it, and whether it
works.

● Feed the yearly self-evaluation
● Tell the governors each term what has changed, and what it

cost

Operation of the policy

● Look after the register
● Be the person the council rings first

Support for pupils and families

● Spot needs early, from whatever was handed over at
induction
● Hold reviews that the family can follow
● Pass everything on, in full and in good time, when a child moves to another
school

Leadership and Management

● Lead the support assistants: their week, their training and their appraisal
● Run training days for all staff

The SENCO will be expected to safeguard every child, and to follow the code of conduct.

Please note that these lists are illustrative. Other duties at this level may be asked for by
the head.

Person Specification

Criteria Qualities

Qualifications
and training

● Teaching degree, or a degree and a teaching certificate
● NASENCO, which is a requirement under the
SEND Code of Practice

Experience ● Minimum of 6 years teaching in two or more schools
● Led a team, or a project

Skills and
knowledge

● Knows what good teaching looks like
● Writes so that parents
understand
● Reads figures without fear

Personal
qualities

● Stays calm

SAFEGUARDING

Harbour Trust is committed to keeping children safe, and wants the same of everybody who works
here.

Pre-Employment Checks for this Post

● Identity
● References
● Enhanced DBS Check
● Right to work in the UK

TRUST VALUES

 'We steer by the same stars'

✔ Candour
We say what we see, and say it
kindly

✔ Patience
We give things time
"""
MILLBROOK_DUTIES = {
    "main": 2, "strategy": 3, "operation": 2, "pupils": 3, "leadership": 2, "safeguarding": 1, "general": 1
}  # fmt: skip

ASHDOWN = """\
Ashdown Infant School
Job Description and Person Specification
Job title:\tTeacher in charge of additional needs
Salary:\tMain Pay Range, £30,100 - £41,300 plus TLR
Hours:\tThree days a week, term time
Contract type:\tFixed term for two years
Reports to:\tHead
Purpose of the job
To make Ashdown a school where every child under seven is understood.
Key responsibilities
1. Keep the list of children with additional needs up to date.
2. Plan what each of them is given, with
their class teacher.
3. Write to families in plain words.
Working with other people
4. Meet the health visitors once a term.
5. Answer the council's letters within a week.
General duties
6. Any other reasonable duties the head may ask for.
Person specification
Criteria\tEssential\tDesirable
Qualifications
Essential
- Teaching certificate
Desirable
- A second language
Experience
Essential
- Has taught children under seven
- Has worked beside other professions
This job description may be changed after talking it over.
Signed: ____________________
Date:
Page 1 of 1
"""


def words(text: str) -> Counter[str]:
    """The words of a text, each as often as it stands there."""
    return Counter(re.findall(r"\w+", text))


def words_of(description: Description) -> Counter[str]:
    """The words of everything a description holds, but its flags."""
    told = [getattr(description, field) for field in FIELDS]
    told += [duty.text for duty in description.duties] + [one.text for one in description.criteria]
    for lines in (description.purpose, description.checks, description.values, description.statements):
        told += lines
    return words("\n".join([*told, *description.furniture, *description.unplaced]))


def groups(placed: Iterable[Duty | Criterion]) -> dict[str, int]:
    """How many duties or criteria stand in each group."""
    return dict(Counter(one.group for one in placed))


# One content in many layouts

Item = tuple[bool, str]  # whether it is an item of a list, and its words

PLAIN: Sequence[Item] = (
    (False, "Job description"),
    (False, "Job title: Inclusion lead"),
    (False, "Location: Harbour Primary School"),
    (False, "Main purpose"),
    (False, "The inclusion lead, guided by the head, will:"),
    (True, "See that every child with additional needs is known to all who teach them, from the first day to the last"),
    (True, "Hold the team together when the week is long and the list of things still to be done is longer"),
    (False, "The inclusion lead teaches one day a week."),
    (False, "Duties and responsibilities"),
    (False, "Strategic planning"),
    (True, "Write the plan for the year and measure what came of the plan of the year before"),
    (True, "Find out what the money bought and whether the children were any better for it"),
    (True, "Speak up"),
    (False, "Day-to-day management"),
    (True, "Keep the register, the map of provision and the calendar of reviews where all who need them can find them"),
    (False, "Support for pupils and families"),
    (True, "Meet each family at least three times in the year, at an hour and in a place that suits them, not us"),
    (True, "Bring the next school into the last review, so that nothing has to be told twice"),
    (False, "Leadership"),
    (True, "Look after those who look after the children"),
    (False, "The postholder will be responsible for safeguarding every child they meet."),
    (False, "This list is not exhaustive, and other duties may be asked for."),
    (False, "Person specification"),
    (False, "Qualifications"),
    (True, "Qualified teacher, with the certificate to show for it and the patience to go on learning after it"),
    (True, "First aid"),
    (False, "Skills and knowledge"),
    (True, "Explains hard things simply, in writing and in speech, to people who are tired, worried or both"),
    (True, "Listens"),
    (False, "Pre-employment checks"),
    (True, "Identity"),
    (True, "Overseas"),
    (False, "Our values"),
    (True, "Kindness first"),
)  # fmt: skip
PLAIN_DUTIES = {
    "main": 2, "strategy": 3, "operation": 1, "pupils": 2, "leadership": 1, "safeguarding": 1, "general": 1
}  # fmt: skip
PLAIN_CRITERIA = {"Qualifications": 2, "Skills and knowledge": 2}


def laid_out(items: Sequence[Item], bullet: str, *, width: int = 0, spaced: bool = False) -> str:
    """A text with a bullet before each item: "1." counts them; lines broken at a width, 0 for not at all."""
    blocks, count = [], 0
    for is_item, text in items:
        count += is_item
        mark = f"{count}." if bullet == "1." else bullet
        line = f"{mark} {text}" if is_item and bullet else text
        blocks.append("\n".join(textwrap.wrap(line, width, break_on_hyphens=False)) if width else line)
    return ("\n\n" if spaced else "\n").join(blocks)


def in_word(items: Sequence[Item]) -> bytes:
    """The same as a Word document, as people make them: lists by a style, headings by nothing at all."""
    document = Document()
    for is_item, text in items:
        document.add_paragraph(text, "List Bullet" if is_item else None)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
