"""A job description as a document to hand out: Word, to be changed, or a tagged PDF, to be read anywhere."""

from .arranging import Part, parts_of
from .documents import written_docx, written_pdf

__all__ = ["Part", "parts_of", "written_docx", "written_pdf"]
