"""Writing a job description: the same parts in the same order, as Word and as PDF."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from msgspec import Struct

from core.printing import pdf

from ..reading import Description
from .arranging import Part, labels_of, parts_of

_TEMPLATE = Path(__file__).with_name("description.typ")
_UNWRITABLE = {code: None for code in (*range(32), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n"}  # in XML
_LONGEST_TITLE = 255  # characters of the title among a file's properties


class _Told(Struct, frozen=True):
    """What the PDF's template is given."""

    title: str
    made: str
    labels: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]


def written_pdf(description: Description, made: str) -> bytes:
    """The description as tagged PDF.

    Args:
        made: Who made it and when, for the foot of each page.
    """
    return pdf(_TEMPLATE.read_bytes(), _Told(_title(description), made, labels_of(description), parts_of(description)))


def written_docx(description: Description, made: str) -> bytes:
    """The description as a Word document with real headings and lists.

    Args:
        made: Who made it and when, for the foot of each page.
    """
    document = Document()
    title = _clean(_title(description))
    document.core_properties.title = title[:_LONGEST_TITLE]
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.language = "en-GB"
    document.styles["Normal"].font.size = Pt(11)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    document.add_heading(title, 0)
    for label, value in labels_of(description):
        line = document.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        line.add_run(_clean(value))
    for part in parts_of(description):
        document.add_heading(_clean(part.heading), part.level)
        for style, texts in ((None, part.above), ("List Bullet", part.items), (None, part.below)):
            for words in texts:
                document.add_paragraph(_clean(words), style)
    foot = document.sections[0].footer.paragraphs[0]
    foot.add_run(_clean(f"{made}\tPage "))
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _title(description: Description) -> str:
    return f"Job description: {description.title}" if description.title else "Job description"


def _clean(text: str) -> str:
    return text.translate(_UNWRITABLE)


def _field(paragraph: Paragraph, code: str) -> None:
    """Something Word works out when it is opened, such as the number of the page; the library has no way to say it."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(paragraph.add_run("1").element)  # shown until then
    paragraph.paragraph_format.element.append(field)
