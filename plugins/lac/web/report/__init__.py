"""The annual report to governors."""

from .pages import ReportPages

__all__ = ["ReportPages"]
